from odoo import fields, models

from ...tools.workflow import Transition


class TownshipCorrectionSubject(models.Model):
    """The assessment before the decision ends with an opinion sent, or a reason why not."""

    _inherit = "township.correction.subject"

    assessment_ids = fields.One2many("township.correction.assessment", "subject_id", copy=False)

    _transitions = (
        Transition(name="expect", guard="_guard_assessment_done"),
        Transition(name="not_place", guard="_guard_assessment_done"),
        Transition(name="assess", after="_after_assess_sent"),
    )

    def _assessment_kind(self):
        """:return: kind of the latest assessment of this subject, or ``False``"""
        return self.assessment_ids[:1].kind

    def _after_assess_sent(self):
        self.assessment_ids._clocks_follow()

    def _guard_assessment_done(self):
        if self.state != "assessing":
            return []
        latest = self.assessment_ids[:1]
        if latest.date_sent or (latest.unsent_reason or "").strip():
            return []
        return [
            self.env._("the assessment with the day its opinion was sent, or the reason why not")
        ]
