from odoo import fields, models


class TownshipCorrectionTransferLine(models.Model):
    """File of one subject on a transfer list."""

    _name = "township.correction.transfer.line"
    _description = "File on a transfer list"
    _inherit = ["township.correction.row.mixin"]
    _order = "transfer_id, id"

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
