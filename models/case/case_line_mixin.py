from odoo import api, fields, models
from odoo.fields import Domain


class TownshipCaseLineMixin(models.AbstractModel):
    """Row of a case: whoever may read the case reads it, whoever may write the case writes
    it. So the rules of ``township.case`` are written once, and a row never shows what its
    case hides."""

    _name = "township.case.line.mixin"
    _description = "Row of a case"

    case_id = fields.Many2one(
        "township.case", string="Case", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        "res.company",
        related="case_id.company_id",
        store=True,
        precompute=True,
        index=True,
        export_string_translation=False,
    )

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result is not None or self.env.su or not any(self._ids):
            return result
        cases = self.sudo().case_id.with_env(self.env)
        refused = cases._check_access("read" if operation == "read" else "write")
        if refused is None:
            return None
        forbidden, error = refused
        return self.sudo().filtered(lambda row: row.case_id in forbidden).with_env(self.env), error

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & Domain("case_id", "any", Domain.TRUE)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)
