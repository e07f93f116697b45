from odoo import fields, models


class TownshipDelivery(models.Model):
    """Papers of a case that were served; they go on after its end (design 5)."""

    _inherit = "township.delivery"
    _owner_field = "case_id"

    case_id = fields.Many2one("township.case", index="btree_not_null", ondelete="restrict")
