from odoo import models

from ...tools import identity
from ..common.ledger_person import PersonLedger
from ..common.ledger_target import Column
from .correction_subject import ENDED_STATES, under_age

CORRECTION = "township_governance.group_correction"
MINORS = "township_governance.group_correction_minor"


class CorrectionSubjectLedger(PersonLedger):
    """Subjects out of the register a township keeps (社区矫正对象名册). Who is still in correction
    goes on in the state the dates tell; what the guards on the way would have asked is listed on
    the subject."""

    name = "correction_subject"
    groups = (CORRECTION,)
    keeps_file = False
    person_key = ("term_start",)
    columns = {
        "number": Column(),
        "name": Column(kind="name", required=True),
        "gender": Column(),
        "id_number": Column(kind="ids"),
        "birth_date": Column(past_only=True),
        "phone": Column(kind="phones"),
        "address": Column(),
        "registered_address": Column(),
        "unit_id": Column(),
        "category": Column(),
        "offence": Column(),
        "offence_date": Column(past_only=True),
        "deciding_body": Column(),
        "judgment_number": Column(),
        "judgment_date": Column(past_only=True),
        "effective_date": Column(past_only=True),
        "notice_number": Column(),
        "additional_penalty": Column(),
        "term_start": Column(),
        "term_end": Column(),
        "reported_date": Column(past_only=True),
        "announced_date": Column(past_only=True),
        "ended_date": Column(past_only=True),
        "state": Column(),
    }
    likeness = ("name", "term_start")

    def read_row(self, entry):
        super().read_row(entry)
        self.check_order(entry, "term_start", "term_end")
        self.check_order(entry, "term_start", "ended_date")
        return entry

    def check(self, entries):
        super().check(entries)
        if self.env.su or self.env.user.has_group(MINORS):
            return
        for entry in entries:
            if self.is_minor(entry.values):
                entry.reject("minor", name=entry.values.get("name", ""))

    def is_minor(self, values):
        """:return: ``bool``, as the subject itself would find"""
        numbers = [number for number in values.get("id_number", []) if number]
        born = identity.birth_date_of(numbers[0]) if numbers else values.get("birth_date")
        began = values.get("effective_date") or values.get("reported_date") or self.run.today
        return under_age(born, began) or under_age(born, values.get("offence_date"))

    def vals(self, entry):
        vals = super().vals(entry)
        vals["state"] = self.state(vals)
        if vals["state"] not in ENDED_STATES:
            vals.pop("ended_date", None)
        elif not vals.get("ended_date"):
            vals["ended_date"] = vals.get("term_end")
        vals["date_received"] = (
            vals.get("reported_date") or vals.get("effective_date") or self.run.today
        )
        vals["user_id"] = self.env.uid
        vals["history"] = self.run.history
        return vals

    def state(self, vals):
        """:return: ``str``: as the register says; else what its dates tell"""
        if vals.get("state"):
            return vals["state"]
        if vals.get("ended_date"):
            return "released"
        return "in_correction" if vals.get("term_start") else "expected"

    def texts(self):
        return super().texts() | {
            "minor": self.env._(
                "%(name)s is under the rules for minors: the minors' corrections officer imports "
                "this row."
            )
        }


class TownshipCorrectionSubject(models.Model):
    """Subjects have a register to import."""

    _name = "township.correction.subject"
    _inherit = ["township.correction.subject", "township.ledger.mixin"]

    _ledger = CorrectionSubjectLedger
