from odoo import api, models
from odoo.tools import LazyTranslate

from ...tools.workflow import Frozen, Transition
from .correction_row_mixin import CORRECTION
from .correction_subject_workflow import IDENTITY

_lt = LazyTranslate(__name__)

PERIOD_CODES = ("correction_aftercare_prison", "correction_aftercare_correction")
VISIT_CODE = "correction_aftercare_visit"
BATCH = 500
FACTS = frozenset(
    {
        *("source", "released_from", "release_date", "notice_number", "notice_date"),
        *("offence", "offence_date", "sentence", "hand_over_date", "hand_over_way"),
        *("wish", "wish_date", "wish_scan_ids", "settled_date", "settled_way"),
        *("unsettled_reason", "end_reason", "ended_date", "extended_until"),
    }
)


class TownshipAftercare(models.Model):
    """Steps of aftercare: the office hands over and helps; the person decides."""

    _inherit = "township.aftercare"

    _transitions = (
        Transition(
            name="register",
            source=("draft",),
            target="expected",
            groups=CORRECTION,
            guard="_guard_register",
            after="_after_register",
            label=_lt("Register"),
        ),
        Transition(
            name="hand_over",
            source=("expected",),
            target="handed_over",
            groups=CORRECTION,
            guard="_guard_hand_over",
            after="_after_hand_over",
            label=_lt("Record the hand-over"),
        ),
        Transition(
            name="accept",
            source=("handed_over", "declined"),
            target="active",
            groups=CORRECTION,
            guard="_guard_accept",
            after="_after_accept",
            label=_lt("The person accepts"),
        ),
        Transition(
            name="decline",
            source=("expected", "handed_over", "active"),
            target="declined",
            groups=CORRECTION,
            guard="_guard_decline",
            after="_after_decline",
            label=_lt("The person declines"),
        ),
        Transition(
            name="extend",
            source=("active",),
            groups=CORRECTION,
            guard="_guard_extend",
            after="_after_extend",
            label=_lt("Extend by wish"),
        ),
        Transition(
            name="end",
            source=("handed_over", "active", "declined"),
            target="ended",
            groups=CORRECTION,
            guard="_guard_end",
            after="_after_end",
            label=_lt("End"),
        ),
    )
    _frozen = {"ended": Frozen(fields=IDENTITY | FACTS, rows=frozenset({"ir.attachment"}))}

    def action_register(self):
        """The person is expected: the office's clocks run, to the day of release."""
        return self._run_transition("register")

    def action_hand_over(self):
        """The person has come."""
        return self._run_transition("hand_over")

    def action_accept(self):
        """The person accepts help: the period runs and visits are planned."""
        return self._run_transition("accept")

    def action_decline(self):
        """The person declines, at any time: nothing is planned any more."""
        return self._run_transition("decline")

    def action_extend(self):
        """The person wishes help for longer than the period."""
        return self._run_transition("extend")

    def action_end(self):
        """Aftercare has ended."""
        return self._run_transition("end")

    # ------------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------------

    def _guard_register(self):
        return self._missing_fields("release_date")

    def _guard_hand_over(self):
        return self._missing_fields("hand_over_date", "hand_over_way")

    def _guard_accept(self):
        missing = self._missing_fields("wish_date")
        if self.wish != "yes":
            missing.append(self.env._("the person's own yes"))
        return missing

    def _guard_decline(self):
        missing = self._missing_fields("wish_date")
        if self.wish != "no":
            missing.append(self.env._("the person's own no"))
        return missing

    def _guard_extend(self):
        missing = self._missing_fields("extended_until", "extension_wish_date")
        end = max(self._period_clocks().mapped("deadline_date"), default=False)
        if self.extended_until and end and self.extended_until <= end:
            missing.append(self.env._("a day after the end of the period"))
        return missing

    def _guard_end(self):
        return self._missing_fields("end_reason", "ended_date")

    # ------------------------------------------------------------------
    # What comes after
    # ------------------------------------------------------------------

    def _after_register(self):
        self._assign_numbers()
        self._start_clocks("aftercare_notice")
        self._start_hand_over_clock()

    def _start_hand_over_clock(self):
        for day, people in self.filtered("release_date").grouped("release_date").items():
            people._start_given_clock(day, self.env._("Hand-over"))

    def _after_hand_over(self):
        for day, people in self.grouped("hand_over_date").items():
            people._stop_clocks(day)

    def _after_accept(self):
        self._start_clocks("aftercare_release")
        self._plan_visits()

    def _after_decline(self):
        self._leave_in_peace(self.env["township.calendar.day"]._today())

    def _after_extend(self):
        for day, people in self.grouped("extended_until").items():
            people._period_clocks()._deadline_extend(day)

    def _after_end(self):
        for day, people in self.grouped("ended_date").items():
            people._leave_in_peace(day)

    def _leave_in_peace(self, day):
        """Nothing is planned for these people any more."""
        self._stop_clocks(day)
        open_visits = self.visit_ids.filtered(lambda visit: visit.outcome == "not_recorded")
        open_visits.sudo().unlink()

    def _period_clocks(self):
        """:return: the running clocks of the period"""
        return self.sudo().clock_ids.filtered(
            lambda clock: (
                clock.deadline_rule_id.code in PERIOD_CODES and not clock.deadline_done_date
            )
        )

    # ------------------------------------------------------------------
    # Visits: for who accepted, and for nobody else
    # ------------------------------------------------------------------

    @api.model
    def _cron_plan_visits(self):
        """Plan the next visit of everybody in aftercare who has none to come; for who came in as
        history the office plans the first one itself."""
        last = 0
        while people := self.sudo().search(self._unvisited_domain(last), limit=BATCH, order="id"):
            people._plan_visits()
            last = people[-1:].id
            if not self.env["ir.cron"]._commit_progress(len(people)):
                return

    @api.model
    def _unvisited_domain(self, last):
        return [
            ("id", ">", last),
            ("state", "=", "active"),
            ("wish", "=", "yes"),
            ("history", "=", False),
            ("visit_ids", "not any", [("outcome", "=", "not_recorded")]),
        ]

    def _plan_visits(self):
        """Plan one visit each, an interval of the rule after the last; none after the period."""
        days = self._next_visit_days()
        self.env["township.aftercare.visit"].sudo().create(
            [{"aftercare_id": person.id, "planned_date": day} for person, day in days.items()]
        )

    def _next_visit_days(self):
        """:return: ``dict`` person -> ``date`` of the next visit; without those who get none"""
        Rule = self.env["township.deadline.rule"]
        today = self.env["township.calendar.day"]._today()
        days = {}
        for company, people in self.grouped("company_id").items():
            rule = Rule._own_first([("code", "=", VISIT_CODE)], company)[:1]
            for person in people if rule else ():
                day = person._visit_day(rule, today)
                if person.state == "active" and day <= (person.deadline_date or day):
                    days[person] = day
        return days

    def _visit_day(self, rule, today):
        last = max(self.visit_ids.mapped("planned_date"), default=self.wish_date)
        return max(rule._deadline(last), today)
