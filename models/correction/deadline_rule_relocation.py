from odoo import fields, models


class TownshipDeadlineRule(models.Model):
    """Events of a change of the place of execution (COR-63)."""

    _inherit = "township.deadline.rule"

    start_event = fields.Selection(
        selection_add=[
            ("move_sent", "Change of place: sent to the county"),
            ("move_asked", "Change of place: new place asked"),
            ("move_decided", "Change of place: decided"),
            ("move_told", "Change of place: decision handed over"),
        ],
        ondelete={
            "move_sent": "set default",
            "move_asked": "set default",
            "move_decided": "set default",
            "move_told": "set default",
        },
    )
