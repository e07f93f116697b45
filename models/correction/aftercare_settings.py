from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of aftercare."""

    _inherit = "res.config.settings"

    township_aftercare_number_pattern = fields.Char(
        related="company_id.township_aftercare_number_pattern", readonly=False
    )
