from odoo import http
from odoo.http import request

from odoo.addons.mail.controllers.attachment import AttachmentController


class TownshipAttachment(AttachmentController):
    """Whoever may write a record has the browser draw a small picture of each PDF on it; of a
    file that its record freezes none is kept, and nobody is shown an error for that."""

    @http.route()
    def mail_attachement_update_thumbnail(self, attachment_id, thumbnail=None, access_token=None):
        """Core's route of the small pictures; parameters and result are core's."""
        attachment = request.env["ir.attachment"].browse(int(attachment_id)).exists()
        if attachment.has_access("read") and attachment._frozen_scans("write"):
            return None
        return super().mail_attachement_update_thumbnail(
            attachment_id, thumbnail=thumbnail, access_token=access_token
        )
