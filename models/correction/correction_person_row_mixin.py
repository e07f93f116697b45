from odoo import api, fields, models


class TownshipCorrectionPersonRowMixin(models.AbstractModel):
    """Row of a subject or of a person in aftercare: what follows a person from the one to the
    other, as the sealing and the corrected facts do."""

    _name = "township.correction.person.row.mixin"
    _description = "Row of a subject or of an aftercare person"
    _inherit = ["township.correction.row.mixin"]
    _owner_field = "aftercare_id"

    subject_id = fields.Many2one(required=False)
    aftercare_id = fields.Many2one(
        "township.aftercare",
        string="Aftercare person",
        ondelete="cascade",
        index=True,
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company",
        related=None,
        compute="_compute_company_id",
        store=True,
        index=True,
        precompute=True,
    )

    _one_person = models.Constraint(
        "CHECK (num_nonnulls(subject_id, aftercare_id) = 1)", "A paper is about one person."
    )

    @api.depends("subject_id.company_id", "aftercare_id.company_id")
    def _compute_company_id(self):
        for row in self:
            row.company_id = row._person().company_id

    def _person(self):
        """:return: the subject or the aftercare person this one row is about"""
        return self.subject_id or self.aftercare_id
