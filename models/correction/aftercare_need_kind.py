from odoo import fields, models


class TownshipAftercareNeedKind(models.Model):
    """Kind of need (帮扶需求类别): a township adds its own."""

    _name = "township.aftercare.need.kind"
    _description = "Kind of need in aftercare"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex("(name)", "There is this kind of need already.")
