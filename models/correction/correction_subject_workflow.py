from odoo import models
from odoo.tools import LazyTranslate

from ...tools.workflow import Frozen, Transition
from .correction_row_mixin import CORRECTION

_lt = LazyTranslate(__name__)

# Rules of the clocks that a step ends.
REPORTED = ("correction_report_in", "correction_hand_over")
ANNOUNCED = ("correction_announcement",)
IDENTITY = frozenset({"name", "gender", "birth_date", "id_type", "id_number", "company_id"})
DECISION = frozenset(
    {
        *("category", "offence", "offence_date", "deciding_body", "judgment_number"),
        *("judgment_date", "effective_date", "notice_number", "notice_date", "additional_penalty"),
        *("entrusted_date", "term_start", "term_end", "reported_date", "announced_date"),
        "date_received",
    }
)
# After the end the file waits for its hand-over: papers are still served, scanned and noted.
ENDED = Frozen(
    fields=IDENTITY | DECISION | {"unit_id"},
    rows=frozenset({"ir.attachment", "township.delivery"}),
)


class TownshipCorrectionSubject(models.Model):
    """Steps of a subject: none decides; each records what the county body, the deciding body or
    the person did."""

    _inherit = "township.correction.subject"

    _transitions = (
        Transition(
            name="assess",
            source=("draft",),
            target="assessing",
            groups=CORRECTION,
            guard="_guard_assess",
            after="_after_assess",
            label=_lt("Begin the assessment"),
        ),
        Transition(
            name="expect",
            source=("draft", "assessing"),
            target="expected",
            groups=CORRECTION,
            guard="_guard_expect",
            after="_after_expect",
            label=_lt("Decision received"),
        ),
        Transition(
            name="receive",
            source=("expected",),
            target="received",
            groups=CORRECTION,
            guard="_guard_receive",
            after="_after_receive",
            label=_lt("Record reporting in"),
        ),
        Transition(
            name="announce",
            source=("received",),
            target="in_correction",
            groups=CORRECTION,
            guard="_guard_announce",
            after="_after_announce",
            label=_lt("Record the announcement"),
        ),
        Transition(
            name="release",
            source=("in_correction",),
            target="released",
            groups=CORRECTION,
            guard="_guard_release",
            after="_after_end",
            label=_lt("Release"),
        ),
        Transition(
            name="terminate",
            source=("expected", "received", "in_correction"),
            target="terminated",
            groups=CORRECTION,
            guard="_guard_terminate",
            after="_after_end",
            label=_lt("Record the termination"),
        ),
        Transition(
            name="relocate",
            source=("in_correction",),
            target="relocated",
            groups=CORRECTION,
            guard="_guard_relocate",
            after="_after_end",
            label=_lt("Record the change of place"),
        ),
        Transition(
            name="not_place",
            source=("assessing",),
            target="not_placed",
            groups=CORRECTION,
            after="_after_end",
            label=_lt("Not placed here"),
        ),
    )
    _frozen = dict.fromkeys(("released", "terminated", "relocated", "not_placed"), ENDED)

    def action_assess(self):
        """Begin the pre-decision assessment (调查评估) that a body has entrusted."""
        return self._run_transition("assess")

    def action_expect(self):
        """The decision has come: the person reports in within the limit of the law."""
        return self._run_transition("expect")

    def action_receive(self):
        """The person has reported in; papers, identity and registration are recorded."""
        return self._run_transition("receive")

    def action_announce(self):
        """The entry announcement (入矫宣告) was held."""
        return self._run_transition("announce")

    def action_release(self):
        """Release (解除社区矫正), once the county's certificate is recorded."""
        return self._run_transition("release")

    def action_terminate(self):
        """Termination (终止社区矫正): revoked, returned to prison, death."""
        return self._run_transition("terminate")

    def action_relocate(self):
        """The place of execution was changed to another place."""
        return self._run_transition("relocate")

    def action_not_place(self):
        """The deciding body decided otherwise, or for another place."""
        return self._run_transition("not_place")

    # ------------------------------------------------------------------
    # Guards; other files of the room add theirs
    # ------------------------------------------------------------------

    def _guard_assess(self):
        return self._missing_fields("entrusted_date")

    def _guard_expect(self):
        return self._missing_fields(
            "category", "offence", "deciding_body", "effective_date", "birth_date"
        )

    def _guard_receive(self):
        return self._missing_fields("reported_date", "term_start", "term_end")

    def _guard_announce(self):
        return self._missing_fields("announced_date")

    def _guard_release(self):
        return []

    def _guard_terminate(self):
        return []

    def _guard_relocate(self):
        return []

    # ------------------------------------------------------------------
    # What comes after
    # ------------------------------------------------------------------

    def _after_assess(self):
        self._start_clocks("entrusted")
        self._assign_numbers()

    def _after_expect(self):
        today = self.env["township.calendar.day"]._today()
        self._stop_clocks(today, "entrusted")
        self._start_clocks("effective")
        self._assign_numbers()

    def _after_receive(self):
        """What is still missing of the papers is waited for all the same."""
        for subject in self:
            subject._stop_clocks(subject.reported_date, codes=REPORTED)
        self._start_clocks("reported")

    def _after_announce(self):
        for subject in self:
            subject._stop_clocks(subject.announced_date, codes=ANNOUNCED)

    def _end_day(self):
        """:return: ``date`` on which correction ended for this one subject"""
        return self.env["township.calendar.day"]._today()

    def _after_end(self):
        for day, subjects in self.grouped(lambda subject: subject._end_day()).items():
            subjects._entering().write({"ended_date": day})
            subjects._stop_clocks(day)
