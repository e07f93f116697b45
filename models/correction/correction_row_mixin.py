from odoo import api, fields, models
from odoo.fields import Domain

# Who works in the room; the group for minors implies it.
CORRECTION = ("township_governance.group_correction",)


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

    @api.model
    def _readable_owner_domain(self):
        """The rules of the subject ask for its township; rows know it too, and asking them spares
        reading the rows of all other townships."""
        domain = super()._readable_owner_domain()
        if self._fields["subject_id"].required:
            domain &= Domain("company_id", "in", self.env.companies.ids)
        return domain
