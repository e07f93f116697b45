from odoo import fields, models
from odoo.tools import LazyTranslate

from ..common.mechanism_mixin import Guard

_lt = LazyTranslate(__name__)
KEPT = Guard(hint=_lt("it is kept by “Correct a fact”, and never changed."))


class TownshipCorrectionAmendment(models.Model):
    """Correction (更正) of a fact on which clocks hang: what it was, what it is, why, by which
    paper. Made by the dialogue alone, never changed."""

    _name = "township.correction.amendment"
    _description = "Corrected fact"
    _inherit = ["township.correction.person.row.mixin", "township.scan.mixin"]
    _order = "id desc"
    _rec_name = "field_label"
    _scan_fields = ("scan_ids",)

    field_label = fields.Char(string="Corrected fact", required=True, guard=KEPT)
    before = fields.Char(guard=KEPT)
    after = fields.Char(guard=KEPT)
    reason = fields.Text(required=True, guard=KEPT)
    scan_ids = fields.Many2many("ir.attachment", string="Scan of the paper", copy=False)
