from odoo import models

from ..common.ledger_target import Column
from .correction_person_ledger import PERSON_COLUMNS, CorrectionPersonLedger


class AftercareLedger(CorrectionPersonLedger):
    """People in aftercare out of the register a township keeps (刑满释放安置帮教对象名册). Their
    state is what the register says, else what its dates tell; who declined is left in peace, and
    what has ended stays ended. Columns about what a person might do are not read."""

    name = "aftercare"
    person_key = ("release_date",)
    columns = {
        **PERSON_COLUMNS,
        "source": Column(),
        "released_from": Column(),
        "release_date": Column(),
        "notice_number": Column(),
        "notice_date": Column(past_only=True),
        "sentence": Column(),
        "hand_over_date": Column(past_only=True),
        "hand_over_way": Column(),
        "wish": Column(),
        "wish_date": Column(past_only=True),
        "helper_ids": Column(kind="names"),
        "settled_date": Column(past_only=True),
        "settled_way": Column(),
        "unsettled_reason": Column(),
        "end_reason": Column(),
        "ended_date": Column(past_only=True),
        "state": Column(),
    }
    likeness = ("name", "release_date")

    def read_row(self, entry):
        super().read_row(entry)
        self.check_order(entry, "release_date", "ended_date")
        self.check_order(entry, "hand_over_date", "ended_date")
        return entry

    def minor_days(self, values):
        return values.get("offence_date"), values.get("release_date")

    def vals(self, entry):
        vals = super().vals(entry)
        vals["state"] = self.state(vals)
        if vals["state"] == "declined":
            vals["wish"] = "no"
        if vals["state"] != "ended":
            vals.pop("ended_date", None)
        days = (vals.get(name) for name in ("notice_date", "release_date", "hand_over_date"))
        known = [day for day in days if day and day <= self.run.today]
        vals["date_received"] = min(known, default=self.run.today)
        since = vals.get("hand_over_date") or vals["date_received"]
        vals["helper_ids"] = [
            (0, 0, {"name": name, "date_from": since})
            for name in entry.values.get("helper_ids") or ()
        ]
        return vals

    def state(self, vals):
        """:return: ``str``: as the register says; else what its dates and the wish tell"""
        if vals.get("state"):
            return vals["state"]
        if vals.get("ended_date"):
            return "ended"
        if vals.get("wish") == "no":
            return "declined"
        if not vals.get("hand_over_date"):
            return "expected"
        return "active" if vals.get("wish") == "yes" else "handed_over"


class TownshipAftercare(models.Model):
    """People in aftercare have a register to import."""

    _name = "township.aftercare"
    _inherit = ["township.aftercare", "township.ledger.mixin"]

    _ledger = AftercareLedger

    def _imported(self, history):
        """What has ended is kept for its term; who is expected is met on the day of release."""
        result = super()._imported(history)
        ended = self.filtered(lambda person: person.state == "ended" and person.ended_date)
        for day, people in ended.grouped("ended_date").items():
            people._start_retention(day)
        self.filtered(lambda person: person.state == "expected")._start_hand_over_clock()
        return result
