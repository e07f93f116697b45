from odoo import api, fields, models
from odoo.fields import Domain

from .correction_leave import OUT

# After the end of the correction nobody is due back: the clock has stopped.
OPEN = [("state", "in", OUT), ("deadline_done_date", "=", False)]


class TownshipCorrectionLeave(models.Model):
    """When a person is due back: on the last day, on the hour where the permit names one. That
    nobody has recorded the return (逾期未销假) says just this and has no consequence by itself."""

    _inherit = "township.correction.leave"

    return_state = fields.Selection(
        [
            ("none", "Not away"),
            ("later", "Not due yet"),
            ("due", "Due today"),
            ("overdue", "Return overdue"),
        ],
        string="Return",
        compute="_compute_return_state",
        search="_search_return_state",
    )
    late_application = fields.Boolean(compute="_compute_late_application")
    given_late = fields.Boolean(
        compute="_compute_given_late", help="The permit was given after the leave began."
    )
    approver_reason = fields.Char(string="Why", compute="_compute_approver_reason")

    @api.depends("state", "date_to", "return_by", "deadline_done_date")
    def _compute_return_state(self):
        today = self._today()
        for leave in self:
            if leave.state not in OUT or leave.deadline_done_date or not leave.date_to:
                leave.return_state = "none"
            elif leave._is_late(fields.Datetime.now()):
                leave.return_state = "overdue"
            else:
                leave.return_state = "due" if leave.date_to == today else "later"

    def _is_late(self, moment):
        """:param datetime moment: of the return, in UTC
        :return: ``bool``, whether it is after the last day or the hour of this one leave"""
        if self.return_by and moment > self.return_by:
            return True
        return self.env["township.calendar.day"]._day_of(moment) > self.date_to

    def _search_return_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today, now = self._today(), fields.Datetime.now()
        out = Domain(OPEN)
        past = Domain("date_to", "<", today) | Domain("return_by", "<", now)
        in_time = Domain("return_by", ">=", now) | Domain("return_by", "=", False)
        domains = {
            "none": ~out,
            "later": out & Domain("date_to", ">", today),
            "due": out & Domain("date_to", "=", today) & in_time,
            "overdue": out & past,
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.depends("application_date", "date_from", "company_id")
    def _compute_late_application(self):
        late = self._applied_late("correction_leave_lead", "date_from")
        for leave in self:
            leave.late_application = leave in late

    @api.depends("given_date", "date_from")
    def _compute_given_late(self):
        for leave in self:
            leave.given_late = bool(leave.given_date and leave.given_date > leave.date_from)

    @api.depends("approver", "days", "extends_id", "state")
    def _compute_approver_reason(self):
        today = self._today()
        for leave in self:
            if not leave.approver or leave.state not in ("draft", "applied", "reviewed"):
                leave.approver_reason = False
                continue
            rule = self.env["township.correction.leave.rule"]._of(leave.company_id)
            delegated = leave.company_id._correction_delegated("leave", today)
            leave.approver_reason = self.env._(
                "%(days)s days with what it extends; %(window)s days within %(months)s months; "
                "short leaves delegated to the office: %(delegated)s",
                days=sum(leave._chain().mapped("days")),
                window=leave.sudo()._window_days(rule),
                months=rule.window_months,
                delegated=self.env._("Yes") if delegated else self.env._("No"),
            )

    # ------------------------------------------------------------------
    # Home
    # ------------------------------------------------------------------

    def _home_open_domain(self):
        return OPEN

    def _home_tile_domains(self):
        return {"return_due": [*OPEN, ("date_to", "<=", self._today())]}

    def _home_mine_domain(self):
        """What nobody handles is everybody's who sees it."""
        return super()._home_mine_domain() | Domain("user_id", "=", False)

    def _home_title(self):
        return self.subject_id.display_name

    def _home_next_step(self):
        return self._step_label("return" if self.state == "away" else "leave")
