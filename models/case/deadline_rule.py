from odoo import fields, models

from .case import DIFFICULTIES
from .case_type import CASE_KINDS


class TownshipDeadlineRule(models.Model):
    """Which cases a deadline rule is for."""

    _inherit = "township.deadline.rule"

    case_kind = fields.Selection(CASE_KINDS)
    case_difficulty = fields.Selection(
        DIFFICULTIES, help="Empty: for every difficulty of this kind."
    )
