import logging
from calendar import monthrange

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import LazyTranslate

from ...tools.frequency import occurrences
from ...tools.workflow import Transition
from ..common.mechanism_mixin import Guard
from .correction_checkin import HEALTH

_logger = logging.getLogger(__name__)
_lt = LazyTranslate(__name__)

# One search, one create and one commit per batch.
BATCH_SIZE = 200
# Rule records that hold where no level says otherwise, and those of what a level never says.
RULES = {
    "in_person": "correction_checkin_report",
    "visit": "correction_checkin_visit",
    "health_report": "correction_checkin_health",
    "medical_recheck": "correction_checkin_recheck",
}
# Way -> what the fields of the level that tell its frequency begin with.
BY_LEVEL = {"in_person": "report", "visit": "visit"}
# What the planned check-ins follow from.
PLAN_FIELDS = {"level_id", "category", "recheck_due", "term_start", "announced_date"}


class TownshipCorrectionSubject(models.Model):
    """Check-ins of a subject are planned by its level, ahead to the end of the coming month."""

    _inherit = "township.correction.subject"

    _transitions = (
        Transition(name="announce", after="_after_announce_checkins"),
        Transition(name="release", after="_after_end_checkins"),
        Transition(name="terminate", after="_after_end_checkins"),
        Transition(name="relocate", after="_after_end_checkins"),
    )

    checkin_until = fields.Date(
        string="Check-ins planned up to",
        copy=False,
        guard=Guard(hint=_lt("check-ins are planned every night.")),
        export_string_translation=False,
    )
    recheck_due = fields.Boolean(
        string="Medical re-check to be handed in",
        default=True,
        help="Of a person who serves outside prison for treatment, as the decision says.",
    )

    _checkin_idx = models.Index("(checkin_until, id) WHERE state = 'in_correction'")

    # ------------------------------------------------------------------
    # How often
    # ------------------------------------------------------------------

    def _checkin_plan(self):
        """How often each subject reports and is visited: its level, else the township's rules.

        :return: ``dict`` subject -> ``dict`` way -> (number, unit)
        """
        Rule = self.env["township.deadline.rule"]
        domain = [("code", "in", list(RULES.values()))]
        by_company = {
            company: {rule.code: rule for rule in Rule._own_first(domain, company)}
            for company in self.company_id
        }
        return {
            subject: subject._own_checkin_plan(by_company[subject.company_id]) for subject in self
        }

    def _own_checkin_plan(self, rules):
        """:param dict rules: code -> rule that holds in the township
        :return: ``dict`` as in :meth:`_checkin_plan`, of this one subject"""
        plan = {}
        for kind, code in RULES.items():
            if code in rules and kind in self._checkin_kinds():
                plan[kind] = (rules[code].number, rules[code].unit)
        level = self._fields.get("level_id") and self.sudo().level_id
        if level:
            for kind, name in BY_LEVEL.items():
                plan[kind] = (level[f"{name}_number"], level[f"{name}_unit"])
        return plan

    def _checkin_kinds(self):
        """:return: ``set`` of the ways that are planned for this one subject"""
        kinds = set(RULES)
        if self.category != "medical":
            return kinds.difference(HEALTH)
        return kinds if self.recheck_due else kinds - {"medical_recheck"}

    def _checkin_anchor(self):
        """:return: ``date`` from which the periods of this one subject are counted"""
        return self.announced_date or self.reported_date or self.term_start

    def _checkin_days(self, frequency, first, last):
        """:param frequency: (number, unit), or nothing
        :return: ``list`` of ``date`` on which that falls due, never before the term or after
            the last day on which the person is bound"""
        anchor = self._checkin_anchor()
        if not frequency or not anchor:
            return []
        first = max(first, self.term_start or first)
        last = min(last, self._bound_until() or last)
        return occurrences(anchor, *frequency, first, last)

    def _next_checkin_day(self, frequency, after):
        """:return: ``date`` of the next one by the plan, or ``None``"""
        first = after + relativedelta(days=1)
        days = self._checkin_days(frequency, first, after + relativedelta(years=1))
        return days[0] if days else None

    # ------------------------------------------------------------------
    # Planning
    # ------------------------------------------------------------------

    @api.model
    def _checkin_horizon(self):
        """:return: ``date``, the last day of the coming month"""
        coming = self.env["township.calendar.day"]._today() + relativedelta(months=1)
        return coming.replace(day=monthrange(coming.year, coming.month)[1])

    def _plan_checkins(self, until):
        """Plan the check-ins of these subjects, in one batch. Days that are past are not planned,
        what is there is not planned again.

        :param date until: last day planned
        :return: the new check-ins
        """
        subjects = self.sudo()
        today = self.env["township.calendar.day"]._today()
        wanted = set()
        for subject, plan in subjects._checkin_plan().items():
            planned = subject.checkin_until
            first = max(planned + relativedelta(days=1), today) if planned else today
            wanted |= {
                (subject.id, kind, day)
                for kind, frequency in plan.items()
                for day in subject._checkin_days(frequency, first, until)
            }
        subjects.checkin_until = until
        Checkin = subjects.env["township.correction.checkin"]
        known = Checkin.search_fetch(
            [
                ("subject_id", "in", subjects.ids),
                ("planned_date", ">=", today),
                ("planned_date", "<=", until),
            ],
            ["subject_id", "kind", "planned_date"],
            order="id",
        )
        booked = {(row.subject_id.id, row.kind, row.planned_date): row for row in known}
        for key in wanted & booked.keys():
            booked[key].plan_date = key[-1]
        wanted -= booked.keys()
        return Checkin.create(
            [
                {"subject_id": subject_id, "kind": kind, "planned_date": day, "plan_date": day}
                for subject_id, kind, day in sorted(wanted)
            ]
        )

    def _replan_checkins(self):
        """After a change of level or term: what is still to come follows the new plan. What
        somebody booked in another way stays, but nothing after the end."""
        subjects = self.sudo().filtered(lambda subject: subject.state == "in_correction")
        today = self.env["township.calendar.day"]._today()
        subjects._checkins_to_come().filtered(
            lambda row: row.kind in RULES or not row.subject_id._is_bound_on(row.planned_date)
        ).unlink()
        for until, group in subjects.grouped("checkin_until").items():
            group.checkin_until = today
            if until and until > today:
                group._plan_checkins(until)

    def _end_moved(self):
        self._replan_checkins()
        return super()._end_moved()

    def _checkins_to_come(self):
        today = self.env["township.calendar.day"]._today()
        return (
            self.env["township.correction.checkin"]
            .sudo()
            .search(
                [
                    ("subject_id", "in", self.ids),
                    ("planned_date", ">", today),
                    ("outcome", "=", "not_recorded"),
                ]
            )
        )

    def write(self, vals):
        """The plan follows level and category."""
        result = super().write(vals)
        if vals.keys() & PLAN_FIELDS:
            self._replan_checkins()
        return result

    def _after_announce_checkins(self):
        self._plan_checkins(self._checkin_horizon())

    def _after_end_checkins(self):
        """What was still to come goes; what was not recorded is due no longer."""
        self._checkins_to_come().unlink()
        rows = self.env["township.correction.checkin"].sudo()
        undone = rows.search(
            [("subject_id", "in", self.ids), ("outcome", "=", "not_recorded")], order="id"
        )
        undone._deadline_stop(self.env["township.calendar.day"]._today())

    # ------------------------------------------------------------------
    # Scheduled action
    # ------------------------------------------------------------------

    @api.model
    def _cron_plan_checkins(self, batch_size=BATCH_SIZE):
        """Plan up to the end of the coming month for all in correction. A second run finds
        nothing; one that was cut short goes on where it stopped.

        :param int batch_size: subjects per create and commit
        """
        until = self._checkin_horizon()
        for unplanned in (("checkin_until", "=", False), ("checkin_until", "<", until)):
            if not self.sudo()._plan_all([("state", "=", "in_correction"), unplanned], batch_size):
                return

    def _plan_all(self, domain, batch_size):
        """:return: ``False`` when the time of the scheduled action is up"""
        passed_over = []
        while True:
            condition = [*domain, ("id", "not in", passed_over)] if passed_over else domain
            found = self.search(condition, order="checkin_until, id", limit=batch_size)
            if not found:
                return True
            subjects = found.try_lock_for_update(allow_referencing=True)
            failed = subjects._plan_batch()
            passed_over += (found - subjects + failed).ids
            full = len(found) == batch_size
            left = self.env["ir.cron"]._commit_progress(
                len(subjects), remaining=batch_size if full else 0
            )
            if not full:
                return True
            if not left:
                return False

    def _plan_batch(self):
        """Plan a batch whole; if one subject spoils it, one by one.

        :return: the subjects that failed
        """
        until, failed = self._checkin_horizon(), self.browse()
        try:
            with self.env.cr.savepoint():
                self._plan_checkins(until)
            return failed
        except Exception:  # noqa: BLE001 whatever it is, the rest of the batch goes on
            _logger.info("Planning the check-ins of %s subjects one by one", len(self))
        for subject in self:
            try:
                with self.env.cr.savepoint():
                    subject._plan_checkins(until)
            except Exception as error:  # noqa: BLE001 one poisoned record stops nobody else
                _logger.warning("Check-ins of %s could not be planned: %s", subject, error)
                failed += subject
        return failed
