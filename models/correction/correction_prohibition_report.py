from odoo import fields, models


class TownshipCorrectionProhibitionReport(models.Model):
    """What the person, or who was asked, reported on a prohibition order being kept (COR-55)."""

    _name = "township.correction.prohibition.report"
    _description = "Report on a prohibition order"
    _inherit = ["township.row.mixin"]
    _owner_field = "prohibition_id"
    _access_logged = True
    _order = "date desc, id desc"
    _rec_name = "date"

    prohibition_id = fields.Many2one(
        "township.correction.prohibition", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="prohibition_id.company_id", store=True, index=True, precompute=True
    )
    date = fields.Date(
        required=True, default=lambda self: self.env["township.calendar.day"]._today()
    )
    text = fields.Text(string="What was reported", required=True)
    user_id = fields.Many2one(
        "res.users", string="Recorded by", default=lambda self: self.env.user, readonly=True
    )
