from odoo import fields, models

from .correction_subject import OPEN_STATES

# Boolean of a kind for each category of a subject.
CATEGORIES = ("control", "probation", "parole", "medical")


class TownshipCorrectionPaperKind(models.Model):
    """Kind of legal paper that the deciding body delivers, and for which categories it must be
    there (Community Corrections Law art. 20); a township edits its own list."""

    _name = "township.correction.paper.kind"
    _description = "Kind of legal paper in corrections"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    control = fields.Boolean(string="Needed for public surveillance")
    probation = fields.Boolean(string="Needed for probation")
    parole = fields.Boolean(string="Needed for parole")
    medical = fields.Boolean(string="Needed for temporary service outside prison")
    basis = fields.Char()
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        default=lambda self: self.env.company,
        help="Empty: for every township. A township's own list replaces the shared one.",
    )

    def _needed(self, subject):
        """:return: of these kinds those that a subject needs"""
        if subject.category not in CATEGORIES or subject.state not in OPEN_STATES:
            return self.browse()
        own = self.filtered(lambda kind: kind.company_id == subject.company_id)
        kinds = own or self.filtered(lambda kind: not kind.company_id)
        return kinds.filtered(subject.category)
