from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of the corrections office."""

    _inherit = "res.config.settings"

    township_correction_number_pattern = fields.Char(
        related="company_id.township_correction_number_pattern", readonly=False
    )
    township_correction_leader_id = fields.Many2one(
        related="company_id.township_correction_leader_id", readonly=False
    )
    township_correction_body = fields.Char(
        related="company_id.township_correction_body", readonly=False
    )
    township_small_count = fields.Integer(
        related="company_id.township_small_count", readonly=False, required=True
    )
