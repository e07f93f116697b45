from odoo import api, models


class TownshipLedgerImport(models.TransientModel):
    """Cases are what most ledgers hold."""

    _inherit = "township.ledger.import"

    @api.model
    def _default_target(self):
        return "case" if self.env["township.case"]._may_import() else super()._default_target()
