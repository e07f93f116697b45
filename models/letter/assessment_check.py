from odoo import fields, models


class TownshipAssessmentCheck(models.Model):
    """Spot check (抽查) of an assessment: what was looked at, on which day, what was found
    (domain 5.5). It takes no points itself; an item scored by hand names what it rests on."""

    _name = "township.assessment.check"
    _description = "Spot check"
    _inherit = ["township.assessment.hand.mixin"]

    line_id = fields.Many2one(
        "township.assessment.line",
        string="Indicator",
        domain="[('assessment_id', '=', assessment_id)]",
        index="btree_not_null",
        ondelete="cascade",
    )
    reason = fields.Text(string="What was looked at")
    finding = fields.Text(string="What was found", required=True)
    evidence_ids = fields.Many2many("ir.attachment", "township_assessment_check_scan_rel")
    scorer_id = fields.Many2one(string="Checked by")
