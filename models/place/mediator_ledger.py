from odoo import models

from ..common.ledger_person import PersonLedger
from ..common.ledger_target import Column


class MediatorLedger(PersonLedger):
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

    def read_row(self, entry):
        super().read_row(entry)
        self.check_order(entry, "appointed_from", "appointed_to")
        return entry

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


class TownshipMediator(models.Model):
    """Mediators have a ledger."""

    _name = "township.mediator"
    _inherit = ["township.mediator", "township.ledger.mixin"]

    _ledger = MediatorLedger
