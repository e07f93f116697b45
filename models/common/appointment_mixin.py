from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate
from odoo.tools.misc import clean_context

from .home import DUE_SOON_DAYS
from .mechanism_mixin import Guard

_lt = LazyTranslate(__name__)

RECORDING = Guard(hint=_lt("it is set when the outcome is recorded."))


class TownshipAppointmentMixin(models.AbstractModel):
    """Appointment with a person: planned, its outcome recorded, the next one booked in the same
    breath. A row of its owner::

        _inherit = ["township.appointment.mixin"]
        _owner_field = "visit_id"
        _appointment_keys = ("visit_id", "kind")
        visit_id = fields.Many2one("township.visit", required=True, ondelete="cascade", index=True)
        kind = fields.Selection(selection_add=[("letter", "By letter")])

    The duty is the office's: to record what became of the appointment, on its day at the latest
    (the deadline is the planned day and never moves to a working day). "Not complied" is an
    outcome like the others; nothing follows from it by itself.

    What the next appointment takes over is named by ``_appointment_keys``; which day is offered
    for it is said by :meth:`_next_days`.
    """

    _name = "township.appointment.mixin"
    _description = "Appointment"
    _inherit = ["township.row.mixin", "township.deadline.mixin"]

    _appointment_keys = ()
    _deadline_received_field = "planned_date"

    planned_date = fields.Date(
        string="Planned on",
        required=True,
        copy=False,
        default=lambda self: self.env["township.calendar.day"]._today(),
    )
    kind = fields.Selection(
        [
            ("in_person", "Report in person"),
            ("phone", "By phone"),
            ("written", "In writing"),
            ("visit", "Home visit"),
        ],
        string="Way",
        required=True,
        default="in_person",
    )
    outcome = fields.Selection(
        [
            ("not_recorded", "Not yet recorded"),
            ("complied", "Complied"),
            ("acceptable_absence", "Acceptable absence"),
            ("not_complied", "Not complied"),
        ],
        required=True,
        default="not_recorded",
        copy=False,
        guard=RECORDING,
    )
    absence_reason = fields.Char(
        string="Reason of the absence", copy=False, guard=RECORDING, help="No medical particulars."
    )
    recorded_by_id = fields.Many2one(
        "res.users",
        string="Recorded by",
        copy=False,
        guard=RECORDING,
        ondelete="restrict",
    )
    recorded_date = fields.Date(string="Recorded on", copy=False, guard=RECORDING)
    next_date = fields.Date(
        string="Next one on", copy=False, guard=RECORDING, help="As booked with the outcome."
    )
    note = fields.Text(copy=False)

    @property
    def _deadline_owner_field(self):
        return self._owner_field

    # ------------------------------------------------------------------
    # Planned
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        appointments = super().create(vals_list)
        appointments._give_planned()
        return appointments

    def write(self, vals):
        """:raise UserError: another day for what is recorded or was due already"""
        if "planned_date" not in vals:
            return super().write(vals)
        day = fields.Date.to_date(vals["planned_date"])
        moved = self.filtered(lambda appointment: appointment.planned_date != day)
        moved._check_still_open()
        result = super().write(vals)
        moved._give_planned()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_to_come(self):
        """What is due today already shows in red tomorrow: it is recorded, or put off."""
        if not self.env.su:
            self._check_still_open(self.env["township.calendar.day"]._today() + timedelta(days=1))

    def _check_still_open(self, first=None):
        """:param date first: first day that is still to come, by default today"""
        first = first or self.env["township.calendar.day"]._today()
        for appointment in self:
            if appointment.outcome != "not_recorded" or appointment.planned_date < first:
                raise UserError(
                    self.env._(
                        "The appointment of %(date)s is past: record its outcome and book "
                        "another one.",
                        date=appointment.planned_date,
                    )
                )

    def _give_planned(self):
        """The planned day is the last day on which the office records the outcome in time."""
        groups = self.grouped(lambda row: (row.company_id, row.planned_date))
        for (_company, day), appointments in groups.items():
            appointments._deadline_give(day)

    # ------------------------------------------------------------------
    # Recorded
    # ------------------------------------------------------------------

    def action_record(self, outcome, next_date=None, reason=None, note=None):
        """Record one outcome of all these appointments and book the next ones.

        :param str outcome: ``complied``, ``acceptable_absence`` or ``not_complied``
        :param next_date: ``date`` or its text: day of the next appointments; without one none
            is booked
        :param str reason: of an acceptable absence
        :param str note: what else is worth noting
        :return: the next appointments, those already booked included
        :raise AccessError: the user may not change one of them
        :raise UserError: what is missing or does not fit, in words for people
        """
        day = fields.Date.to_date(next_date)
        return self._record(outcome, dict.fromkeys(self, day) if day else {}, reason, note)

    def action_complied(self):
        """One tap: they came; the next one is booked on the day that :meth:`_next_days` offers."""
        return self._record("complied", self._next_days())

    def action_not_complied(self):
        """One tap: they did not come; the next one as in :meth:`action_complied`."""
        return self._record("not_complied", self._next_days())

    def action_take_back(self, reason=None):
        """A wrong outcome is taken back, with the reason in the log of the owner.

        :raise UserError: no reason
        """
        self.check_access("write")
        if not (reason or "").strip():
            raise UserError(self.env._("Write why the outcome is taken back."))
        recorded = self.filtered(lambda appointment: appointment.outcome != "not_recorded")
        recorded._log_take_back(reason)
        recorded._entering().write(
            {
                "outcome": "not_recorded",
                "absence_reason": False,
                "recorded_by_id": False,
                "recorded_date": False,
            }
        )
        recorded._give_planned()

    def _log_take_back(self, reason):
        rows = self.grouped(self._owner_field)
        for owner, appointments in rows.items():
            days = ", ".join(str(day) for day in appointments.mapped("planned_date"))
            owner._message_log(
                body=self.env._(
                    "Outcome taken back (%(days)s): %(reason)s", days=days, reason=reason
                )
            )

    def _next_days(self):
        """:return: ``dict`` appointment -> ``date`` offered for the next one; those without
        one are left out"""
        return {}

    def _record(self, outcome, next_days, reason=None, note=None):
        """Parameters but ``next_days``, result and errors as :meth:`action_record`.

        :param dict next_days: appointment -> ``date`` of the next one
        """
        self.check_access("write")
        today = self.env["township.calendar.day"]._today()
        for appointment in self:
            appointment._check_record(outcome, next_days.get(appointment), reason, today)
        self._entering().write(
            {
                "outcome": outcome,
                "absence_reason": reason if outcome == "acceptable_absence" else False,
                "recorded_by_id": self.env.uid,
                "recorded_date": today,
                **({"note": note} if note else {}),
            }
        )
        for day, appointments in self.grouped(next_days.get).items():
            appointments._entering().next_date = day
        self._deadline_stop(today)
        return self._book(next_days)

    def _check_record(self, outcome, next_day, reason, today):
        """:raise UserError: what is missing or does not fit for this one appointment"""
        outcomes = dict(self._fields["outcome"]._description_selection(self.env))
        message = ""
        if outcome not in outcomes or outcome == "not_recorded":
            message = self.env._("Choose the outcome.")
        elif self.outcome != "not_recorded":
            message = self.env._("The outcome of %(date)s is recorded already.")
        elif outcome == "acceptable_absence" and not (reason or "").strip():
            message = self.env._("Write the reason of the acceptable absence.")
        elif outcome != "acceptable_absence" and self.planned_date > today:
            message = self.env._("The appointment of %(date)s is still to come.")
        elif next_day and next_day <= self.planned_date:
            message = self.env._("The next appointment comes after that of %(date)s.")
        if message:
            raise UserError(message % {"date": self.planned_date})

    def _book(self, next_days):
        """Book the next appointments, in one batch; one already booked for that day stays.

        :return: the next appointments
        """
        wanted = {
            self._appointment_key(appointment, day): appointment
            for appointment, day in next_days.items()
        }
        if not wanted:
            return self.browse()
        booked = self._booked(set(next_days.values()))
        known = {self._appointment_key(row, row.planned_date): row for row in booked}
        # what a dialogue presets for the outcome is not meant for the next one
        clean = self.with_env(self.env(context=clean_context(self.env.context)))
        new = clean.create(
            [
                appointment._next_vals(key[-1])
                for key, appointment in wanted.items()
                if key not in known
            ]
        )
        return new.union(*(row for key, row in known.items() if key in wanted))

    def _booked(self, days):
        """:return: appointments of the same owners on those days"""
        owner = self._owner_field
        return self.search([(owner, "in", self[owner].ids), ("planned_date", "in", list(days))])

    @api.model
    def _appointment_key(self, appointment, day):
        return (*(appointment[name] for name in self._appointment_keys), day)

    def _next_vals(self, day):
        """:return: ``dict`` for ``create`` of the appointment that follows this one"""
        vals = {name: self[name] for name in self._appointment_keys}
        return {**self._convert_to_write(vals), "planned_date": day}

    # ------------------------------------------------------------------
    # Home and start-up
    # ------------------------------------------------------------------

    def _home_open_domain(self):
        """What is planned for later is in the calendar: the home screen shows the next days."""
        soon = self.env["township.calendar.day"]._today() + timedelta(days=DUE_SOON_DAYS)
        return [
            ("outcome", "=", "not_recorded"),
            ("deadline_done_date", "=", False),
            ("planned_date", "<=", soon),
        ]

    @api.model
    def _lacking_parts(self):
        lacking = super()._lacking_parts()
        if self._owner_field not in self._appointment_keys:
            lacking.append("its owner in _appointment_keys, which the next one takes over")
        return lacking
