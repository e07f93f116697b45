from odoo import fields, models


class TownshipLetterClock(models.Model):
    """Clock of a letter: the sign-by date (应签日期)."""

    _name = "township.letter.clock"
    _description = "Clock of a letter"
    _inherit = ["township.clock.mixin"]
    _owner_field = "letter_id"
    _order = "letter_id, deadline_date, id"

    letter_id = fields.Many2one("township.letter", required=True, ondelete="cascade", index=True)
