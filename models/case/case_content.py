from odoo import api, models
from odoo.exceptions import AccessError, UserError

from .case import FROZEN_STATES, STEP_FIELDS

# Facts, parties, papers, agreement, dates: what a closed case may no longer change.
CONTENT_FIELDS = frozenset(
    (
        "name",
        "kind",
        "type_id",
        "source",
        "difficulty",
        "grid_id",
        "village_id",
        "location",
        "unit_id",
        "committee_id",
        "mediator_id",
        "mediator_ids",
        "date_received",
        "date_accepted",
        "date_closed",
        "summary",
        "claim",
        "amount",
        "outcome",
        "settlement",
        "end_reason",
        "routes_told",
        "purpose",
        "petition_form",
        "complained_unit_id",
        "party_ids",
        "number",
        "file_number",
    )
)


class TownshipCase(models.Model):
    """What of a case may be changed, and when: steps set their own fields, an ended case is
    frozen, and dates follow each other."""

    _inherit = "township.case"

    @api.model
    def _check_step_fields(self, names):
        """:raise AccessError: a field that only steps and imports set"""
        touched = STEP_FIELDS.intersection(names)
        if touched and not (self.env.su or self._is_entering()):
            labels = sorted(self._fields[name]._description_string(self.env) for name in touched)
            raise AccessError(
                self.env._(
                    "%(fields)s cannot be set by hand. Use the buttons of the form.",
                    fields=", ".join(labels),
                )
            )

    def _check_frozen(self, vals):
        """:raise UserError: ``vals`` touch the content of a case that has ended"""
        touched = CONTENT_FIELDS & vals.keys()
        frozen = self.filtered(lambda case: case.state in FROZEN_STATES) if touched else self[:0]
        if frozen:
            labels = [self._fields[name]._description_string(self.env) for name in sorted(touched)]
            raise UserError(
                self.env._(
                    "%(case)s has ended: %(fields)s can no longer be changed. An officer may "
                    "reopen a closed case.",
                    case=frozen[0].display_name,
                    fields=", ".join(labels),
                )
            )

    @api.constrains("date_received", "date_accepted", "date_closed")
    def _check_date_order(self):
        for case in self:
            if case.date_accepted and case.date_accepted < case.date_received:
                raise UserError(
                    self.env._(
                        "%(case)s: accepted on %(accepted)s, before it was received on "
                        "%(received)s.",
                        case=case.display_name,
                        accepted=case.date_accepted,
                        received=case.date_received,
                    )
                )
            if case.date_closed and case.date_closed < case.date_received:
                raise UserError(
                    self.env._(
                        "%(case)s: closed on %(closed)s, before it was received on %(received)s.",
                        case=case.display_name,
                        closed=case.date_closed,
                        received=case.date_received,
                    )
                )

    def _check_future_dates(self):
        today = self.env["township.calendar.day"]._today()
        for case in self:
            for name in ("date_received", "date_accepted", "date_closed"):
                if case[name] and case[name] > today:
                    raise UserError(
                        self.env._(
                            "%(case)s: “%(field)s” %(date)s is in the future. Please check the "
                            "date.",
                            case=case.display_name,
                            field=self._fields[name]._description_string(self.env),
                            date=case[name],
                        )
                    )
