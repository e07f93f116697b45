from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of sealed files."""

    _inherit = "res.config.settings"

    township_correction_seal_months = fields.Integer(
        related="company_id.township_correction_seal_months", readonly=False
    )
    township_correction_seal_hours = fields.Integer(
        related="company_id.township_correction_seal_hours", readonly=False
    )
