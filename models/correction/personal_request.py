from odoo import fields, models


class TownshipPersonalRequest(models.Model):
    """Requests of a community-corrections subject about the data held on him."""

    _inherit = "township.personal.request"
    _owner_field = "subject_id"

    subject_id = fields.Many2one(
        "township.correction.subject",
        string="Community-corrections subject",
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
    )
