from odoo import http
from odoo.http import request

from odoo.addons.mail.controllers.attachment import AttachmentController


class TownshipAttachment(AttachmentController):
    """The chatter makes a small picture of every PDF it shows and writes it on the file: of a file
    that no longer changes there is none, and that is no error on the screen."""

    @http.route()
    def mail_attachement_update_thumbnail(self, attachment_id, thumbnail=None, access_token=None):
        """Core's route; parameters and result are core's."""
        attachment = request.env["ir.attachment"].browse(int(attachment_id)).exists()
        if attachment and attachment.has_access("read") and not attachment.has_access("write"):
            return None
        return super().mail_attachement_update_thumbnail(
            attachment_id, thumbnail=thumbnail, access_token=access_token
        )
