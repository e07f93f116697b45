from odoo import fields, models


class ResCompany(models.Model):
    """How long a tablet stays open at a signing meeting."""

    _inherit = "res.company"

    township_meeting_hours = fields.Integer(
        string="Hours a signing meeting stays open", default=12, required=True
    )
    _township_meeting_hours_check = models.Constraint(
        "CHECK (township_meeting_hours BETWEEN 1 AND 72)",
        "A signing meeting stays open between 1 and 72 hours.",
    )


class ResConfigSettings(models.TransientModel):
    """Settings of signing meetings."""

    _inherit = "res.config.settings"

    township_meeting_hours = fields.Integer(
        related="company_id.township_meeting_hours", readonly=False
    )
