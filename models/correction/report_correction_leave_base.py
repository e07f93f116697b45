from datetime import timezone

from odoo import api, models

from ...tools.chinese_forms import paragraphs


class TownshipReportCorrectionLeaveBase(models.AbstractModel):
    """What the forms of a leave share."""

    _name = "township.report.correction.leave.base"
    _inherit = ["township.report.correction.base"]
    _description = "Form of a leave"

    _doc_model = "township.correction.leave"

    @api.model
    def _number(self, leave):
        return leave.number

    @api.model
    def _leave_rows(self, leave):
        """:return: ``list`` of rows: where to, why and for how long"""
        span = f"{self._day(leave.date_from)}至{self._day(leave.date_to)}，共{leave.days}日"
        rows = [
            [("外出地点", leave.destination or ""), ("外出事由", leave.reason_id.name or "")],
            [("外出期限", span)],
        ]
        if leave.return_by:
            zone = self.env["township.calendar.day"]._timezone()
            moment = leave.return_by.replace(tzinfo=timezone.utc).astimezone(zone)
            rows.append([("返回时限", f"{self._day(moment.date())}{moment:%H}时{moment:%M}分前")])
        if leave.extends_id:
            rows.append([("续假", f"续{leave.extends_id.number or ''}")])
        return rows

    @api.model
    def _reason(self, leave):
        return ("事由说明", paragraphs(leave.reason))

    @api.model
    def _body(self, leave):
        """:return: ``str``, who decided: the office itself or another body"""
        return self._office(leave) if leave.approver == "office" else leave.decision_body or ""
