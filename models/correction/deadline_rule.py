from odoo import fields, models


class TownshipDeadlineRule(models.Model):
    """Events from which the clocks of community corrections are counted (domain 8.1)."""

    _inherit = "township.deadline.rule"

    start_event = fields.Selection(
        selection_add=[
            ("entrusted", "Entrusting letter received"),
            ("effective", "Decision in force"),
            ("reported", "Reported in"),
            ("ended", "Ended"),
        ],
        ondelete={
            "entrusted": "set default",
            "effective": "set default",
            "reported": "set default",
            "ended": "set default",
        },
    )
