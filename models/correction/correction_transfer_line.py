from odoo import api, fields, models


class TownshipCorrectionTransferLine(models.Model):
    """File of one subject on a transfer list."""

    _name = "township.correction.transfer.line"
    _description = "File on a transfer list"
    _inherit = ["township.correction.row.mixin"]
    _owner_field = "transfer_id"
    _order = "transfer_id, id"
    _check_company_auto = True

    transfer_id = fields.Many2one(
        "township.correction.transfer",
        string="Transfer list of files",
        required=True,
        ondelete="cascade",
        index=True,
        check_company=True,
    )
    volumes = fields.Integer(default=1, aggregator=None)
    pages = fields.Integer(aggregator=None)
    remarks = fields.Char()

    _subject_once = models.UniqueIndex(
        "(transfer_id, subject_id)", "This file is on the list already."
    )
    _volumes_positive = models.Constraint(
        "CHECK(volumes > 0 AND pages >= 0)", "A file has at least one volume."
    )

    @api.constrains("transfer_id", "subject_id")
    def _check_minors_apart(self):
        """However a line gets on the list."""
        self.transfer_id._check_minors_apart()

    def _frozen_rows(self, operation):
        """The list freezes its lines once it was sent; of the end of the file they know nothing."""
        if self._is_entering():
            return self.browse()
        sent = self.sudo().transfer_id._frozen_for(self._name, operation)
        return self._rows_of("transfer_id", sent)
