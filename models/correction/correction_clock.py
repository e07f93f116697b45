from odoo import fields, models


class TownshipCorrectionClock(models.Model):
    """Clock of a community-corrections subject: one duty with its rule, or a given date."""

    _name = "township.correction.clock"
    _description = "Clock of a community-corrections subject"
    _inherit = ["township.clock.mixin"]
    _owner_field = "subject_id"
    _order = "subject_id, deadline_date, id"

    subject_id = fields.Many2one(
        "township.correction.subject", required=True, ondelete="cascade", index=True
    )
