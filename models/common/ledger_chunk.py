from odoo import fields, models


class TownshipLedgerChunk(models.Model):
    """A thousand rows of a stored import: imported whole or not at all. The rows are taken away
    as soon as they are imported; the rejected ones stay until the workbook is written."""

    _name = "township.ledger.chunk"
    _description = "Part of a ledger import"
    _order = "job_id, id"

    job_id = fields.Many2one("township.ledger.job", required=True, ondelete="cascade", index=True)
    size = fields.Integer()
    rows = fields.Json(prefetch=False)
    rejected = fields.Json(prefetch=False)
    done = fields.Boolean()
