from odoo import api, models


class ReportCorrectionDeviceNotice(models.AbstractModel):
    """Notice to the person about the use of electronic positioning (告知书)."""

    _name = "report.township_governance.report_correction_device_notice"
    _inherit = ["township.report.correction.letter"]
    _description = "Notice of electronic positioning"

    _doc_model = "township.correction.device"
    _title = "使用电子定位装置告知书"
    _red_heading = True

    @api.model
    def _office(self, doc):
        return self._county(doc)

    @api.model
    def _number(self, doc):
        return doc.decision_number

    @api.model
    def _addressee(self, doc):
        return doc.subject_id.name

    @api.model
    def _lines(self, doc):
        form = self.env["report.township_governance.report_correction_device"]
        approved = (
            f"经{doc.decision_body}负责人于{self._day(doc.decision_date)}批准，"
            if doc.decision_date
            else ""
        )
        return [
            (
                f"依据{form._ground(doc)}，{approved}对你使用电子定位装置，"
                f"期限自{self._day(doc.date_from)}至{self._day(doc.date_until)}。"
            ),
            (
                "装置为专用的电子定位腕带等，不使用手机，不得拆除、损毁。定位信息严格保密，只用于"
                "社区矫正工作。"
            ),
            "期限届满或者不需要继续使用的，及时解除；延长的，另行批准并告知，每次不超过三个月。",
            "认为合法权益受到侵害的，可以依据该法第三十四条向人民检察院或者有关机关申诉、控告和检举。",
        ]
