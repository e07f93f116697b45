from odoo import api, fields, models
from odoo.exceptions import UserError

from .case import OPEN_STATES


class TownshipCaseSuspension(models.Model):
    """Suspension (中止计算): the time of an appraisal or expert consultation is not counted
    (MED-61). Entering the day it ended lets the clocks count on."""

    _name = "township.case.suspension"
    _description = "Suspension of a case's clocks"
    _inherit = ["township.case.line.mixin"]
    _order = "date_from desc, id desc"

    date_from = fields.Date(
        string="Suspended since",
        required=True,
        default=lambda self: self.env["township.calendar.day"]._today(),
    )
    date_to = fields.Date(string="Counts again from")
    reason = fields.Selection(
        [
            ("appraisal", "Appraisal"),
            ("consultation", "Expert consultation"),
            ("hearing", "Hearing"),
        ],
        required=True,
    )
    note = fields.Text()

    _dates_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)",
        "A suspension cannot end before it began.",
    )
    _one_open = models.UniqueIndex(
        "(case_id) WHERE date_to IS NULL", "This case is suspended already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        suspensions = super().create(vals_list)
        for suspension in suspensions:
            suspension._suspend()
        return suspensions

    def write(self, vals):
        if "date_from" in vals or any(suspension.date_to for suspension in self):
            raise UserError(self.env._("A suspension on record cannot be changed."))
        result = super().write(vals)
        if vals.get("date_to"):
            self._check_end()
            for suspension in self:
                suspension._resume()
        return result

    def _suspend(self):
        case = self.case_id
        case.check_access("write")
        today = self.env["township.calendar.day"]._today()
        if case.state not in OPEN_STATES or self.date_from > today:
            raise UserError(
                self.env._(
                    "%(case)s: only an open case can be suspended, from today or an earlier day.",
                    case=case.display_name,
                )
            )
        self._check_backdating(today)
        self._check_end()
        case.sudo().clock_ids._deadline_suspend(self.date_from)
        case._message_log(
            body=self.env._(
                "Clocks suspended since %(date)s: %(reason)s",
                date=self.date_from,
                reason=dict(self._fields["reason"]._description_selection(self.env))[self.reason],
            )
        )
        if self.date_to:
            self._resume()

    def _check_end(self):
        """A pause that ends on a day to come would move the deadline as far as anybody likes."""
        today = self.env["township.calendar.day"]._today()
        if any(suspension.date_to and suspension.date_to > today for suspension in self):
            raise UserError(
                self.env._("Enter the end of a suspension on the day it ends, or later.")
            )

    def _check_backdating(self, today):
        """A suspension entered afterwards moves a deadline that may be over already: an officer
        answers for it, and it never reaches back before the clocks began."""
        if self.date_from == today or self.env.su:
            return
        start = self.case_id.date_accepted or self.case_id.date_received
        is_officer = self.env.user.has_group("township_governance.group_officer")
        if self.date_from < start or not is_officer:
            raise UserError(
                self.env._(
                    "A suspension that began on an earlier day is entered by an officer, and not "
                    "before %(date)s.",
                    date=start,
                )
            )

    def _resume(self):
        self.case_id.check_access("write")
        self.case_id.sudo().clock_ids._deadline_resume(self.date_to)
