from odoo import api, fields, models

from .correction_plan import CONTENT

PLAN_RULE = "correction_plan"


class TownshipCorrectionSubject(models.Model):
    """Plan of a subject: supervision begins without it, but what is missing shows, and its clock
    runs from reporting in until a plan is confirmed."""

    _inherit = "township.correction.subject"

    plan_ids = fields.One2many("township.correction.plan", "subject_id", copy=False)
    plan_gaps = fields.Char(string="Missing in the plan", compute="_compute_plan_gaps")

    @api.depends("state", "plan_ids.state", *(f"plan_ids.{name}" for name in CONTENT))
    def _compute_plan_gaps(self):
        for subject in self:
            gaps = []
            if subject.state in ("received", "in_correction") and not subject._valid_plan():
                gaps = subject.plan_ids[:1]._missing_content() or [self.env._("the confirmation")]
            subject.plan_gaps = self.env._(", ").join(gaps) or False

    def _valid_plan(self):
        """:return: the one version that is valid now, or none"""
        return self.plan_ids.filtered(lambda plan: plan.state == "confirmed")

    def _plan_clocks(self):
        """:return: the clocks of these subjects that end when a plan is confirmed"""
        return self.sudo().clock_ids.filtered(
            lambda clock: clock.deadline_rule_id.code == PLAN_RULE
        )
