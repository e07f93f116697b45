from odoo import fields, models


class TownshipDeadlineRule(models.Model):
    """Events from which the clocks of aftercare are counted."""

    _inherit = "township.deadline.rule"

    start_event = fields.Selection(
        selection_add=[
            ("aftercare_notice", "Notice of release received"),
            ("aftercare_release", "Released into aftercare"),
        ],
        ondelete={"aftercare_notice": "set default", "aftercare_release": "set default"},
    )
