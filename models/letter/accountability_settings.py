from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of accountability."""

    _inherit = "res.config.settings"

    township_accountability_number_pattern = fields.Char(
        related="company_id.township_accountability_number_pattern", readonly=False
    )
