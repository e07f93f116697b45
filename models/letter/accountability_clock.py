from odoo import fields, models


class TownshipAccountabilityClock(models.Model):
    """Clock of a notice: the day by which the unit answers."""

    _name = "township.accountability.clock"
    _description = "Clock of an accountability"
    _inherit = ["township.clock.mixin"]
    _owner_field = "accountability_id"
    _order = "accountability_id, deadline_date, id"

    accountability_id = fields.Many2one(
        "township.accountability", required=True, ondelete="cascade", index=True
    )
