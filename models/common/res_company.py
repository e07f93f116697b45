from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .number_mixin import is_sound_pattern

DOCUMENT_PATTERN = "{short}〔{year}〕{seq}号"


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
        help="Address citizens can open, for a QR code on printed papers by which they verify "
        "them. Empty: they ask with the short check code.",
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
    township_number_gap = fields.Integer(
        string="Largest gap in numbers",
        default=1000,
        help="A number entered further above the highest one is refused unless a director "
        "enters it; 0 allows everything.",
    )
    township_document_number_pattern = fields.Char(
        string="Pattern of document numbers",
        default=DOCUMENT_PATTERN,
    )

    township_sign_basis = fields.Char(
        string="Basis of signing in the app",
        default="本乡镇关于内部文书电子签署的通知（内部电子签署）",
        help="Printed beside what was signed in the app: the township's own notice.",
    )
    township_sign_agreement = fields.Boolean(
        string="Agreement before signing in the app",
        help="Each signer's agreement to electronic signing, signed once in ink, is asked for.",
    )

    @api.model
    def _number_patterns(self):
        """Each room adds those of the numbers it gives.

        :return: ``dict`` field of the company -> pattern that holds while it is empty
        """
        return {"township_document_number_pattern": DOCUMENT_PATTERN}

    @api.constrains(lambda self: tuple(self._number_patterns()))
    def _check_number_patterns(self):
        for company in self:
            for name, example in self._number_patterns().items():
                pattern = company._township_pattern(name)
                if not is_sound_pattern(pattern):
                    raise ValidationError(
                        self.env._(
                            "“%(pattern)s” is no pattern of numbers that never come twice. Use "
                            "{year}, {short} and {seq}, with something between {short} and "
                            "{seq}; without {year} the numbers do not restart with the year. For "
                            "example %(example)s.",
                            pattern=pattern,
                            example=example,
                        )
                    )

    def _township_pattern(self, name):
        """:param str name: key of :meth:`_number_patterns`
        :return: ``str`` the company's pattern"""
        return self.sudo()[name] or self._number_patterns()[name]

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
