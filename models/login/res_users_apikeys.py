from odoo import models


class ResUsersApikeys(models.Model):
    """No API key beside the password of a slip."""

    _inherit = "res.users.apikeys"

    def _check_credentials(self, *, scope, key):
        """An API key made earlier does not go round the change of the password."""
        uid = super()._check_credentials(scope=scope, key=key)
        if uid and self.env["res.users"].browse(uid)._township_must_change():
            return None
        return uid
