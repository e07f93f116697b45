from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Patterns of the numbers that cases get."""

    _inherit = "res.config.settings"

    township_case_number_pattern = fields.Char(
        related="company_id.township_case_number_pattern", readonly=False
    )
    township_file_number_pattern = fields.Char(
        related="company_id.township_file_number_pattern", readonly=False
    )
