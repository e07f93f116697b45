from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.workflow import Frozen, Transition
from .letter_text_mixin import PROTECTED_KINDS

HANDED_OVER_IN = ("issued", "signed", "in_force", "assessed")


class TownshipLetter(models.Model):
    """Who is responsible now: who signed, or the last to whom the duty was handed over; and down
    to whom letters go."""

    _inherit = "township.letter"

    handover_ids = fields.One2many(
        "township.letter.handover", "letter_id", string="Hand-overs", copy=False
    )

    _transitions = (Transition(name="issue", guard="_guard_not_below_village"),)
    _frozen = dict.fromkeys(HANDED_OVER_IN, Frozen(rows=frozenset({"township.letter.handover"})))

    @api.depends("handover_ids.date", "handover_ids.to_user_id", "handover_ids.to_unit_id")
    def _compute_duty(self):
        result = super()._compute_duty()
        for letter in self:
            rows = letter.handover_ids.sorted(lambda row: (row.date, row.id))
            if rows:
                letter.duty_user_id = rows[-1].to_user_id
            units = rows.to_unit_id.browse([row.to_unit_id.id for row in rows if row.to_unit_id])
            if units:
                letter.duty_unit_id = units[-1]
        return result

    def _check_may_hand_over(self):
        """:raise UserError: no duty to hand over, to another unit before it was signed, or to one
        below a village"""
        for letter in self.sudo():
            if letter.state not in HANDED_OVER_IN:
                raise UserError(
                    self.env._(
                        "“%(letter)s” was not issued or is closed: there is no duty to hand over.",
                        letter=letter.display_name,
                    )
                )
            if letter.state == "issued" and letter.duty_unit_id != letter.unit_id:
                raise UserError(
                    self.env._(
                        "“%(letter)s” is not signed yet: recall it, and issue one to the other "
                        "unit.",
                        letter=letter.display_name,
                    )
                )
            if letter._is_beyond_protection():
                raise UserError(
                    self.env._(
                        "“%(letter)s” has what a village or community may not be given: close "
                        "it, and issue one to “%(unit)s”.",
                        letter=letter.display_name,
                        unit=letter.duty_unit_id.name,
                    )
                )
            if below := letter._below_village(letter.duty_unit_id):
                raise UserError(
                    self.env._(
                        "“%(letter)s” can only be handed over to %(reason)s",
                        letter=letter.display_name,
                        reason=below[0],
                    )
                )

    def _is_beyond_protection(self):
        """:return: ``bool``: a village or community is responsible now for a letter it could not
        have been given"""
        vetoes = self.line_ids.filtered(lambda line: line.kind == "veto")
        protected = self.duty_unit_id.kind in PROTECTED_KINDS
        return protected and bool(self._protection_problems(vetoes))

    def _guard_not_below_village(self):
        """The village is the last that signs: no letters below it."""
        return self._below_village(self.unit_id)

    def _below_village(self, unit):
        """:return: ``list`` of ``str``: that a unit is part of a village or community"""
        parent = unit.parent_id
        while parent and parent.kind not in PROTECTED_KINDS:
            parent = parent.parent_id
        if not parent:
            return []
        return [
            self.env._(
                "a unit that is not part of a village or community: no letters go below it "
                "(%(unit)s belongs to %(village)s)",
                unit=unit.name,
                village=parent.name,
            )
        ]
