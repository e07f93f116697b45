from odoo import api, models


class ReportCorrectionLeaveApplication(models.AbstractModel):
    """Approval form of a leave (外出审批表): application, opinions, decision."""

    _name = "report.township_governance.report_correction_leave_application"
    _inherit = ["township.report.correction.leave.base"]
    _description = "Approval form of a leave"

    _title = "社区矫正对象外出审批表"

    @api.model
    def _rows(self, leave):
        return [
            *super()._rows(leave),
            *self._leave_rows(leave),
            [
                ("申请日期", self._day(leave.application_date)),
                ("外出期间联系", leave.contact or ""),
            ],
        ]

    @api.model
    def _texts(self, leave):
        return [self._reason(leave)]

    @api.model
    def _opinions(self, leave):
        granted = leave.given_date and "同意外出。"
        office = [self._opinion("司法所意见", leave.opinion, "签名", leave.opinion_date)]
        if leave.approver == "office":
            decided = granted or leave.refusal_reason
            day = leave.given_date or leave.refused_date
            return [*office, self._opinion("司法所负责人审批意见", decided, "负责人", day)]
        if leave.approver != "above":
            return [*office, self._decision("县级社区矫正机构审批意见", leave, granted)]
        county = self._opinion(
            "县级社区矫正机构意见", leave.county_opinion, "签章", leave.county_opinion_date
        )
        return [*office, county, self._decision("上一级社区矫正机构审批意见", leave, granted)]

    @api.model
    def _decision(self, label, leave, granted):
        lines = [granted or leave.refusal_reason or ""]
        if leave.decision_number:
            lines.append(f"文号：{leave.decision_number}")
        return self._opinion(label, "\n".join(lines), "签章", leave.decision_date)
