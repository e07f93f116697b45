from odoo import api, models
from odoo.exceptions import UserError

from ...tools.workflow import Frozen
from .case import ENDED_STATES

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
# What an officer may still complete in a closed case: filling a gap changes nothing on record.
COMPLETABLE_FIELDS = frozenset(
    (
        "type_id",
        "outcome",
        "settlement",
        "routes_told",
        "date_closed",
        "committee_id",
        "mediator_id",
        "file_number",
    )
)
# Of an archived case beside its content: only notes go on its file.
ARCHIVED_FIELDS = CONTENT_FIELDS | {"risk", "user_id", "leader_id", "petition_system_number"}
# What goes on after the end as records of its own (design 5).
GOING_ON = frozenset(("township.delivery", "ir.attachment"))


class TownshipCase(models.Model):
    """What of a case may be changed, and when: an ended case is frozen, an archived one for
    good, and dates follow each other."""

    _inherit = "township.case"

    _frozen = {
        "closed": Frozen(fields=CONTENT_FIELDS, completable=COMPLETABLE_FIELDS, rows=GOING_ON),
        **dict.fromkeys(ENDED_STATES, Frozen(fields=CONTENT_FIELDS, rows=GOING_ON)),
        "archived": Frozen(fields=ARCHIVED_FIELDS),
    }

    def _frozen_hint(self):
        if self.state == "closed":
            return self.env._("A director may reopen a closed case.")
        return super()._frozen_hint()

    def _check_kind(self, vals):
        """:raise UserError: another kind for a case that is registered: its clocks and number
        belong to the kind it has"""
        changed = self.filtered(
            lambda case: case.state != "draft" and case.kind != vals.get("kind", case.kind)
        )
        if changed:
            raise UserError(
                self.env._(
                    "%(case)s is registered: its kind can no longer be changed. Transfer it and "
                    "register it anew.",
                    case=changed[0].display_name,
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
