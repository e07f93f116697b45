from odoo import api, fields, models
from odoo.fields import Domain


class TownshipCaseLineMixin(models.AbstractModel):
    """Row of a case: whoever may read the case reads it, whoever may write the case writes
    it. So the rules of ``township.case`` are written once, and a row never shows what its
    case hides."""

    _name = "township.case.line.mixin"
    _description = "Row of a case"
    _inherit = ["township.case.related.mixin"]

    case_id = fields.Many2one(required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(
        "res.company",
        related="case_id.company_id",
        store=True,
        precompute=True,
        export_string_translation=False,
    )

    @api.model
    def _case_operation(self, operation):
        return "read" if operation == "read" else "write"

    @api.model
    def _readable_case_domain(self):
        return Domain("case_id", "any", Domain.TRUE)
