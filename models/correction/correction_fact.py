from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ..common.mechanism_mixin import Guard

_lt = LazyTranslate(__name__)
BEFORE = Guard(hint=_lt("it is what stood in the file."))


class TownshipCorrectionFact(models.Model):
    """Correction of a fact (更正) on which the rules for minors hang: with the paper that proves
    it, for good, beside what stood there before."""

    _name = "township.correction.fact"
    _description = "Correction of a fact"
    _inherit = ["township.correction.person.row.mixin", "township.decision.mixin"]
    _scan_fields = ("decision_scan_ids",)
    _order = "id desc"
    _rec_name = "decision_number"

    birth_date = fields.Date(string="Birth date, right")
    offence_date = fields.Date(string="Day of the offence, right")
    birth_date_before = fields.Date(readonly=True, guard=BEFORE)
    offence_date_before = fields.Date(readonly=True, guard=BEFORE)
    reason = fields.Text(required=True)
    decision_scan_ids = fields.Many2many(relation="township_correction_fact_scan_rel")

    @api.model_create_multi
    def create(self, vals_list):
        """:raise UserError: the paper is not complete, or nothing is corrected"""
        facts = super().create(vals_list)
        for fact in facts:
            fact._apply()
        return facts

    def _apply(self):
        missing = self._missing_decision()
        if not (self.birth_date or self.offence_date):
            missing.append(self._fields["birth_date"]._description_string(self.env))
        if missing:
            raise UserError(
                self.env._("Still missing: %(missing)s", missing=self.env._(", ").join(missing))
            )
        person = self._person()
        self.sudo().write(
            {
                "birth_date_before": person.birth_date,
                "offence_date_before": person.offence_date,
            }
        )
        names = [name for name in ("birth_date", "offence_date") if self[name]]
        person._entering().write({name: self[name] for name in names})
        labels = [person._fields[name]._description_string(self.env) for name in names]
        person.sudo()._message_log(
            body=self.env._(
                "Corrected by paper %(number)s: %(fields)s",
                number=self.decision_number,
                fields=self.env._(", ").join(labels),
            )
        )
