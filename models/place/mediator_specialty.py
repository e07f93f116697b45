from odoo import fields, models


class TownshipMediatorSpecialty(models.Model):
    """What a mediator is good at (专长): land, family, labour … Shared by all townships."""

    _name = "township.mediator.specialty"
    _description = "Mediator specialty"
    _order = "sequence, name"

    name = fields.Char(string="Specialty", required=True)
    color = fields.Integer()
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex("(name)", "There is a specialty of this name already.")
