from odoo import api, fields, models


class TownshipLetterTemplateLine(models.Model):
    """Item of a template."""

    _name = "township.letter.template.line"
    _description = "Item of a template"
    _inherit = ["township.indicator.mixin", "township.row.mixin"]
    _owner_field = "template_id"
    _order = "template_id, sequence, id"

    template_id = fields.Many2one(
        "township.letter.template", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    indicator_id = fields.Many2one(
        "township.indicator", string="From the catalogue", index="btree_not_null"
    )

    @api.onchange("indicator_id")
    def _onchange_indicator_id(self):
        if self.indicator_id:
            self.update(self.indicator_id._item_vals())

    def _line_vals(self):
        """:return: ``dict`` for ``create`` of a line of a letter after this one item"""
        return {"sequence": self.sequence, **self._item_vals()}
