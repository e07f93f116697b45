from odoo import api, models

from ...tools.chinese_forms import paragraphs
from .report_correction_base import GENDERS


class ReportCorrectionLeaveRefusal(models.AbstractModel):
    """Notice of a refusal (不予批准外出告知书): the reasons in writing, and the way to complain."""

    _name = "report.township_governance.report_correction_leave_refusal"
    _inherit = ["township.report.correction.leave.base"]
    _description = "Notice of refusal of a leave"

    _title = "不予批准外出告知书"
    _full_fields = ()

    @api.model
    def _rows(self, leave):
        subject = self._subject(leave)
        return [
            [("姓名", subject.name), ("性别", GENDERS.get(subject.gender, ""))],
            *self._leave_rows(leave),
            [("申请日期", self._day(leave.application_date))],
        ]

    @api.model
    def _texts(self, leave):
        reasons = f"{leave.refusal_reason or ''}\n{leave.refusal_ground or ''}"
        company = leave.company_id.sudo()
        return [
            ("不予批准的理由", paragraphs(reasons)),
            ("救济途径", paragraphs(company.township_correction_complaint)),
        ]

    @api.model
    def _opinions(self, leave):
        body = self._body(leave)
        number = f"（{leave.decision_number}）" if leave.decision_number else ""
        return [
            self._opinion("作出决定的机关", f"{body}{number}", "盖章", leave.refused_date),
            self._opinion("社区矫正对象签收", "", "签名"),
        ]
