from odoo import fields, models


class TownshipCaseRowMixin(models.AbstractModel):
    """Row of a case (see ``township.row.mixin``), gone with it."""

    _name = "township.case.row.mixin"
    _description = "Row of a case"
    _inherit = ["township.row.mixin"]

    _owner_field = "case_id"

    case_id = fields.Many2one("township.case", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(
        "res.company",
        related="case_id.company_id",
        store=True,
        precompute=True,
        export_string_translation=False,
    )
