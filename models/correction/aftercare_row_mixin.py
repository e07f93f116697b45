from odoo import fields, models


class TownshipAftercareRowMixin(models.AbstractModel):
    """Row of an aftercare person: seen, changed and frozen as the person is."""

    _name = "township.aftercare.row.mixin"
    _description = "Row of an aftercare person"
    _inherit = ["township.row.mixin"]
    _owner_field = "aftercare_id"
    _access_logged = True

    aftercare_id = fields.Many2one(
        "township.aftercare",
        string="Aftercare person",
        required=True,
        ondelete="cascade",
        index=True,
        check_company=True,
    )
    company_id = fields.Many2one(
        related="aftercare_id.company_id", store=True, index=True, precompute=True
    )
