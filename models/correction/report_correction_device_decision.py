from odoo import api, models


class ReportCorrectionDeviceDecision(models.AbstractModel):
    """Decision on electronic positioning (使用电子定位装置决定书), a draft for the county body:
    number and date stay blank until its paper is recorded."""

    _name = "report.township_governance.report_correction_device_decision"
    _inherit = ["report.township_governance.report_correction_device_notice"]
    _description = "Decision on electronic positioning"

    _title = "使用电子定位装置决定书"
    _full_fields = ("id_number_full",)

    @api.model
    def _date(self, doc):
        return doc.decision_date

    @api.model
    def _lines(self, doc):
        form = self.env["report.township_governance.report_correction_device"]
        return [
            self._about(doc.subject_id),
            f"经查：{doc.facts or ''}",
            (
                f"依据{form._ground(doc)}，经县级司法行政部门负责人批准，决定对其使用电子定位装置，"
                f"期限自{self._day(doc.date_from)}至{self._day(doc.date_until)}。"
            ),
            "不服本决定的，可以向人民检察院申诉、控告、检举。本决定书送达本人，抄送人民检察院。",
        ]
