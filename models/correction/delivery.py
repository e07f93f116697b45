from odoo import fields, models


class TownshipDelivery(models.Model):
    """Papers of community corrections that reach a person or a body."""

    _inherit = "township.delivery"
    _owner_field = "subject_id"

    subject_id = fields.Many2one(
        "township.correction.subject",
        string="Community-corrections subject",
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
    )
