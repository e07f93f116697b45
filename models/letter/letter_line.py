from odoo import fields, models

from .letter import OF_LETTER


class TownshipLetterLine(models.Model):
    """Item of a letter's table (考核表): a copy that no later change of the catalogue touches."""

    _name = "township.letter.line"
    _description = "Item of a letter"
    _inherit = ["township.indicator.mixin", "township.row.mixin"]
    _owner_field = "letter_id"
    _order = "letter_id, sequence, id"

    letter_id = fields.Many2one("township.letter", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        related="letter_id.company_id", store=True, index=True, guard=OF_LETTER
    )
    parent_line_id = fields.Many2one(
        "township.letter.line",
        string="Serves the item",
        index="btree_not_null",
        groups="township_governance.group_officer",
        help="Item of the county's letter that this one serves.",
    )
    parent_letter_id = fields.Many2one(
        related="letter_id.parent_letter_id", groups="township_governance.group_officer"
    )
    serves = fields.Char(related="parent_line_id.name", string="Serves")

    def action_open_item(self):
        """:return: action that shows the whole item, as a letter's row has no room for it"""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Item"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
