from odoo import fields, models


class TownshipCorrectionRelocationClock(models.Model):
    """Clock of a change of place: asking, answering, handing over, reporting in (COR-63)."""

    _name = "township.correction.relocation.clock"
    _description = "Clock of a change of place"
    _inherit = ["township.clock.mixin"]
    _owner_field = "relocation_id"
    _order = "relocation_id, deadline_date, id"

    relocation_id = fields.Many2one(
        "township.correction.relocation", required=True, ondelete="cascade", index=True
    )
