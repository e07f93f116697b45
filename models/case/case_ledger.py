from odoo import api, models
from odoo.fields import Command

from ..common.ledger_mixin import LedgerColumn
from .case import OPEN_STATES

# What the ledger says about the end of a case -> state and outcome.
ENDS = {
    "settled": ("closed", "settled"),
    "failed": ("closed", "failed"),
    "withdrawn": ("withdrawn", "withdrawn"),
    "transferred": ("transferred", "transferred"),
    "rejected": ("rejected", "rejected"),
    "handling": ("handling", False),
}
SIDES = ("applicant", "respondent")
# Columns whose values go into the case as they were read.
_AS_READ = (
    "number",
    "file_number",
    "location",
    "summary",
    "claim",
    "source",
    "difficulty",
    "risk",
    "amount",
    "settlement",
    "end_reason",
)


class TownshipCase(models.Model):
    """Cases out of a township's ledger (矛盾纠纷排查调处台账).

    A case enters the state that its result tells; what the guards on the way would have asked
    is listed on the case and must be met before archiving. A failed mediation without a closing
    date is still being handled: ending it and telling the parties their routes (MED-23) remains
    to be done, and an activity says so.
    """

    _name = "township.case"
    _inherit = ["township.case", "township.ledger.mixin"]

    _ledger_target = "case"
    _ledger_person = "applicant"
    _ledger_columns = {
        "number": LedgerColumn(),
        "file_number": LedgerColumn(),
        "kind": LedgerColumn(),
        "date_received": LedgerColumn(),
        "date_accepted": LedgerColumn(),
        "date_closed": LedgerColumn(),
        **{
            f"{side}.{part}": LedgerColumn(
                kind=kind, required=side == "applicant" and part == "name"
            )
            for side in SIDES
            for part, kind in (
                ("name", "names"),
                ("id_number", "ids"),
                ("phone", "phones"),
                ("address", "text"),
                ("occupation", "text"),
                ("representative", "name"),
                ("credit_code", "text"),
            )
        },
        "grid_id": LedgerColumn(kind="grid"),
        "village_id": LedgerColumn(create=True),
        "unit_id": LedgerColumn(),
        "location": LedgerColumn(),
        "type_id": LedgerColumn(),
        "summary": LedgerColumn(),
        "claim": LedgerColumn(),
        "source": LedgerColumn(),
        "difficulty": LedgerColumn(),
        "risk": LedgerColumn(),
        "amount": LedgerColumn(),
        "committee_id": LedgerColumn(),
        "mediator_id": LedgerColumn(create=True),
        "outcome": LedgerColumn(),
        "settlement": LedgerColumn(),
        "end_reason": LedgerColumn(),
        "remarks": LedgerColumn(kind="text"),
    }
    _ledger_likeness = (
        "date_received",
        "date_accepted",
        "applicant.name",
        "applicant.id_number",
        "respondent.name",
        "type_id",
    )

    @api.model
    def _ledger_column_label(self, key):
        side, _dot, part = key.partition(".")
        if part:
            roles = dict(
                self.env["township.case.party"]._fields["role"]._description_selection(self.env)
            )
            label = self.env["township.case.party"]._fields[part]._description_string(self.env)
            return f"{roles[side]}/{label}"
        if key == "remarks":
            return self.env._("Remarks")
        return super()._ledger_column_label(key)

    # ------------------------------------------------------------------
    # Values and creation
    # ------------------------------------------------------------------

    @api.model
    def _ledger_vals(self, entry, run):
        values, extra = entry.values, entry.extra
        vals = {key: values[key] for key in _AS_READ if key in values}
        mediator = extra.get("mediator_id", self.env["township.mediator"])
        committee = extra.get("committee_id") or mediator.committee_id
        village = extra.get("village_id", self.env["township.unit"])
        case_type = extra.get("type_id", self.env["township.case.type"])
        unit = extra.get("unit_id") or village
        grid = extra.get("grid_id", self.env["township.grid"])
        vals |= {
            "kind": values.get("kind") or case_type.kind or "mediation",
            "type_id": case_type.id,
            "date_received": values.get("date_received") or values.get("date_accepted"),
            "date_accepted": values.get("date_accepted") or values.get("date_received"),
            "grid_id": grid.id,
            "village_id": village.id,
            "unit_id": unit.id,
            "unit_referred": bool(extra.get("unit_id")),
            "committee_id": committee.id,
            "mediator_id": mediator.id,
            "user_id": mediator.user_id.id or (self.env.user.active and self.env.uid),
            "company_id": self.env.company.id,
            "party_ids": extra["parties"],
            "backfilled": True,
            "history": run.history,
            **self._ledger_state(entry, run),
        }
        if extra.get("mediator_ids"):
            vals["mediator_ids"] = [Command.set(extra["mediator_ids"].ids)]
        return vals

    @api.model
    def _ledger_state(self, entry, run):
        """State, outcome and closing date out of what the ledger says about the result."""
        result, closed = entry.values.get("outcome"), entry.values.get("date_closed")
        if result == "failed" and not closed:
            entry.extra["todo"] = "failed"
            run.warn(entry.row, "failed_without_date")
            return {"state": "handling", "outcome": False}
        if not result and closed:
            entry.extra["todo"] = "outcome"
            run.warn(entry.row, "closed_without_outcome")
            return {"state": "closed", "outcome": False, "date_closed": closed}
        state, outcome = ENDS[result or "handling"]
        if state not in OPEN_STATES and not closed:
            entry.extra["todo"] = "date"
            run.warn(entry.row, "ended_without_date")
        return {"state": state, "outcome": outcome, "date_closed": closed}

    @api.model
    def _ledger_create(self, entries, run):
        cases = self._entering()._with_first_messages(entries, run)
        cases = cases.create([entry.vals for entry in entries])._without_first_messages()
        for name in self._number_fields:
            if any(name in entry.vals for entry in entries):
                cases.sudo()._absorb_numbers(name)
        cases.sudo()._assign_all_numbers()
        cases._ledger_start_clocks()
        if not run.history:
            cases._ledger_tell(entries, run)
        return cases

    def _ledger_start_clocks(self):
        """Clocks of imported cases in one batch; those of a case that has ended are ended with
        it. A case that ended on an unknown day gets none: whether it was in time is unknown."""
        dated = self.sudo().filtered(lambda case: case.state in OPEN_STATES or case.date_closed)
        vals_list = [
            {**vals, "deadline_done_date": case.date_closed}
            for case, rows in dated._clock_vals(("received", "accepted")).items()
            for vals in rows
        ]
        self.env["township.case.clock"].sudo().create(vals_list)
