from odoo import models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .letter_text_mixin import PROTECTED_KINDS


class TownshipUnit(models.Model):
    """A unit with letters: rules on less paperwork protect it as they did when it got them."""

    _inherit = "township.unit"

    def write(self, vals):
        """:raise ValidationError: a unit with letters becomes a village or community, or ceases
        to be one"""
        if "kind" in vals:
            protected = vals["kind"] in PROTECTED_KINDS
            self.filtered(
                lambda unit: (unit.kind in PROTECTED_KINDS) != protected
            )._check_no_letters()
        return super().write(vals)

    def _check_no_letters(self):
        of_these = Domain("unit_id", "in", self.ids) | Domain("duty_unit_id", "in", self.ids)
        letter = (
            self.env["township.letter"]
            .sudo()
            .search(of_these & Domain("state", "not in", ("draft", "closed")), limit=1)
        )
        if letter:
            raise ValidationError(
                self.env._(
                    "“%(letter)s” is not closed: until then its unit neither becomes a village or "
                    "community nor ceases to be one. Enter the new unit beside it.",
                    letter=letter.display_name,
                )
            )
