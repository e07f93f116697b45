from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .number_mixin import NumberKey, format_number

NUMBER_PATTERNS = {
    "township_case_number_pattern": "{year}-{seq:05d}",
    "township_file_number_pattern": "（{year}）{short}人调字第{seq:04d}号",
    "township_document_number_pattern": "{short}〔{year}〕{seq}号",
}


class ResCompany(models.Model):
    """One company is one township (乡镇、街道)."""

    _inherit = "res.company"

    township_short_name = fields.Char(
        string="Short name in numbers", help="Stands in official numbers, for example 槐荫."
    )
    township_go_live_date = fields.Date(
        string="Go-live date",
        help="Nothing received before this day is ever flagged as overdue.",
    )
    township_public_url = fields.Char(
        string="Public address",
        help="Address citizens can open, for the code on printed papers. Empty: a short "
        "check code is printed instead of a QR code.",
    )
    township_director_id = fields.Many2one(
        "res.users",
        string="Director",
        help="Told last when a duty stays overdue, and whenever nobody nearer is responsible.",
    )
    township_remind_days = fields.Integer(
        string="Remind before (days)",
        default=3,
        help="For given dates without a rule of their own.",
    )
    township_escalate_days = fields.Integer(
        string="Escalate after (days)",
        default=3,
        help="For given dates without a rule of their own; 0 tells nobody further.",
    )
    township_case_number_pattern = fields.Char(
        string="Pattern of registration numbers",
        default=NUMBER_PATTERNS["township_case_number_pattern"],
    )
    township_file_number_pattern = fields.Char(
        string="Pattern of file numbers",
        default=NUMBER_PATTERNS["township_file_number_pattern"],
    )
    township_document_number_pattern = fields.Char(
        string="Pattern of document numbers",
        default=NUMBER_PATTERNS["township_document_number_pattern"],
    )

    @api.constrains(*NUMBER_PATTERNS)
    def _check_number_patterns(self):
        for company in self:
            for name, example in NUMBER_PATTERNS.items():
                pattern = company[name] or example
                try:
                    two = {
                        format_number(NumberKey("check", 2026, pattern, "甲"), number)
                        for number in (1, 2)
                    }
                except (KeyError, ValueError, IndexError, AttributeError):
                    two = set()
                if len(two) != 2:
                    raise ValidationError(
                        self.env._(
                            "“%(pattern)s” is not a pattern of numbers. Use {year}, {short} and "
                            "{seq}, for example %(example)s.",
                            pattern=pattern,
                            example=example,
                        )
                    )

    def _township_pattern(self, name):
        """:param str name: key of ``NUMBER_PATTERNS``
        :return: ``str`` the company's pattern"""
        return self.sudo()[name] or NUMBER_PATTERNS[name]

    def write(self, vals):
        before = {company: company.township_go_live_date for company in self}
        result = super().write(vals)
        changed = self.filtered(lambda company: company.township_go_live_date != before[company])
        Flag = self.env["township.deadline.flag"]
        if changed:
            Flag._judge_again(changed)
        if "township_escalate_days" in vals:
            Flag._reschedule([("company_id", "in", self.ids), ("deadline_rule_id", "=", False)])
        return result
