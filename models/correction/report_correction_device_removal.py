from odoo import api, models

from ...tools.chinese_forms import paragraphs


class ReportCorrectionDeviceRemoval(models.AbstractModel):
    """Paper of the end of electronic positioning (解除使用电子定位装置)."""

    _name = "report.township_governance.report_correction_device_removal"
    _inherit = ["township.report.correction.base"]
    _description = "End of electronic positioning"

    _doc_model = "township.correction.device"
    _title = "解除使用电子定位装置审批表"

    @api.model
    def _rows(self, doc):
        form = self.env["report.township_governance.report_correction_device"]
        return [
            *super()._rows(doc),
            [("批准期限", form._period(doc))],
            [
                ("使用期限届满日", self._day(doc.date_end)),
                ("解除使用日期", self._day(doc.taken_off_date)),
            ],
        ]

    @api.model
    def _texts(self, doc):
        if not doc.not_needed_date:
            return [("解除理由", ["使用期限届满。"])]
        lines = [f"{self._day(doc.not_needed_date)}起不需要继续使用（{doc.not_needed_by}）。"]
        return [("解除理由", lines + paragraphs(doc.not_needed_reason))]

    @api.model
    def _opinions(self, doc):
        return [
            self._opinion("司法所意见", "", "负责人签名（盖章）"),
            self._opinion("县级社区矫正机构意见", "", "负责人签名（盖章）"),
            self._opinion("社区矫正对象签名", "装置已解除。", "签名", doc.taken_off_date),
        ]
