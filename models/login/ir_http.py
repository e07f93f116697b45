from odoo import api, models
from odoo.http import request


class IrHttp(models.AbstractModel):
    """No session with the password of a slip."""

    _inherit = "ir.http"

    @classmethod
    def _authenticate_explicit(cls, auth):
        """End the session of a user who must change the password first.

        An ordinary login never gets here with such a user (its session stays half done);
        a passkey, a trusted device or a flag set during a session would.
        """
        session = request.session
        if session.uid is not None:
            user = request.env["res.users"].browse(session.uid)
            if user._township_must_change():
                session.logout(keep_db=True)
                request.env = api.Environment(request.env.cr, None, session.context)
        return super()._authenticate_explicit(auth)
