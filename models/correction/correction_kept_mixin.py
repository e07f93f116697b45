from odoo import api, models
from odoo.exceptions import UserError


class TownshipCorrectionKeptMixin(models.AbstractModel):
    """Row of a subject that stands as history: what it says is neither overwritten nor deleted;
    what is still empty may be filled in, and a new row says what has changed."""

    _name = "township.correction.kept.mixin"
    _description = "Row of a subject that is kept as it was"
    _inherit = ["township.correction.row.mixin"]

    _kept_fields = frozenset()

    def _kept_rows(self):
        """:return: of these rows those that people no longer change"""
        return self

    def write(self, vals):
        """:raise UserError: ``vals`` overwrite what is kept"""
        if not self.env.su:
            names = vals.keys() & self._kept_fields
            self._kept_rows().filtered(lambda row: any(row[name] for name in names))._refuse_kept()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        if not self.env.su:
            self._kept_rows()._refuse_kept()

    def _refuse_kept(self):
        if self:
            raise UserError(
                self.env._(
                    "“%(row)s” is history: enter the end of this row where it has one, and add a "
                    "new row for what has changed.",
                    row=self[:1].display_name,
                )
            )

    def _frozen_for(self, model_name, operation):
        frozen = super()._frozen_for(model_name, operation)
        if model_name == "ir.attachment" and operation != "create":
            frozen |= self._kept_rows()
        return frozen
