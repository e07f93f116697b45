from odoo import fields, models


class TownshipIndicator(models.Model):
    """Catalogue of indicators (考核指标库), from which templates are put together."""

    _name = "township.indicator"
    _description = "Indicator"
    _inherit = ["township.indicator.mixin", "township.mechanism.mixin"]
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        default=lambda self: self.env.company,
        help="Empty: for every township.",
    )
