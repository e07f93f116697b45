from odoo import fields, models

from ...tools.workflow import Frozen, Transition

END_PAPER = "终止社区矫正通知书"
# Who is told besides the body that decided (arts. 45, 51), where the township has no name for it.
TOLD = ("人民检察院", "公安机关")
# After the end the county's cancellation of its exit report is still recorded.
AFTER_END = Frozen(rows=frozenset({"township.correction.exit.report"}))


class TownshipCorrectionSubject(models.Model):
    """Exit report and termination of a subject: papers of other bodies."""

    _inherit = "township.correction.subject"

    exit_report_ids = fields.One2many(
        "township.correction.exit.report", "subject_id", string="Exit reports", copy=False
    )
    end_ids = fields.One2many(
        "township.correction.end", "subject_id", string="Termination", copy=False
    )

    _transitions = (
        Transition(name="terminate", guard="_guard_termination", after="_after_termination"),
    )
    _frozen = dict.fromkeys(("released", "terminated", "relocated", "not_placed"), AFTER_END)

    def _guard_termination(self):
        end = self.end_ids[:1]
        if not end:
            return [self.env._("the reason of the termination")]
        return end._missing_decision()

    def _after_termination(self):
        """The notices that the law asks for are prepared; each is served and its receipt kept."""
        self.env["township.delivery"].create(
            [
                {
                    "subject_id": subject.id,
                    "company_id": subject.company_id.id,
                    "paper": END_PAPER,
                    "recipient": recipient,
                    "server_id": subject.user_id.id,
                }
                for subject in self
                for recipient in (subject.deciding_body or "社区矫正决定机关", *TOLD)
            ]
        )

    def _exit_notices(self):
        """:return: ``list`` of ``str`` for people: an exit report missing or not cancelled"""
        reports = self.exit_report_ids
        if self.state == "in_correction" and not reports:
            return [self.env._("No exit report of the county body is recorded.")]
        ended = self.state in ("released", "terminated")
        if ended and reports.filtered(lambda report: not report.cancel_date):
            return [self.env._("The exit report is still to be cancelled by the county body.")]
        return []
