from odoo import api, fields, models

AFTERCARE_PATTERN = "（{year}）{short}帮字第{seq:04d}号"


class ResCompany(models.Model):
    """What a township decides about aftercare."""

    _inherit = "res.company"

    township_aftercare_number_pattern = fields.Char(
        string="Pattern of aftercare numbers", default=AFTERCARE_PATTERN
    )

    @api.model
    def _number_patterns(self):
        return {
            **super()._number_patterns(),
            "township_aftercare_number_pattern": AFTERCARE_PATTERN,
        }
