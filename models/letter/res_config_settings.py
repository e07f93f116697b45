from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of the letters."""

    _inherit = "res.config.settings"

    township_letter_number_pattern = fields.Char(
        related="company_id.township_letter_number_pattern", readonly=False
    )
    township_letter_level = fields.Selection(
        related="company_id.township_letter_level", readonly=False, required=True
    )
    township_points_rounding = fields.Selection(
        related="company_id.township_points_rounding", readonly=False, required=True
    )
    township_points_places = fields.Integer(
        related="company_id.township_points_places", readonly=False
    )
    township_letter_ranking = fields.Boolean(
        related="company_id.township_letter_ranking", readonly=False
    )
