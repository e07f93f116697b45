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

    @api.depends("case_id")
    @api.depends_context("uid")
    def _compute_display_name(self):
        """A many2one shows its name whatever the reader may see, and an onchange resolves any id
        it is given: rows of a case that is hidden have no name (see ``township.case``)."""
        hidden_cases = self.case_id._hidden_cases()
        hidden = self.filtered(lambda row: row.case_id in hidden_cases)
        for row in hidden:
            row.display_name = self.env._("Not visible to you")
        return super(TownshipCaseLineMixin, self - hidden)._compute_display_name()

    @api.model
    def _case_operation(self, operation):
        return "read" if operation == "read" else "write"

    @api.model
    def _readable_case_domain(self):
        return Domain("case_id", "any", Domain.TRUE)
