from odoo import api, fields, models

from .letter_basis import LEVELS

LETTER_PATTERN = "{short}责〔{year}〕{seq}号"


class ResCompany(models.Model):
    """What a township decides about its letters."""

    _inherit = "res.company"

    township_letter_number_pattern = fields.Char(
        string="Pattern of letter numbers", default=LETTER_PATTERN
    )
    township_letter_level = fields.Selection(
        LEVELS,
        string="Letters to villages need a basis of",
        required=True,
        default="provincial",
        help="Villages and communities are given a letter only on a basis of this level or "
        "above; else a work agreement or a list of matters to assist with, without scores.",
    )
    township_points_rounding = fields.Selection(
        [("half_up", "Half up"), ("half_even", "Half to even"), ("down", "Cut off")],
        string="Points are rounded",
        required=True,
        default="half_up",
    )
    township_points_places = fields.Integer(string="Decimals of points", default=2)
    township_letter_ranking = fields.Boolean(
        string="Rank departments",
        help="A director publishes the ranking of a closed round; villages and communities are "
        "never ranked.",
    )

    _township_points_places_range = models.Constraint(
        "CHECK(township_points_places BETWEEN 0 AND 2)", "Points have at most two decimals."
    )

    @api.model
    def _number_patterns(self):
        return {**super()._number_patterns(), "township_letter_number_pattern": LETTER_PATTERN}
