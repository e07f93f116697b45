from odoo import api, fields, models

CASE_PATTERN = "{year}-{seq:05d}"
FILE_PATTERN = "（{year}）{short}人调字第{seq:04d}号"


class ResCompany(models.Model):
    """Patterns of the numbers that cases get."""

    _inherit = "res.company"

    township_case_number_pattern = fields.Char(
        string="Pattern of registration numbers", default=CASE_PATTERN
    )
    township_file_number_pattern = fields.Char(
        string="Pattern of file numbers", default=FILE_PATTERN
    )

    @api.model
    def _number_patterns(self):
        return {
            **super()._number_patterns(),
            "township_case_number_pattern": CASE_PATTERN,
            "township_file_number_pattern": FILE_PATTERN,
        }
