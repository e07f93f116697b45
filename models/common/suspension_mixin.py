from odoo import api, fields, models
from odoo.exceptions import UserError

OFFICER = "township_governance.group_officer"


class TownshipSuspensionMixin(models.AbstractModel):
    """Suspension (中止计算) of the clocks of an owner, a row of it: the time is not counted
    (MED-61). Entering the day it ended lets the clocks count on. Each room names its reasons in
    ``reason``."""

    _name = "township.suspension.mixin"
    _description = "Suspension of an owner's clocks"
    _inherit = ["township.row.mixin"]
    _order = "date_from desc, id desc"

    date_from = fields.Date(
        string="Suspended since",
        required=True,
        default=lambda self: self.env["township.calendar.day"]._today(),
    )
    date_to = fields.Date(string="Counts again from")
    reason = fields.Selection([], required=True)
    note = fields.Text()

    _dates_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)",
        "A suspension cannot end before it began.",
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
        owner = self[self._owner_field]
        owner.check_access("write")
        today = self.env["township.calendar.day"]._today()
        if owner != owner._clock_open() or self.date_from > today:
            raise UserError(
                self.env._(
                    "%(record)s: only an open record can be suspended, from today or an earlier "
                    "day.",
                    record=owner.display_name,
                )
            )
        running = owner.sudo()._clocks.filtered(lambda clock: not clock.deadline_done_date)
        self._check_backdating(running, today)
        self._check_end()
        running._deadline_suspend(self.date_from)
        owner._message_log(
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

    def _check_backdating(self, clocks, today):
        """A suspension entered afterwards moves a deadline that may be over already: an officer
        answers for it, and it never reaches back before the clocks began."""
        if self.date_from == today or self.env.su:
            return
        start = min(
            clocks.filtered("deadline_start_date").mapped("deadline_start_date"), default=today
        )
        if self.date_from < start or not self.env.user.has_group(OFFICER):
            raise UserError(
                self.env._(
                    "A suspension that began on an earlier day is entered by an officer, and not "
                    "before %(date)s.",
                    date=start,
                )
            )

    def _resume(self):
        owner = self[self._owner_field]
        owner.check_access("write")
        owner.sudo()._clocks._deadline_resume(self.date_to)
