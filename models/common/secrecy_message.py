from odoo import api, models
from odoo.fields import Domain


class MailMessage(models.Model):
    """Core lets authors and the notified read on, whatever the record hides by now."""

    _inherit = "mail.message"

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or operation == "create" or not any(self._ids):
            return result
        return self.env["township.secrecy.mixin"]._hide(result, self, "model", "res_id")

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            secrecy = self.env["township.secrecy.mixin"]
            domain = Domain(domain) & secrecy._shown_domain("model", "res_id")
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def export_data(self, fields_to_export):
        """Core reads messages as the system once they are at hand; parameters and result are its.

        :raise AccessError: a message of a record that the user may not read"""
        self.check_access("read")
        return super().export_data(fields_to_export)
