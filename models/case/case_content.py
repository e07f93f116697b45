from odoo import api, fields, models
from odoo.exceptions import UserError

from .case import FROZEN_STATES

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
COMPLETABLE_FIELDS = frozenset(("type_id", "outcome", "settlement", "routes_told", "date_closed"))


class TownshipCase(models.Model):
    """What of a case may be changed, and when: steps set their own fields, an ended case is
    frozen, and dates follow each other."""

    _inherit = "township.case"

    may_edit = fields.Boolean(compute="_compute_may_edit", export_string_translation=False)
    may_complete = fields.Boolean(compute="_compute_may_edit", export_string_translation=False)

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_may_edit(self):
        """Whether the form lets the user type: he may write the case and it has not ended."""
        editable = self._filtered_access("write")
        for case in self:
            case.may_edit = case in editable and case.state not in FROZEN_STATES
            case.may_complete = (
                case in editable and case.state == "closed" and bool(case.missing_items)
            )

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """A form that cannot be saved does not look as if it could."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            for node in arch.xpath("//field[not(ancestor::field)]"):
                given, frozen = node.get("readonly"), "not may_edit"
                if given is None and self._fields[node.get("name")].readonly:
                    continue
                if node.get("name") in COMPLETABLE_FIELDS:
                    frozen = "not may_edit and not may_complete"
                node.set("readonly", f"({given}) or ({frozen})" if given else frozen)
        return arch, view

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

    def _check_frozen(self, vals):
        """:raise UserError: ``vals`` touch the content of a case that has ended"""
        touched = CONTENT_FIELDS & vals.keys()
        frozen = self.filtered(
            lambda case: (
                case.state in FROZEN_STATES and not all(case._is_gap(name) for name in touched)
            )
        )
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

    def _is_gap(self, name):
        """:return: ``bool``: a field of a closed case that is empty and may be completed"""
        return name in COMPLETABLE_FIELDS and self.state == "closed" and not self[name]

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
