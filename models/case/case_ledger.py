from odoo import models
from odoo.fields import Command

from ..common.ledger_target import Column, LedgerTarget
from .case import OPEN_STATES
from .case_ledger_lookup import CaseLedgerLookup
from .case_ledger_messages import CaseLedgerMessages
from .case_ledger_parties import SIDES, CaseLedgerParties
from .case_ledger_reading import CaseLedgerReading

# What the ledger says about the end of a case -> state and outcome.
ENDS = {
    "settled": ("closed", "settled"),
    "failed": ("closed", "failed"),
    "withdrawn": ("withdrawn", "withdrawn"),
    "transferred": ("transferred", "transferred"),
    "rejected": ("rejected", "rejected"),
    "handling": ("handling", False),
}
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


class CaseLedger(
    CaseLedgerReading, CaseLedgerParties, CaseLedgerLookup, CaseLedgerMessages, LedgerTarget
):
    """Cases out of a township's ledger (矛盾纠纷排查调处台账).

    A case enters the state that its result tells; what the guards on the way would have asked
    is listed on the case and must be met before archiving. A failed mediation without a closing
    date is still being handled: ending it and telling the parties their routes (MED-23) remains
    to be done, and an activity says so.
    """

    name = "case"
    person = "applicant"
    columns = {
        "number": Column(),
        "file_number": Column(),
        "kind": Column(),
        "date_received": Column(past_only=True),
        "date_accepted": Column(past_only=True),
        "date_closed": Column(past_only=True),
        **{
            f"{side}.{part}": Column(kind=kind, required=side == "applicant" and part == "name")
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
        "grid_id": Column(kind="grid"),
        "village_id": Column(create=True),
        "unit_id": Column(),
        "location": Column(),
        "type_id": Column(),
        "summary": Column(),
        "claim": Column(),
        "source": Column(),
        "difficulty": Column(),
        "risk": Column(),
        "amount": Column(),
        "committee_id": Column(),
        "mediator_id": Column(create=True),
        "outcome": Column(),
        "settlement": Column(),
        "end_reason": Column(),
        "remarks": Column(kind="text"),
    }
    likeness = (
        "date_received",
        "date_accepted",
        "applicant.name",
        "applicant.id_number",
        "respondent.name",
        "type_id",
    )

    def column_label(self, key):
        side, _dot, part = key.partition(".")
        if part:
            roles = dict(
                self.env["township.case.party"]._fields["role"]._description_selection(self.env)
            )
            label = self.env["township.case.party"]._fields[part]._description_string(self.env)
            return f"{roles[side]}/{label}"
        if key == "remarks":
            return self.env._("Remarks")
        return super().column_label(key)

    # ------------------------------------------------------------------
    # Values and creation
    # ------------------------------------------------------------------

    def vals(self, entry):
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
            "history": self.run.history,
            **self.state(entry),
        }
        if extra.get("mediator_ids"):
            vals["mediator_ids"] = [Command.set(extra["mediator_ids"].ids)]
        return vals

    def state(self, entry):
        """State, outcome and closing date out of what the ledger says about the result."""
        result, closed = entry.values.get("outcome"), entry.values.get("date_closed")
        if result == "failed" and not closed:
            entry.extra["todo"] = "failed"
            self.run.warn(entry.row, "failed_without_date")
            return {"state": "handling", "outcome": False}
        if not result and closed:
            entry.extra["todo"] = "outcome"
            self.run.warn(entry.row, "closed_without_outcome")
            return {"state": "closed", "outcome": False, "date_closed": closed}
        state, outcome = ENDS[result or "handling"]
        if state not in OPEN_STATES and not closed:
            entry.extra["todo"] = "date"
            self.run.warn(entry.row, "ended_without_date")
        return {"state": state, "outcome": outcome, "date_closed": closed}

    def make(self, entries):
        cases = super().make(entries)
        if not self.run.history:
            self.tell(cases, entries)
        return cases

    def creator(self, entries):
        return super().creator(entries).with_context(**self.first_messages(entries))


class TownshipCase(models.Model):
    """Cases have a ledger."""

    _name = "township.case"
    _inherit = ["township.case", "township.ledger.mixin"]

    _ledger = CaseLedger
