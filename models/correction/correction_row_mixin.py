from odoo import fields, models


class TownshipCorrectionRowMixin(models.AbstractModel):
    """Row of a community-corrections subject: seen, changed and frozen as the subject is."""

    _name = "township.correction.row.mixin"
    _description = "Row of a community-corrections subject"
    _inherit = ["township.row.mixin"]
    _owner_field = "subject_id"
    _access_logged = True

    subject_id = fields.Many2one(
        "township.correction.subject",
        string="Community-corrections subject",
        required=True,
        ondelete="cascade",
        index=True,
        check_company=True,
    )
    company_id = fields.Many2one(
        related="subject_id.company_id", store=True, index=True, precompute=True
    )
