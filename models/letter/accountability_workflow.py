from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ...tools.workflow import Frozen, Transition
from .accountability import PAPERS, PROPOSED_KINDS
from .letter_text_mixin import PROTECTED_KINDS

_lt = LazyTranslate(__name__)

OFFICER = ("township_governance.group_officer",)
DIRECTOR = ("township_governance.group_director",)
CONTENT = frozenset(
    {
        *("kind", "company_id", "unit_id", "letter_id", "problem", "requirements"),
        *("basis_id", "basis", "body", "copied_to"),
    }
)
DECISION = frozenset(
    {
        *("decision_body", "decision_number", "decision_date", "decision_scan_ids"),
        *("term_rule_id", "term_start"),
    }
)
RECORDED = frozenset(
    {
        *("talk_date", "attendees", "minutes", "promise", "result"),
        *("receipt_number", "receipt_date", "receipt_scan_ids"),
    }
)
# What is recorded of a kind before it is closed (domain 5.6).
CLOSED_WITH = {
    "rectification": ("result",),
    "listing": ("result",),
    "talk": ("talk_date", "attendees", "minutes"),
}
SCANS = frozenset({"ir.attachment"})
SERVED = Frozen(
    fields=CONTENT | DECISION | {"answer_by"},
    rows=SCANS | {"township.accountability.clock", "township.delivery"},
)
ENDED = Frozen(fields=CONTENT | DECISION | RECORDED | {"answer_by", "user_id"})


class TownshipAccountability(models.Model):
    """Steps of an accountability, and what each state freezes."""

    _inherit = "township.accountability"

    _transitions = (
        Transition(
            name="propose",
            source=("draft",),
            target="proposed",
            groups=DIRECTOR,
            guard=("_guard_content", "_guard_proposal"),
            after="_after_propose",
            label=_lt("Propose"),
        ),
        Transition(
            name="decide",
            source=("proposed",),
            target="decided",
            groups=DIRECTOR,
            guard="_guard_decision",
            after="_after_decide",
            label=_lt("Record the decision"),
        ),
        Transition(
            name="serve",
            source=("draft", "decided"),
            target="served",
            groups=DIRECTOR,
            guard=("_guard_content", "_guard_power", "_guard_notice"),
            after="_after_serve",
            label=_lt("Issue and serve"),
        ),
        Transition(
            name="answer",
            source=("served",),
            target="answered",
            guard="_guard_answer",
            after="_after_answer",
            label=_lt("Answer"),
        ),
        Transition(
            name="send_back",
            source=("answered",),
            target="served",
            groups=OFFICER,
            label=_lt("Send back"),
        ),
        Transition(
            name="close",
            source=("served", "answered"),
            target="closed",
            groups=OFFICER,
            guard="_guard_close",
            after="_after_end",
            label=_lt("Accept and close"),
        ),
        Transition(
            name="drop",
            source=("draft", "proposed", "decided", "served", "answered"),
            target="dropped",
            groups=DIRECTOR,
            after="_after_end",
            label=_lt("Drop"),
        ),
    )
    _frozen = {
        "proposed": Frozen(fields=CONTENT, rows=SCANS),
        "decided": Frozen(fields=CONTENT | DECISION, rows=SCANS),
        "served": SERVED,
        "answered": SERVED,
        "closed": ENDED,
        "dropped": ENDED,
    }

    # ------------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------------

    def _guard_content(self):
        missing = self._missing_fields("problem", "requirements")
        if not self.basis_id and not self.basis:
            missing += self._missing_fields("basis")
        if self.letter_id and self.unit_id not in self.letter_id.unit_id | (
            self.letter_id.duty_unit_id
        ):
            missing.append(self.env._("a letter of the same unit"))
        return missing

    def _guard_proposal(self):
        if self.kind not in PROPOSED_KINDS:
            return [self.env._("a kind that is proposed: this one the township issues itself")]
        missing = self._missing_fields("body")
        if self.kind == "veto" and self.unit_id.kind in PROTECTED_KINDS:
            missing.append(self.env._("no veto: a village or community has none"))
        return missing

    def _guard_decision(self):
        return self._missing_fields(*sorted(DECISION))

    def _guard_power(self):
        """A listing or veto is not the township's to decide."""
        if self.kind in PROPOSED_KINDS and self.state == "draft":
            return [self.env._("the higher body's decision: the township only proposes this")]
        return []

    def _guard_notice(self):
        wanted = {"rectification": "answer_by", "listing": "answer_by", "transfer": "body"}
        missing = self._missing_fields(wanted[self.kind]) if self.kind in wanted else []
        if self.answer_by and self.answer_by < self.env["township.calendar.day"]._today():
            missing.append(self.env._("a day to answer by that is still to come"))
        return missing

    def _guard_answer(self):
        if self.kind == "transfer":
            return [self.env._("a notice to the unit: this was handed over to another body")]
        return []

    def _guard_close(self):
        if self.kind == "transfer":
            return self._missing_fields("receipt_number", "receipt_date", "receipt_scan_ids")
        missing = []
        if self.answer_by and self.state == "served":
            missing.append(self.env._("the unit's answer"))
        if not any(self.delivery_ids.mapped("date_served")):
            missing.append(self.env._("the day the notice was served"))
        return missing + self._missing_fields(*CLOSED_WITH.get(self.kind, ()))

    # ------------------------------------------------------------------
    # What comes after
    # ------------------------------------------------------------------

    def _after_propose(self):
        self.proposed_date = self.env["township.calendar.day"]._today()
        self._assign_numbers()

    def _after_decide(self):
        """The term follows from its rule; the day it is counted from is not counted itself."""
        for record in self:
            record.term_from = record.term_start
            record.term_to = record.term_rule_id._deadline(record.term_start)

    def _after_serve(self):
        self.served_date = self.env["township.calendar.day"]._today()
        self._assign_numbers()
        self._assign_numbers("notice_number")
        label = self._fields["answer_by"]._description_string(self.env)
        for day, records in self.filtered("answer_by").grouped("answer_by").items():
            records.filtered(lambda record: record.kind != "transfer")._start_given_clock(
                day, label
            )
        self.env["township.delivery"].create(
            [
                {
                    "accountability_id": record.id,
                    "paper": PAPERS[record.kind],
                    "paper_number": record.notice_number or record.number,
                    "recipient": record.body if record.kind == "transfer" else record.unit_id.name,
                    "company_id": record.company_id.id,
                }
                for record in self
            ]
        )

    def _after_answer(self):
        self._stop_clocks(self.env["township.calendar.day"]._today())

    def _after_end(self):
        today = self.env["township.calendar.day"]._today()
        self.closed_date = today
        self._stop_clocks(today)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_propose(self):
        """Propose a listing or veto to the body that decides it (director): numbered, frozen.

        :raise UserError: what the proposal lacks
        """
        return self._run_transition("propose")

    def action_decide(self):
        """Record the higher body's decision with its number and scan; the term is counted."""
        return self._run_transition("decide")

    def action_serve(self):
        """Issue the notice and serve it (director): numbered, the day to answer by runs, the
        receipt is prepared.

        :raise UserError: what is missing, among it the decision the township may not take
        """
        return self._run_transition("serve")

    def action_answer(self, answer, scan_ids=()):
        """Answer of the unit, by its head, or entered by an officer from paper.

        :param str answer: what was done
        :param scan_ids: ids of ``ir.attachment`` the user may read, the proof
        :raise AccessError: the user neither heads the unit nor handles accountability
        :raise UserError: nothing to answer, or no answer
        """
        self.ensure_one().check_access("read")
        answer = (answer or "").strip()
        scans = self.env["ir.attachment"].browse(scan_ids)
        scans.check_access("read")
        if self.unit_id.leader_id != self.env.user:
            self.check_access("write")
        if not answer or not scans:
            raise UserError(self.env._("Please write the answer and add its proof."))
        record = self.sudo()
        record._run_transition("answer")
        record.answer_ids.create(
            {
                "accountability_id": record.id,
                "answer": answer,
                "scan_ids": [(6, 0, scans.ids)],
                "date": self.env["township.calendar.day"]._today(),
                "user_id": self.env.uid,
            }
        )
        return True

    def action_send_back(self, reason, day):
        """Send an answer back to the unit, to be answered again by another day.

        :param str reason: kept with the answer
        :param date day: the new day to answer by
        """
        self.ensure_one()
        reason, today = (reason or "").strip(), self.env["township.calendar.day"]._today()
        day = fields.Date.to_date(day)
        if not reason or not day or day < today:
            raise UserError(
                self.env._("Please say why it is sent back, and by when to answer again.")
            )
        self._run_transition("send_back")
        record = self.sudo()
        record._last_answer().write({"returned_date": today, "returned_reason": reason})
        record._start_given_clock(day, self.env._("Answer again"))
        return True

    def action_close(self):
        """Accept what was answered and close."""
        return self._run_transition("close")

    def action_drop(self, reason):
        """End without result (director).

        :param str reason: kept
        """
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Please say why it is dropped."))
        return self._run_transition("drop", drop_reason=reason)
