from odoo import fields, models
from odoo.exceptions import UserError


class TownshipLedgerImport(models.TransientModel):
    """The item table of a letter goes into a template that the officer chooses."""

    _inherit = "township.ledger.import"

    letter_template_id = fields.Many2one(
        "township.letter.template",
        string="Into the template",
        domain="[('company_id', 'in', allowed_company_ids)]",
    )

    def _new_target(self):
        """:raise AccessError: the user may not change the template"""
        target = super()._new_target()
        if self._is_item_table():
            self.letter_template_id.check_access("write")
            target.template = self.letter_template_id
        return target

    def _is_item_table(self):
        return self.target == self.env["township.letter.template.line"]._ledger.name

    def _start_job(self, target):
        if self._is_item_table():
            raise UserError(self.env._("No letter has so many items. Please check the file."))
        return super()._start_job(target)

    def action_open_records(self):
        """Items are looked at in their template."""
        if not self._is_item_table():
            return super().action_open_records()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.letter_template_id._name,
            "res_id": self.letter_template_id.id,
            "view_mode": "form",
        }
