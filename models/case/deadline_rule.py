from odoo import fields, models

from .case import DIFFICULTIES
from .case_type import CASE_KINDS


class TownshipDeadlineRule(models.Model):
    """Which cases a deadline rule is for, and how it may be extended."""

    _inherit = "township.deadline.rule"

    case_kind = fields.Selection(CASE_KINDS)
    case_difficulty = fields.Selection(
        DIFFICULTIES, help="Empty: for every difficulty of this kind."
    )
    extension = fields.Selection(
        [
            ("agreement", "Agreed by both parties"),
            ("approval", "Approved by the director"),
            ("none", "No extension"),
        ],
        default="agreement",
        required=True,
    )
    extension_max_days = fields.Integer(
        string="Extension at most (days)", help="0: no limit of its own."
    )

    def _case_rules(self, case, event):
        """Of these rules, those that hold for a case.

        :param case: one ``township.case``
        :param str event: ``received`` or ``accepted``
        """
        return self.filtered(
            lambda rule: (
                rule.case_kind == case.kind
                and rule.start_event == event
                and rule.case_difficulty in (False, case.difficulty)
            )
        )
