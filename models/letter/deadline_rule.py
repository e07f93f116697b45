from odoo import fields, models


class TownshipDeadlineRule(models.Model):
    """Terms of a listing or veto (domain 5.6) are rules that a township edits."""

    _inherit = "township.deadline.rule"

    accountability_term = fields.Boolean(
        string="Term of a listing or veto",
        help="How long a unit that was listed or vetoed is given no honours.",
    )
