from odoo import api, models
from odoo.exceptions import AccessError

# Each of them opens a file to whoever has its address.
OPENING_FIELDS = ("public", "access_token")


class IrAttachment(models.Model):
    """Files of a secret record: never public, and before the form is saved their author's."""

    _inherit = "ir.attachment"

    def _check_access(self, operation):
        """Core lets an administrator read what belongs to no record yet."""
        result = super()._check_access(operation)
        if self.env.su or not any(self._ids):
            return result
        names = self.env["township.secrecy.mixin"]._secret_models()
        others = self.sudo().filtered(
            lambda one: (
                one.res_model in names and not one.res_id and one.create_uid != self.env.user
            )
        )
        hidden = others.with_env(self.env) - (result[0] if result else self.browse())
        if not hidden:
            return result
        if result:
            return result[0] | hidden, result[1]
        return hidden, lambda: AccessError(
            self.env._("This belongs to a record that you may not read.")
        )

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._check_not_opened()
        return attachments

    def write(self, vals):
        result = super().write(vals)
        if {"res_model", *OPENING_FIELDS} & vals.keys():
            self._check_not_opened()
        return result

    def _check_not_opened(self):
        """:raise AccessError: a file of a secret record would open to everybody"""
        names = self.env["township.secrecy.mixin"]._secret_models()
        for attachment in self.sudo():
            if attachment.res_model in names and any(attachment[name] for name in OPENING_FIELDS):
                raise AccessError(self.env._("Files of this record are never made public."))
