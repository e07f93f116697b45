from odoo import fields, models

from ...tools.penal_term import Length


class TownshipCorrectionLengthMixin(models.AbstractModel):
    """A length as a court pronounces it: years, months, days."""

    _name = "township.correction.length.mixin"
    _description = "Length of a sentence"

    years = fields.Integer(aggregator=None)
    months = fields.Integer(aggregator=None)
    days = fields.Integer(aggregator=None)

    _length_positive = models.Constraint(
        "CHECK (years >= 0 AND months >= 0 AND days >= 0)", "A length cannot be negative."
    )

    def _length(self):
        """:return: ``Length`` of this one record"""
        return Length(self.years, self.months, self.days)
