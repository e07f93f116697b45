from odoo import models
from odoo.tools import LazyTranslate

from ...tools.workflow import Frozen, Transition
from .correction_row_mixin import CORRECTION

_lt = LazyTranslate(__name__)

SCANS = frozenset({"ir.attachment"})
APPLICATION = frozenset(
    {
        *("subject_id", "new_place", "new_body", "reason", "planned_date", "application_date"),
        *("opinion", "sent_date"),
    }
)
DECISION = frozenset(
    {
        *("asked_date", "answered_date", "answer", "answer_scan_ids", "decision_body"),
        *("decision_number", "decision_date", "decision_scan_ids", "refusal_reason"),
    }
)
HANDOVER = frozenset(
    {
        *("told_date", "handed_over_date", "arrived_date", "receipt_number", "receipt_scan_ids"),
        "cancel_reason",
    }
)
ENDED = Frozen(fields=APPLICATION | DECISION | HANDOVER, rows=SCANS)


class TownshipCorrectionRelocation(models.Model):
    """The way of a change of place; what the county body and the new place do is recorded."""

    _inherit = "township.correction.relocation"

    _transitions = (
        Transition(
            name="apply",
            source=("draft",),
            target="applied",
            groups=CORRECTION,
            guard="_guard_apply",
            label=_lt("Apply"),
        ),
        Transition(
            name="send",
            source=("applied",),
            target="sent",
            groups=CORRECTION,
            guard="_guard_send",
            before="_before_send",
            after="_after_send",
            label=_lt("Send to the county with the opinion"),
        ),
        Transition(
            name="ask",
            source=("sent",),
            target="asked",
            groups=CORRECTION,
            guard="_guard_ask",
            after="_after_ask",
            label=_lt("Record that the new place was asked"),
        ),
        Transition(
            name="answer",
            source=("asked",),
            target="answered",
            groups=CORRECTION,
            guard="_guard_answer",
            after="_after_answer",
            label=_lt("Record the answer of the new place"),
        ),
        Transition(
            name="approve",
            source=("answered",),
            target="approved",
            groups=CORRECTION,
            guard="_guard_approve",
            after="_after_approve",
            label=_lt("Record the decision"),
        ),
        Transition(
            name="refuse",
            source=("sent", "asked", "answered"),
            target="refused",
            groups=CORRECTION,
            guard="_guard_refuse",
            after="_stop_all",
            label=_lt("Record the refusal"),
        ),
        Transition(
            name="tell",
            source=("approved",),
            groups=CORRECTION,
            guard="_guard_tell",
            after="_after_tell",
            label=_lt("Decision handed to the person"),
        ),
        Transition(
            name="hand_over",
            source=("approved",),
            groups=CORRECTION,
            guard="_guard_hand_over",
            after="_after_hand_over",
            label=_lt("File handed over"),
        ),
        Transition(
            name="arrive",
            source=("approved",),
            target="done",
            groups=CORRECTION,
            guard="_guard_arrive",
            after="_after_arrive",
            label=_lt("Record the new body's receipt"),
        ),
        Transition(
            name="cancel",
            source=("draft", "applied", "sent", "asked", "answered"),
            target="cancelled",
            groups=CORRECTION,
            guard="_guard_cancel",
            after="_stop_all",
            label=_lt("Cancel the application"),
        ),
    )
    _frozen = {
        **dict.fromkeys(("sent", "asked", "answered"), Frozen(fields=APPLICATION, rows=SCANS)),
        "approved": Frozen(fields=APPLICATION | DECISION, rows=SCANS),
        **dict.fromkeys(("done", "refused", "cancelled"), ENDED),
    }

    def action_apply(self):
        """The person has applied, with proof."""
        return self._run_transition("apply")

    def action_send(self):
        """The office sends the application to the county body with its opinion."""
        return self._run_transition("send")

    def action_ask(self):
        """The county body has asked the new place."""
        return self._run_transition("ask")

    def action_answer(self):
        """The new place has answered the county body."""
        return self._run_transition("answer")

    def action_approve(self):
        """Record the county body's decision; notices to the bodies wait to be served."""
        return self._run_transition("approve")

    def action_refuse(self):
        """Record the county body's refusal, with its reasons."""
        return self._run_transition("refuse")

    def action_tell(self):
        """The person has the decision: the limit to report in at the new place runs."""
        return self._run_transition("tell")

    def action_hand_over(self):
        """The file went to the new place."""
        return self._run_transition("hand_over")

    def action_arrive(self):
        """The new body's receipt says that the person has reported in."""
        return self._run_transition("arrive")

    def action_cancel(self):
        """The application is taken back."""
        return self._run_transition("cancel")

    # ------------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------------

    def _guard_apply(self):
        missing = self._missing_fields("new_place", "reason", "planned_date", "proof_ids")
        if self.subject_id.state != "in_correction":
            missing.append(self.env._("a person in correction"))
        return missing

    def _guard_send(self):
        return self._missing_fields("opinion")

    def _guard_ask(self):
        return self._missing_fields("new_body", "asked_date")

    def _guard_answer(self):
        return self._missing_fields("answered_date", "answer", "answer_scan_ids")

    def _guard_approve(self):
        return self._missing_decision()

    def _guard_refuse(self):
        return self._missing_decision() + self._missing_fields("refusal_reason")

    def _guard_tell(self):
        missing = self._missing_fields("told_date")
        if self._clocks_of("move_told"):
            missing.append(self.env._("nothing: this is on record already"))
        return missing

    def _guard_hand_over(self):
        return self._missing_fields("handed_over_date")

    def _guard_arrive(self):
        return self._missing_fields(
            "told_date", "handed_over_date", "arrived_date", "receipt_number", "receipt_scan_ids"
        )

    def _guard_cancel(self):
        return self._missing_fields("cancel_reason")

    # ------------------------------------------------------------------
    # What comes before and after
    # ------------------------------------------------------------------

    def _clocks_of(self, event):
        return self.clock_ids.filtered(lambda clock: clock.deadline_rule_id.start_event == event)

    def _before_send(self):
        self.filtered(lambda move: not move.sent_date).sent_date = self._today()

    def _after_send(self):
        self._start_clocks("move_sent")

    def _after_ask(self):
        for move in self:
            move._stop_clocks(move.asked_date, "move_sent")
        self._start_clocks("move_asked")

    def _after_answer(self):
        for move in self:
            move._stop_clocks(move.answered_date, "move_asked")

    def _after_approve(self):
        self._start_clocks("move_decided")
        self._copy_to_bodies()

    def _copy_to_bodies(self):
        """The deciding body, the procuratorate and the police get a copy (COR-15)."""
        self.env["township.delivery"].create(
            [
                {
                    "subject_id": move.subject_id.id,
                    "company_id": move.company_id.id,
                    "paper": "变更执行地决定书（抄送）",
                    "paper_number": move.decision_number,
                    "recipient": body,
                }
                for move in self
                for body in (move.subject_id.deciding_body, "人民检察院", "公安机关")
                if body
            ]
        )

    def _after_tell(self):
        self._start_clocks("move_told")

    def _after_hand_over(self):
        for move in self:
            move._stop_clocks(move.handed_over_date, "move_decided")

    def _after_arrive(self):
        for move in self:
            move._stop_clocks(move.handed_over_date, "move_decided")
            move._stop_clocks(move.arrived_date, "move_told")

    def _stop_all(self):
        self._stop_clocks(self._today())

    def _end_with_subject(self):
        """The correction has ended otherwise: nothing moves any more. Called with all rights."""
        pending = self.filtered(lambda move: move.state not in ("done", "refused", "cancelled"))
        pending._enter_state("cancelled", cancel_reason=self.env._("The correction has ended."))
        pending._stop_all()
