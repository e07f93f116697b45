from odoo import fields, models
from odoo.exceptions import UserError

from .correction_subject import ENDED_STATES

# Facts on which clocks hang, and the first state in which they no longer change by typing.
KEPT_FROM = {
    "assessing": ("date_received", "entrusted_date"),
    "expected": ("date_received", "entrusted_date", "effective_date"),
    "received": (
        *(
            "date_received",
            "entrusted_date",
            "effective_date",
            "category",
            "offence_date",
            "birth_date",
        ),
        *("term_start", "term_end", "reported_date"),
    ),
}
KEPT_FROM["in_correction"] = (*KEPT_FROM["received"], "announced_date")
# What the dialogue corrects; the birth date of a resident follows the ID number.
CORRECTABLE = (*KEPT_FROM["in_correction"], "id_number")


class TownshipCorrectionSubject(models.Model):
    """After registration the facts on which clocks hang change only by a logged correction with
    its reason and paper; the clocks follow."""

    _name = "township.correction.subject"
    _inherit = ["township.correction.subject", "township.correction.amend.mixin"]

    _amendable = CORRECTABLE
    _amendment_owner = "subject_id"

    amendment_ids = fields.One2many(
        "township.correction.amendment", "subject_id", string="Corrected facts", copy=False
    )

    def write(self, vals):
        """:raise UserError: a fact on which clocks hang would change by typing"""
        if self.env.su or self._is_entering():
            return super().write(vals)
        kept = {
            subject: {name: subject[name] for name in KEPT_FROM.get(subject.state, ())}
            for subject in self
        }
        result = super().write(vals)
        # afterwards: the birth date also changes with the ID number
        for subject, facts in kept.items():
            touched = [name for name, value in facts.items() if subject[name] != value]
            if touched:
                subject._refuse_typing(touched)
        return result

    def _refuse_typing(self, names):
        raise UserError(
            self.env._(
                "%(record)s: clocks hang on %(fields)s. Use “Correct a fact”: it asks for the "
                "reason and the paper, and the clocks follow. A court's change of the term is "
                "recorded on the page of the term.",
                record=self.display_name,
                fields=", ".join(
                    self._fields[name]._description_string(self.env) for name in names
                ),
            )
        )

    def _may_amend(self):
        return self.state not in ENDED_STATES
