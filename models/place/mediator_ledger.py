from odoo import models

from ..common.ledger_target import Column, LedgerTarget


class MediatorLedger(LedgerTarget):
    """Mediators out of a roster (人民调解员名册)."""

    name = "mediator"
    columns = {
        "name": Column(kind="name", required=True),
        "gender": Column(),
        "id_number": Column(kind="ids"),
        "birth_date": Column(past_only=True),
        "phone": Column(kind="phones"),
        "committee_id": Column(create=True),
        "employment": Column(),
        "grade": Column(),
        "appointed_from": Column(),
        "appointed_to": Column(),
        "address": Column(),
        "occupation": Column(),
    }
    likeness = ("name", "committee_id")

    def __init__(self, model, run=None):
        super().__init__(model, run)
        self.numbers_seen = set()  # ID numbers of this file

    def read_row(self, entry):
        super().read_row(entry)
        values = entry.values
        label = self.label("id_number")
        numbers = values.get("id_number", [])
        if len(numbers) > 1:
            entry.reject("one_number", column=label)
        for number in filter(None, numbers):
            self.check_id(entry, number, label, self.run.today)
        if numbers:
            # the card tells it; a ledger that says otherwise has a slip, not another birthday
            values.pop("birth_date", None)
        begin, end = values.get("appointed_from"), values.get("appointed_to")
        if begin and end and end < begin:
            entry.reject(
                "date_order",
                first=self.label("appointed_from"),
                second=self.label("appointed_to"),
            )
        return entry

    def check(self, entries):
        """One person is one mediator: the ID number tells."""
        numbers = {number for entry in entries for number in entry.values.get("id_number", [])}
        if not numbers:
            return
        known = self.model.sudo().search_fetch(
            [("id_number", "in", list(numbers)), ("company_id", "=", self.env.company.id)],
            ["id_number_full"],
        )
        taken = set(known.mapped("id_number_full"))
        seen = self.numbers_seen
        for entry in entries:
            for number in entry.values.get("id_number", []):
                if number in taken or number in seen:
                    entry.reject("person_exists", name=entry.values.get("name", ""))
                elif not entry.problems:
                    seen.add(number)

    def missing_vals(self, key, text, entry):
        if key != "committee_id":
            return super().missing_vals(key, text, entry)
        for ending, kind in (
            ("村", "village"),
            ("社区", "resident"),
            ("居", "resident"),
            ("镇", "town"),
            ("乡", "town"),
            ("街道", "street"),
        ):
            bare = text
            for suffix in ("人民调解委员会", "调解委员会", "调委会"):
                bare = bare.removesuffix(suffix)
            if bare.endswith(ending) and len(bare) >= 2:
                return {"name": text, "kind": kind, "company_id": self.env.company.id}
        return None

    def vals(self, entry):
        vals = super().vals(entry)
        vals["company_id"] = self.env.company.id
        if not vals.get("id_number"):
            vals["id_type"] = "none"
        return vals

    def texts(self):
        return super().texts() | {
            "one_number": self.env._("%(column)s: a person has one ID number."),
            "person_exists": self.env._("%(name)s: a mediator with this ID number exists already."),
        }


class TownshipMediator(models.Model):
    """Mediators have a ledger."""

    _name = "township.mediator"
    _inherit = ["township.mediator", "township.ledger.mixin"]

    _ledger = MediatorLedger
