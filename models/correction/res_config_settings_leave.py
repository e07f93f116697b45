from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings about leaves."""

    _inherit = "res.config.settings"

    township_correction_leave_pattern = fields.Char(
        related="company_id.township_correction_leave_pattern", readonly=False
    )
    township_correction_complaint = fields.Text(
        related="company_id.township_correction_complaint", readonly=False
    )
