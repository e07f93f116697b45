from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class MailActivity(models.Model):
    """To-dos on a secret record: only for who may read it, and gone with that right."""

    _inherit = "mail.activity"

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or operation == "create" or not any(self._ids):
            return result
        return self.env["township.secrecy.mixin"]._hide(result, self, "res_model", "res_id")

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            secrecy = self.env["township.secrecy.mixin"]
            domain = Domain(domain) & secrecy._shown_domain("res_model", "res_id")
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        activities._check_assigned()
        return activities

    def write(self, vals):
        result = super().write(vals)
        if {"user_id", "res_id", "res_model_id", "res_model"} & vals.keys():
            self._check_assigned()
        return result

    def _check_assigned(self):
        """:raise AccessError: a to-do for somebody who may not read its record"""
        names = self.env["township.secrecy.mixin"]._secret_models()
        secret = self.sudo().filtered(lambda one: one.res_model in names and one.user_id)
        for (name, user), activities in secret.grouped(
            lambda one: (one.res_model, one.user_id)
        ).items():
            records = self.env[name].browse(set(activities.mapped("res_id")))
            if records._readable_by(user) != records:
                raise AccessError(
                    self.env._(
                        "%(user)s may not read this record: choose somebody of the office.",
                        user=user.name,
                    )
                )
