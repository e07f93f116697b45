from odoo import api, models

from ...tools.chinese_forms import paragraphs


class ReportCorrectionDeviceExtension(models.AbstractModel):
    """Approval form of an extension of electronic positioning (延长使用电子定位装置审批表)."""

    _name = "report.township_governance.report_correction_device_extension"
    _inherit = ["township.report.correction.base"]
    _description = "Approval form of an extension of electronic positioning"

    _doc_model = "township.correction.device.extension"
    _title = "延长使用电子定位装置审批表"

    @api.model
    def _rows(self, doc):
        form = self.env["report.township_governance.report_correction_device"]
        return [
            *super()._rows(doc),
            [("原依据情形", form._ground(doc.device_id))],
            [("原批准期限", form._period(doc.device_id))],
            [("延长期限", form._period(doc))],
        ]

    @api.model
    def _texts(self, doc):
        return [("延长理由", paragraphs(doc.facts))]

    @api.model
    def _opinions(self, doc):
        return self.env["report.township_governance.report_correction_device"]._opinions(doc)
