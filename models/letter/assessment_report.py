from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ..common.mechanism_mixin import Guard
from .assessment import FILLED

_lt = LazyTranslate(__name__)
SUBMITTED = Guard(hint=_lt("it is set by the button."))


class TownshipAssessmentReport(models.Model):
    """Self-report (述职报告) of the head of a unit for one assessment, written before its result
    is announced (domain 5.5)."""

    _name = "township.assessment.report"
    _description = "Self-report"
    _inherit = ["township.mechanism.mixin"]
    _order = "assessment_id desc"

    assessment_id = fields.Many2one(
        "township.assessment", required=True, index=True, ondelete="cascade", guard=FILLED
    )
    letter_id = fields.Many2one(
        related="assessment_id.letter_id", store=True, index=True, guard=FILLED
    )
    unit_id = fields.Many2one(related="assessment_id.unit_id", store=True, index=True, guard=FILLED)
    company_id = fields.Many2one(
        related="assessment_id.company_id", store=True, index=True, guard=FILLED
    )
    round_id = fields.Many2one(related="assessment_id.round_id", guard=FILLED)
    open = fields.Boolean(compute="_compute_open", export_string_translation=False)
    work_text = fields.Text(string="Duties and work done")
    result_text = fields.Text(string="Results")
    problem_text = fields.Text(string="Problems")
    plan_text = fields.Text(string="Next steps")
    submitted_date = fields.Date(string="Submitted on", readonly=True, guard=SUBMITTED)
    submitted_by_id = fields.Many2one(
        "res.users", string="Submitted by", readonly=True, guard=SUBMITTED
    )

    _assessment_unique = models.UniqueIndex(
        "(assessment_id)", "This assessment has a self-report already."
    )

    @api.depends("assessment_id")
    def _compute_display_name(self):
        for report in self:
            report.display_name = self.env._(
                "Self-report: %(assessment)s", assessment=report.assessment_id.sudo().display_name
            )

    @api.depends("assessment_id.state")
    def _compute_open(self):
        for report in self:
            report.open = report.sudo().assessment_id.state == "open"

    def write(self, vals):
        """:raise UserError: the assessment is announced"""
        if not self.env.su and not all(self.mapped("open")):
            raise UserError(
                self.env._("The result is announced: the self-report can no longer be changed.")
            )
        return super().write(vals)

    def action_submit(self):
        """Hand the self-report in; it may be changed until the result is announced."""
        for report in self:
            if not (report.work_text and report.result_text):
                raise UserError(self.env._("Please write what was done and its results."))
        self._entering().write(
            {
                "submitted_date": self.env["township.calendar.day"]._today(),
                "submitted_by_id": self.env.uid,
            }
        )
        return True
