from odoo import api, fields, models
from odoo.exceptions import UserError


class TownshipRevealWizard(models.TransientModel):
    """Asks for the purpose (查看事由), then shows full values once.

    The values go to the screen only: they are never stored in this wizard, whose rows stay in
    the database for a while.
    """

    _name = "township.reveal.wizard"
    _description = "Show in full"

    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, readonly=True
    )
    person_name = fields.Char(string="Person", compute="_compute_person")
    has_id_number = fields.Boolean(compute="_compute_person")
    has_phone = fields.Boolean(compute="_compute_person")
    show_id_number = fields.Boolean(
        string="ID number", compute="_compute_shown", store=True, readonly=False
    )
    show_phone = fields.Boolean(
        string="Phone", compute="_compute_shown", store=True, readonly=False
    )
    reason = fields.Char(string="Purpose of viewing")

    @api.depends("res_model", "res_id")
    def _compute_person(self):
        for wizard in self:
            person = wizard._person()
            wizard.person_name = person.display_name
            wizard.has_id_number = bool(person.id_number)
            wizard.has_phone = bool(person.phone)

    @api.depends("has_id_number", "has_phone")
    def _compute_shown(self):
        for wizard in self:
            wizard.show_id_number = wizard.has_id_number
            wizard.show_phone = wizard.has_phone and not wizard.has_id_number

    def action_show(self):
        """Log, and return a message with the full values that stays until it is closed.

        :raises AccessError: see ``township.person.mixin.action_reveal``
        :raises UserError: no purpose, or nothing chosen
        """
        self.ensure_one()
        person = self._person()
        chosen = [name for name in ("id_number", "phone") if self[f"show_{name}"]]
        if not chosen:
            raise UserError(self.env._("Choose what to show in full."))
        lines = []
        for name in chosen:
            label = person._fields[name].get_description(self.env, ["string"])["string"]
            value = person.action_reveal(name, self.reason) or self.env._("not recorded")
            lines.append(self.env._("%(field)s: %(value)s", field=label, value=value))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": person.display_name,
                "message": "\n".join(lines),
                "type": "info",
                "sticky": True,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _person(self):
        """:return: the record asked for, which must be a person"""
        self.ensure_one()
        model = self.env.get(self.res_model)
        if model is None or not hasattr(model, "_reveal_fields"):
            raise UserError(self.env._("There is nothing to show in full."))
        return model.browse(self.res_id)
