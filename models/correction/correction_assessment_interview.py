from odoo import fields, models


class TownshipCorrectionAssessmentInterview(models.Model):
    """Visit or interview of an assessment (调查笔录): who it was by relation alone, no name."""

    _name = "township.correction.assessment.interview"
    _description = "Interview of an assessment"
    _inherit = ["township.correction.row.mixin", "township.scan.mixin"]
    _order = "assessment_id, date, id"
    _rec_name = "relation"
    _scan_fields = ("scan_ids",)

    assessment_id = fields.Many2one(
        "township.correction.assessment",
        string="Pre-decision assessment",
        required=True,
        ondelete="cascade",
        index=True,
    )
    subject_id = fields.Many2one(
        related="assessment_id.subject_id", store=True, precompute=True, required=False
    )
    date = fields.Date(
        required=True, default=lambda self: self.env["township.calendar.day"]._today()
    )
    way = fields.Selection(
        [("visit", "Called on"), ("interview", "Interview"), ("phone", "By telephone")],
        required=True,
        default="visit",
    )
    relation = fields.Char(
        string="Relation to the person", required=True, help="E.g. 父亲, 邻居, 用人单位. No name."
    )
    place = fields.Char()
    interviewers = fields.Char(help="Two of the office.")
    content = fields.Text()
    scan_ids = fields.Many2many("ir.attachment", string="Scan of the signed record", copy=False)
