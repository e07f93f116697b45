from odoo import api, fields, models

ACCOUNTABILITY_PATTERN = "{short}督〔{year}〕{seq}号"


class ResCompany(models.Model):
    """How a township numbers what it writes to units."""

    _inherit = "res.company"

    township_accountability_number_pattern = fields.Char(
        string="Pattern of accountability numbers", default=ACCOUNTABILITY_PATTERN
    )

    @api.model
    def _number_patterns(self):
        return {
            **super()._number_patterns(),
            "township_accountability_number_pattern": ACCOUNTABILITY_PATTERN,
        }
