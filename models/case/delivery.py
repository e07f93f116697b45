from odoo import models


class TownshipDelivery(models.Model):
    """Papers of a case that were served; they go on after its end (design 5)."""

    _name = "township.delivery"
    _inherit = ["township.delivery", "township.case.related.mixin"]
