from odoo import api, models

from ..common.ledger_mixin import LedgerColumn


class TownshipMediator(models.Model):
    """Mediators out of a roster (人民调解员名册)."""

    _name = "township.mediator"
    _inherit = ["township.mediator", "township.ledger.mixin"]

    _ledger_target = "mediator"
    _ledger_columns = {
        "name": LedgerColumn(kind="name", required=True),
        "gender": LedgerColumn(),
        "id_number": LedgerColumn(kind="ids"),
        "birth_date": LedgerColumn(),
        "phone": LedgerColumn(kind="phones"),
        "committee_id": LedgerColumn(create=True),
        "employment": LedgerColumn(),
        "grade": LedgerColumn(),
        "appointed_from": LedgerColumn(),
        "appointed_to": LedgerColumn(),
        "address": LedgerColumn(),
        "occupation": LedgerColumn(),
    }
    _ledger_likeness = ("name", "committee_id")

    @api.model
    def _ledger_past_only(self, key):
        return key == "birth_date"

    @api.model
    def _ledger_read(self, entry, run):
        super()._ledger_read(entry, run)
        values = entry.values
        label = self._ledger_label("id_number", run)
        numbers = values.get("id_number", [])
        if len(numbers) > 1:
            entry.reject("one_number", column=label)
        for number in filter(None, numbers):
            self._ledger_check_id(entry, number, label, run.today)
        if numbers:
            # the card tells it; a ledger that says otherwise has a slip, not another birthday
            values.pop("birth_date", None)
        begin, end = values.get("appointed_from"), values.get("appointed_to")
        if begin and end and end < begin:
            entry.reject(
                "date_order",
                first=self._ledger_label("appointed_from", run),
                second=self._ledger_label("appointed_to", run),
            )
        return entry

    @api.model
    def _ledger_check(self, entries, run):
        """One person is one mediator: the ID number tells."""
        numbers = {number for entry in entries for number in entry.values.get("id_number", [])}
        if not numbers:
            return
        known = self.sudo().search_fetch(
            [("id_number", "in", list(numbers)), ("company_id", "=", self.env.company.id)],
            ["id_number_full"],
        )
        taken = set(known.mapped("id_number_full"))
        seen = run.cache.setdefault("id_numbers", set())
        for entry in entries:
            for number in entry.values.get("id_number", []):
                if number in taken or number in seen:
                    entry.reject("person_exists", name=entry.values.get("name", ""))
                elif not entry.problems:
                    seen.add(number)

    @api.model
    def _ledger_missing_vals(self, key, text, entry, run):
        if key != "committee_id":
            return super()._ledger_missing_vals(key, text, entry, run)
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

    @api.model
    def _ledger_vals(self, entry, run):
        vals = super()._ledger_vals(entry, run)
        vals["company_id"] = self.env.company.id
        if not vals.get("id_number"):
            vals["id_type"] = "none"
        return vals

    @api.model
    def _ledger_texts(self):
        return super()._ledger_texts() | {
            "one_number": self.env._("%(column)s: a person has one ID number."),
            "person_exists": self.env._("%(name)s: a mediator with this ID number exists already."),
        }
