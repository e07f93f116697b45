from odoo import models

from ..common.ledger_target import Column
from .correction_person_ledger import PERSON_COLUMNS, CorrectionPersonLedger
from .correction_subject import ENDED_STATES


class CorrectionSubjectLedger(CorrectionPersonLedger):
    """Subjects out of the register a township keeps (社区矫正对象名册). Who is still in correction
    goes on in the state the dates tell; what the guards on the way would have asked is listed on
    the subject."""

    name = "correction_subject"
    person_key = ("term_start",)
    columns = {
        **PERSON_COLUMNS,
        "category": Column(),
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

    def minor_days(self, values):
        began = values.get("effective_date") or values.get("reported_date") or self.run.today
        return began, values.get("offence_date")

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
        return vals

    def state(self, vals):
        """:return: ``str``: as the register says; else what its dates tell"""
        if vals.get("state"):
            return vals["state"]
        if vals.get("ended_date"):
            return "released"
        return "in_correction" if vals.get("term_start") else "expected"


class TownshipCorrectionSubject(models.Model):
    """Subjects have a register to import."""

    _name = "township.correction.subject"
    _inherit = ["township.correction.subject", "township.ledger.mixin"]

    _ledger = CorrectionSubjectLedger
