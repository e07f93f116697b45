from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class TownshipLetterTemplate(models.Model):
    """Template (责任书模板) of one year and one kind of unit: text and items of a letter."""

    _name = "township.letter.template"
    _description = "Letter template"
    _inherit = ["township.letter.text.mixin", "township.mechanism.mixin"]
    _order = "year desc, sequence, id"

    name = fields.Char(string="Template name", required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    unit_kind = fields.Selection("_selection_unit_kind", string="Kind of unit", required=True)
    line_ids = fields.One2many(
        "township.letter.template.line", "template_id", string="Items", copy=True
    )
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        default=lambda self: self.env.company,
        help="Empty: for every township.",
    )

    may_edit = fields.Boolean(compute="_compute_may_edit", export_string_translation=False)

    @api.depends("company_id")
    @api.depends_context("uid")
    def _compute_may_edit(self):
        """A form that cannot be saved does not look as if it could."""
        editable = self._origin._filtered_access("write")
        for template in self:
            template.may_edit = not template._origin or template._origin in editable

    @api.model
    def _selection_unit_kind(self):
        return self.env["township.unit"]._fields["kind"]._description_selection(self.env)

    def copy_data(self, default=None):
        """A copy is the township's own."""
        own = {"company_id": self.env.company.id}
        return [{**vals, **own} for vals in super().copy_data(default)]

    def action_copy_to_next_year(self):
        """Copy last year's templates in one click, with their items.

        :return: action that shows the copies
        """
        copies = self.browse()
        for template in self:
            copies += template.copy({"year": template.year + 1, "name": template.name})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Letter templates"),
            "res_model": self._name,
            "view_mode": "list,form",
            "domain": [("id", "in", copies.ids)],
        }

    def action_import_items(self):
        """Import or paste an item table into this one template.

        :return: action that opens the import
        :raise UserError: the template is shared by all townships
        """
        self.ensure_one()
        if not self.has_access("write"):
            raise UserError(
                self.env._(
                    "“%(template)s” is shared by all townships: make a copy of your own first.",
                    template=self.name,
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import item table"),
            "res_model": "township.ledger.import",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_target": self.line_ids._ledger.name,
                "default_letter_template_id": self.id,
            },
        }

    def _letter_vals(self):
        """:return: ``dict`` for ``create`` of a letter after this one template"""
        self.ensure_one()
        return {
            **self._text_vals(),
            "template_id": self.id,
            "line_ids": [Command.create(line._line_vals()) for line in self.line_ids],
        }

    def _check_ready(self):
        """:raise UserError: what this one template lacks before letters can be made after it"""
        problems = self._text_problems()
        if problems:
            raise UserError(
                self.env._(
                    "Template “%(template)s” is not ready. Still missing: %(problems)s",
                    template=self.name,
                    problems="; ".join(problems),
                )
            )
