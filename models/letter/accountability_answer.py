from odoo import fields, models

from .accountability import STEP


class TownshipAccountabilityAnswer(models.Model):
    """What a unit answered to a notice (反馈), with its proof, and why it was sent back. Made by
    the buttons of the notice alone: nobody changes or deletes one."""

    _name = "township.accountability.answer"
    _description = "Answer of a unit"
    _inherit = ["township.row.mixin", "township.scan.mixin"]
    _owner_field = "accountability_id"
    _scan_fields = ("scan_ids",)
    _order = "accountability_id, id desc"
    _rec_name = "date"

    accountability_id = fields.Many2one(
        "township.accountability", required=True, ondelete="cascade", index=True
    )
    date = fields.Date(string="Answered on", readonly=True, guard=STEP)
    user_id = fields.Many2one("res.users", string="Entered by", readonly=True, guard=STEP)
    answer = fields.Text(required=True)
    scan_ids = fields.Many2many(
        "ir.attachment", string="Proof", copy=False, bypass_search_access=True
    )
    returned_date = fields.Date(string="Sent back on", readonly=True, guard=STEP)
    returned_reason = fields.Char(string="Sent back because", readonly=True, guard=STEP)
