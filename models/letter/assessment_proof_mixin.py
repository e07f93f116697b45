from odoo import fields, models


class TownshipAssessmentProofMixin(models.AbstractModel):
    """What every point taken or given by hand carries: reason, date, evidence, and who scored it
    (domain 5.3)."""

    _name = "township.assessment.proof.mixin"
    _description = "Proof of a score"
    _inherit = ["township.row.mixin", "township.scan.mixin"]
    _owner_field = "assessment_id"
    _scan_fields = ("evidence_ids",)

    assessment_id = fields.Many2one(
        "township.assessment", required=True, ondelete="cascade", index=True
    )
    reason = fields.Text()
    date = fields.Date()

    def _lacking_proof(self):
        """:return: ``list`` of the labels of what this one row lacks"""
        return [
            self._fields[name]._description_string(self.env)
            for name in ("reason", "date", "evidence_ids")
            if not self[name]
        ]
