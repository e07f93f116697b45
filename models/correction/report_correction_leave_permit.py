from odoo import api, models

from .report_correction_base import GENDERS

RULES = (
    "外出期间应当遵守法律法规和监督管理规定，按要求报告情况；应当在外出期限届满前返回居住地，"
    "并报告、办理销假手续；因特殊原因无法按期返回的，应当及时报告。"
)


class ReportCorrectionLeavePermit(models.AbstractModel):
    """Permit of a leave (外出批准书), also the certificate to carry. It bears the day it was given,
    whatever day it is printed on."""

    _name = "report.township_governance.report_correction_leave_permit"
    _inherit = ["township.report.correction.leave.base"]
    _description = "Permit of a leave"

    _title = "社区矫正对象外出批准书"
    _full_fields = ()

    @api.model
    def _rows(self, leave):
        subject = self._subject(leave)
        return [
            [("姓名", subject.name), ("性别", GENDERS.get(subject.gender, ""))],
            *self._leave_rows(leave),
        ]

    @api.model
    def _texts(self, leave):
        number = f"（{leave.decision_number}）" if leave.decision_number else ""
        return [
            (
                "批准意见",
                [
                    f"经审查，{self._body(leave)}批准你在上述期限内外出{number}。",
                    RULES,
                ],
            )
        ]

    @api.model
    def _opinions(self, leave):
        return [self._opinion("批准机关", self._body(leave), "盖章", leave.given_date)]
