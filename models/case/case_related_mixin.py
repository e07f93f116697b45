from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class TownshipCaseRelatedMixin(models.AbstractModel):
    """A record of a lower room that may belong to a case: who may not read the case does not
    see it. (Rows that always belong to a case: ``township.case.line.mixin``.)

    Writing follows the rights on the record itself: what happens after the end of a case
    (deliveries, revoked papers) goes on when the case is frozen.
    """

    _name = "township.case.related.mixin"
    _description = "Record that may belong to a case"

    case_id = fields.Many2one("township.case", index="btree_not_null", ondelete="restrict")

    def write(self, vals):
        """Odoo asks the rules before a write, not after: a row moved to another case would get
        into a file its writer may not open.

        :raise AccessError: for a row that belongs to another case already
        """
        if "case_id" in vals and not self.env.su:
            if any(row.case_id and row.case_id.id != vals["case_id"] for row in self):
                raise AccessError(
                    self.env._("“%(model)s” stays with its case.", model=self._model_label())
                )
            self.env["township.case"].browse(vals["case_id"] or ()).check_access("read")
        return super().write(vals)

    @api.model
    def _model_label(self):
        return self.env["ir.model"]._get(self._name).name

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result is not None or self.env.su or not any(self._ids):
            return result
        cases = self.sudo().case_id.with_env(self.env)
        refused = cases and cases._check_access(self._case_operation(operation))
        if not refused:
            return None
        forbidden, error = refused
        return self.sudo().filtered(lambda row: row.case_id in forbidden).with_env(self.env), error

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & self._readable_case_domain()
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _case_operation(self, operation):
        """:return: ``str`` what one must be able to do with the case"""
        return "read"

    @api.model
    def _readable_case_domain(self):
        """:return: ``Domain`` of the rows without a case or with one the user may read"""
        return Domain("case_id", "=", False) | Domain("case_id", "any", Domain.TRUE)
