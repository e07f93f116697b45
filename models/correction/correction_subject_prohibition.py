from odoo import fields, models


class TownshipCorrectionSubject(models.Model):
    """Prohibition orders of a subject and the permits asked for."""

    _inherit = "township.correction.subject"

    prohibition_ids = fields.One2many(
        "township.correction.prohibition", "subject_id", string="Prohibition orders", copy=False
    )
    permit_ids = fields.One2many(
        "township.correction.permit", "subject_id", string="Special permits", copy=False
    )
