from odoo import api, fields, models
from odoo.exceptions import UserError


class TownshipNumberCorrectWizard(models.TransientModel):
    """Asks a director for the right number and the reason, and runs the logged step."""

    _name = "township.number.correct.wizard"
    _description = "Correct an official number"

    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    field_name = fields.Selection(
        selection="_selection_field_name",
        string="Which number",
        required=True,
        default=lambda self: next((name for name, _label in self._selection_field_name()), False),
    )
    before = fields.Char(string="Number so far", compute="_compute_before")
    number = fields.Char(string="Right number", required=True)
    reason = fields.Text(required=True)

    @api.model
    def _selection_field_name(self):
        """The numbers of the model the wizard was opened on, or of every model that has some."""
        opened = self.env.context.get("default_res_model")
        names = [opened] if opened in self._numbered_models() else self._numbered_models()
        return list(
            {
                name: self.env[model]._fields[name]._description_string(self.env)
                for model in names
                for name in self.env[model]._number_fields
            }.items()
        )

    @api.model
    def _numbered_models(self):
        found = self.env.registry.descendants(["township.number.mixin"], "_inherit")
        return sorted(name for name in found if not self.env[name]._abstract)

    def _record(self):
        """:return: the record, under the rights of the user
        :raise UserError: the model has no official numbers"""
        if self.res_model not in self._numbered_models():
            raise UserError(self.env._("There is no official number to correct here."))
        return self.env[self.res_model].browse(self.res_id)

    @api.depends("res_model", "res_id", "field_name")
    def _compute_before(self):
        for wizard in self:
            record = wizard._record() if wizard.res_model else None
            wizard.before = record[wizard.field_name] if record and wizard.field_name else False

    def action_confirm(self):
        """Correct the number; see ``action_correct_number``."""
        self.ensure_one()
        return self._record().action_correct_number(self.field_name, self.number, self.reason)
