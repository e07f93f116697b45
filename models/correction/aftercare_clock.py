from odoo import fields, models


class TownshipAftercareClock(models.Model):
    """Clock of an aftercare person: a duty of the office with its rule, or a given date."""

    _name = "township.aftercare.clock"
    _description = "Clock of aftercare"
    _inherit = ["township.clock.mixin"]
    _owner_field = "aftercare_id"
    _order = "aftercare_id, deadline_date, id"

    aftercare_id = fields.Many2one(
        "township.aftercare", required=True, ondelete="cascade", index=True
    )
