from odoo import api, fields, models


class TownshipLetterSeal(models.Model):
    """Use of the seal (用印): approved by number, done by somebody, on a day, with a scan; one
    for all the letters sealed together."""

    _name = "township.letter.seal"
    _description = "Use of the seal"
    _inherit = ["township.scan.mixin"]
    _scan_fields = ("scan_ids",)
    _order = "date desc, id desc"
    _rec_name = "approval"

    approval = fields.Char(
        string="Approval of the seal", required=True, help="Number of the minutes or instruction."
    )
    date = fields.Date(string="Sealed on", required=True)
    sealed_by = fields.Char(required=True)
    scan_ids = fields.Many2many("ir.attachment", string="Scan with the seal")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )

    @api.model
    def _seal_fields(self):
        """:return: ``list`` of the fields that the step asks for"""
        return ["approval", "date", "sealed_by"]
