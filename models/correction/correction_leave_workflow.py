from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tools import LazyTranslate

from ...tools.workflow import Frozen, Transition
from .correction_leave import OUT, PENDING
from .correction_row_mixin import CORRECTION

_lt = LazyTranslate(__name__)

APPLICATION = frozenset(
    {
        *("subject_id", "destination", "reason_id", "reason", "date_from", "date_to"),
        *("return_by", "application_date", "urgent", "same_city", "extends_id"),
        "late_application_reason",
    }
)
DECISION = frozenset(
    {
        *("opinion", "county_opinion", "county_opinion_date", "decision_body", "decision_number"),
        *("decision_date", "decision_scan_ids", "refusal_reason", "refusal_ground"),
    }
)
RETURN = frozenset({"left_date", "returned_at", "return_manner", "late_return_reason"})
END = frozenset({"cancel_reason", "revoked_reason", "revoked_number", "revoked_scan_ids"})
SCANS = frozenset({"ir.attachment"})
PERMIT = Frozen(fields=APPLICATION | DECISION, rows=SCANS)
ENDED = Frozen(fields=APPLICATION | DECISION | RETURN | END, rows=SCANS)


class TownshipCorrectionLeave(models.Model):
    """The way of a leave: application, opinion, decision, away, back."""

    _inherit = "township.correction.leave"

    _transitions = (
        Transition(
            name="apply",
            source=("draft",),
            target="applied",
            groups=CORRECTION,
            guard="_guard_apply",
            before="_judge_approver",
            after="_after_apply",
            label=_lt("Apply"),
        ),
        Transition(
            name="papers",
            source=(*PENDING, "approved", "away", "returned"),
            groups=CORRECTION,
            guard="_guard_papers",
            after="_after_papers",
            label=_lt("Papers handed in"),
        ),
        Transition(
            name="review",
            source=("applied",),
            target="reviewed",
            groups=CORRECTION,
            guard="_guard_review",
            after="_after_review",
            label=_lt("Give the opinion"),
        ),
        Transition(
            name="approve",
            source=PENDING,
            target="approved",
            groups=CORRECTION,
            guard="_guard_approve",
            before="_judge_approver",
            after="_after_approve",
            label=_lt("Approve the leave"),
        ),
        Transition(
            name="refuse",
            source=PENDING,
            target="refused",
            groups=CORRECTION,
            guard="_guard_refuse",
            before="_judge_approver",
            after="_after_refuse",
            label=_lt("Refuse the leave"),
        ),
        Transition(
            name="leave",
            source=("approved",),
            target="away",
            groups=CORRECTION,
            guard="_guard_leave",
            before="_before_leave",
            label=_lt("Left on leave"),
        ),
        Transition(
            name="return",
            source=("away",),
            target="returned",
            groups=CORRECTION,
            guard="_guard_return",
            before="_before_return",
            after="_after_return",
            label=_lt("Return from leave"),
        ),
        Transition(
            name="cancel",
            source=("draft", *PENDING, "approved"),
            target="cancelled",
            groups=CORRECTION,
            guard="_guard_cancel",
            after="_after_end",
            label=_lt("Cancel the leave"),
        ),
        Transition(
            name="revoke",
            source=OUT,
            target="revoked",
            groups=CORRECTION,
            guard="_guard_revoke",
            before="_before_revoke",
            after="_after_end",
            label=_lt("Revoke the leave"),
        ),
    )
    _frozen = {
        "approved": PERMIT,
        "away": PERMIT,
        **dict.fromkeys(("returned", "refused", "cancelled", "revoked"), ENDED),
    }

    def action_apply(self):
        """The person has applied, in writing or, when urgent, by telephone."""
        return self._run_transition("apply")

    def action_papers(self):
        """The papers of an application by telephone were handed in."""
        return self._run_transition("papers")

    def action_review(self):
        """The justice office gives its opinion (审核)."""
        return self._run_transition("review")

    def action_approve(self):
        """The head of the justice office approves what is delegated to it; any other approval is
        the record of the deciding body's paper.

        :raise AccessError: it is the head's, and the user is somebody else
        """
        return self._run_transition("approve")

    def action_refuse(self):
        """As :meth:`action_approve`: with written reasons, always."""
        return self._run_transition("refuse")

    def action_leave(self):
        """The person has left."""
        return self._run_transition("leave")

    def action_return(self):
        """The person is back and has reported it (销假)."""
        return self._run_transition("return")

    def action_cancel(self):
        """The person does not go."""
        return self._run_transition("cancel")

    def action_revoke(self):
        """The leave ends before its last day by a decision on record."""
        return self._run_transition("revoke")

    # ------------------------------------------------------------------
    # Who decides
    # ------------------------------------------------------------------

    def _judge_approver(self):
        """Who decides is judged on the day of the step: a delegation may have ended, another
        leave been approved."""
        self._compute_approver()

    def _check_step_rights(self, step):
        super()._check_step_rights(step)
        if step.name not in ("approve", "refuse") or self.env.su:
            return
        for leave in self.sudo().filtered(lambda leave: leave.state in step.source):
            head = leave.company_id.township_correction_leader_id
            if leave._approver() == "office" and head != self.env.user:
                raise AccessError(
                    self.env._(
                        "%(leave)s is decided by the head of the justice office: %(head)s.",
                        leave=leave.display_name,
                        head=head.name or self.env._("nobody is named in the settings"),
                    )
                )

    # ------------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------------

    def _missing_paper(self):
        """:return: ``list``, what is missing of the paper where the office does not decide"""
        return [] if self.approver == "office" else self._missing_decision()

    def _guard_apply(self):
        missing = self._missing_fields("destination", "reason_id", "reason", "application_date")
        if not self.urgent:
            missing += self._missing_fields("proof_ids")
        if self.same_city:
            missing.append(
                self.env._("within one city with districts no leave is needed: delete this one")
            )
        if self.subject_id.state not in ("received", "in_correction"):
            missing.append(self.env._("a person in correction"))
        if not self.subject_id._is_bound_on(self.date_to):
            missing.append(
                self.env._(
                    "a last day not after %s, when corrections end: no leave is needed then",
                    self.subject_id._bound_until(),
                )
            )
        return missing

    def _guard_papers(self):
        missing = self._missing_fields("proof_ids")
        if not self.papers_clock_id or self.papers_date:
            missing.append(self.env._("an application by telephone that waits for its papers"))
        return missing

    def _guard_review(self):
        return self._missing_fields("opinion")

    def _guard_approve(self):
        missing = self._missing_paper()
        if self.approver != "office":
            missing += self._missing_fields("opinion")
        if self.approver == "above":
            missing += self._missing_fields("county_opinion", "county_opinion_date")
        return missing

    def _guard_refuse(self):
        missing = self._missing_paper() + self._missing_fields("refusal_reason")
        if self.reason_id.good:
            missing += self._missing_fields("refusal_ground")
        return missing

    def _guard_leave(self):
        if self.left_date < self.date_from:
            return [self.env._("the leave begins on %s", self.date_from)]
        return []

    def _guard_return(self):
        missing = self._missing_fields("return_manner")
        if self._is_late(self.returned_at):
            missing += self._missing_fields("late_return_reason")
        return missing

    def _guard_cancel(self):
        return self._missing_fields("cancel_reason")

    def _guard_revoke(self):
        missing = self._missing_fields("revoked_reason")
        if self.approver != "office":
            missing += self._missing_fields("revoked_number", "revoked_scan_ids")
        return missing

    # ------------------------------------------------------------------
    # What comes before and after
    # ------------------------------------------------------------------

    def _after_apply(self):
        self._assign_numbers()
        for leave in self.filtered(lambda leave: leave.urgent and not leave.proof_ids):
            leave._entering().papers_clock_id = leave._start_papers_clock()

    def _start_papers_clock(self):
        """:return: a clock of the subject: the papers of an application by telephone"""
        rule = self.env["township.deadline.rule"]._own_first(
            [("code", "=", "correction_leave_papers")], self.company_id
        )
        return self.subject_id._start_given_clock(
            rule._deadline(self.application_date),
            self.env._("Papers of leave %s", self.number),
        )

    def _after_papers(self):
        self._entering().write({"papers_date": self._today()})
        self.papers_clock_id._deadline_stop(self._today())

    def _after_review(self):
        self._entering().write({"opinion_date": self._today(), "opinion_user_id": self.env.uid})

    def _after_approve(self):
        """The permit bears the day it was given; the return is due on the last day itself."""
        for leave in self:
            office = leave.approver == "office"
            leave._entering().write(
                {
                    "given_date": self._today() if office else leave.decision_date,
                    "to_file": office,
                }
            )
            leave._deadline_give(leave.date_to)
        self.filtered(lambda leave: leave.approver == "above")._tell_procuratorate()
        self._go_on()

    def _go_on(self):
        """An approved extension takes the place of the leave it extends: the person does not come
        back in between."""
        for leave in self.filtered(lambda leave: leave.extends_id.state in OUT):
            before = leave.extends_id
            state, left = before.state, before.left_date
            before._enter_state("returned")
            before._deadline_stop(min(self._today(), before.date_to))
            before._message_log(body=self.env._("Extended by %s.", leave.display_name))
            if state == "away":
                leave._enter_state("away", left_date=left)

    def _tell_procuratorate(self):
        """The county body tells the procuratorate of a leave that the higher body approved."""
        self.env["township.delivery"].create(
            [
                {
                    "subject_id": leave.subject_id.id,
                    "company_id": leave.company_id.id,
                    "paper": f"外出审批情况通报（{leave.number}）",
                    "recipient": "人民检察院",
                }
                for leave in self
            ]
        )

    def _after_refuse(self):
        self._entering().write({"refused_date": self._today()})
        self._stop_papers_clock()
        self.env["township.delivery"].create(
            [
                {
                    "subject_id": leave.subject_id.id,
                    "company_id": leave.company_id.id,
                    "paper": f"外出不予批准告知书（{leave.number}）",
                    "recipient": leave.subject_id.display_name,
                }
                for leave in self
            ]
        )

    def _before_leave(self):
        self.filtered(lambda leave: not leave.left_date).left_date = self._today()

    def _before_return(self):
        now = fields.Datetime.now()
        self.filtered(lambda leave: not leave.returned_at).returned_at = now

    def _after_return(self):
        for leave in self:
            leave._deadline_stop(leave._returned_on())

    def _before_revoke(self):
        self._entering().write({"revoked_date": self._today()})

    def _after_end(self):
        self._deadline_stop(self._today())
        self._stop_papers_clock()

    def _stop_papers_clock(self):
        self.papers_clock_id._deadline_stop(self._today())
