"""The scheduled action that flags overdue duties: once each, whatever happens to it."""

from collections import Counter
from contextlib import contextmanager, suppress
from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo import api, fields, models
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from .base import TownshipCase
from .throwaway import add_throwaway_model

LOGGER = "odoo.addons.township_governance.models.common.deadline_flag"
START = date(2026, 11, 2)
FIRST_DAY_LATE = "2026-11-10 04:00:00"


class Killed(BaseException):
    """What a worker that is killed looks like from inside: nothing catches it."""


class FlagCase(TownshipCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()

        class Duty(models.Model):
            _name = "township.test.flag.duty"
            _description = "Duty"
            _inherit = ["township.deadline.mixin", "mail.thread", "mail.activity.mixin"]
            _module = None

            name = fields.Char()
            user_id = fields.Many2one("res.users")
            unit_id = fields.Many2one("township.unit")
            company_id = fields.Many2one("res.company")

            def _deadline_users(self, level):
                if self.name == "poison":
                    raise ValueError("poisoned")
                return super()._deadline_users(level)

        cls.duties = add_throwaway_model(cls, Duty)
        cls.rule = cls.env["township.deadline.rule"].create(
            {"name": "Week", "code": "test_week", "number": 7, "escalate_days": 3}
        )
        cls.leader = cls._make_user("reporter", "leader")
        cls.unit.leader_id = cls.leader
        cls.overdue = cls.env.ref("township_governance.mail_act_deadline_overdue")

    def make_duties(self, number=1, users=None, start=START, **vals):
        """:return: duties that are due on 9 November, given to the users in turn"""
        users = users or self.mediator_user
        clock = self.duties._deadline_start_vals(self.rule, start)
        duties = self.duties.with_context(tracking_disable=True).create(
            [
                {
                    "name": f"duty {index}",
                    "user_id": users[index % len(users)].id,
                    "unit_id": self.unit.id,
                    "company_id": self.company.id,
                    **clock,
                    **vals,
                }
                for index in range(number)
            ]
        )
        self.env.flush_all()
        return duties

    @contextmanager
    def no_commits(self, **options):
        """Only this model is flagged, and in the transaction of the test."""

        def commit_progress(cron, processed=0, *, remaining=None, **_options):
            cron.env.flush_all()
            self.progress.append((processed, remaining))
            return float("inf")

        self.progress = []
        flag = type(self.env["township.deadline.flag"])
        found = [self.duties.sudo().with_context(tracking_disable=True)]
        with (
            patch.object(type(self.env["ir.cron"]), "_commit_progress", commit_progress),
            patch.object(flag, "_deadline_models", lambda _self: found),
        ):
            yield

    def flag(self, moment=FIRST_DAY_LATE, **options):
        with freeze_time(moment), self.no_commits():
            self.env["township.deadline.flag"]._cron_flag_deadlines(**options)
        self.env.invalidate_all()

    def told(self, duties):
        """:return: ``Counter`` of users with open activities on the duties"""
        activities = self.env["mail.activity"].search(
            [("res_model", "=", duties._name), ("res_id", "in", duties.ids)]
        )
        return Counter(activity.user_id for activity in activities)

    def digests(self, users):
        return self.env["mail.activity"].search(
            [
                ("user_id", "in", users.ids),
                ("res_model", "=", False),
                ("activity_type_id", "=", self.overdue.id),
            ]
        )

    def snapshot(self, duties):
        """Everything a run might have touched."""
        return (
            duties.read(["overdue_flag_date", "escalation_level", "write_date", "deadline_muted"]),
            self.env["mail.message"].search_count(
                [("model", "=", duties._name), ("res_id", "in", duties.ids)]
            ),
            self.env["mail.activity"].search([]).ids,
        )


@tagged("post_install", "-at_install")
class TestFlagDeadlines(FlagCase):
    def test_duty_is_flagged_on_the_first_day_late(self):
        duty = self.make_duties()
        self.flag("2026-11-09 15:59:59")
        self.assertFalse(duty.overdue_flag_date)
        self.flag("2026-11-09 16:00:00")  # midnight in China, the server still has the 9th
        self.assertEqual(duty.overdue_flag_date, date(2026, 11, 10))
        self.assertEqual(duty.escalation_level, 0)
        self.assertEqual(self.told(duty), Counter([self.mediator_user]))
        message = duty.message_ids[:1]
        self.assertIn("2026-11-09", message.body)
        self.assertIn("Week", message.body)

    def test_scheduled_action_of_the_database_does_it(self):
        duty = self.make_duties()
        with freeze_time(FIRST_DAY_LATE), self.enter_registry_test_mode():
            cron = self.env.ref("township_governance.ir_cron_flag_deadlines")
            self.assertIs(cron.method_direct_trigger(), True)
        self.assertEqual(duty.overdue_flag_date, date(2026, 11, 10))

    def test_second_run_changes_nothing(self):
        duties = self.make_duties(3)
        self.flag()
        before = self.snapshot(duties)
        for hour in ("05", "09", "15"):
            self.flag(f"2026-11-10 {hour}:00:00")
        self.assertEqual(self.snapshot(duties), before)

    def test_ended_suspended_and_never_started_clocks_are_left_alone(self):
        done, suspended = self.make_duties(), self.make_duties()
        idle = self.duties.create({"name": "idle", "user_id": self.mediator_user.id})
        done._deadline_stop(date(2026, 11, 10))
        suspended._deadline_suspend(date(2026, 11, 4))
        self.flag("2026-12-10 04:00:00")
        duties = done + suspended + idle
        self.assertFalse(any(duties.mapped("overdue_flag_date")))
        self.assertFalse(self.told(duties))

    def test_extended_duty_is_flagged_anew(self):
        duty = self.make_duties()
        self.flag()
        with freeze_time(FIRST_DAY_LATE):
            duty._deadline_extend(date(2026, 11, 20))
        self.flag("2026-11-20 04:00:00")
        self.assertFalse(duty.overdue_flag_date)
        self.flag("2026-11-21 04:00:00")
        self.assertEqual(duty.overdue_flag_date, date(2026, 11, 21))
        self.assertEqual(self.told(duty), Counter([self.mediator_user]), "still one activity")

    # Escalation

    def test_levels_go_from_handler_to_leader_to_director(self):
        duty = self.make_duties()
        told = []
        for day in range(10, 20):
            before = self.told(duty)
            self.flag(f"2026-11-{day} 04:00:00")
            told += [(day, duty.escalation_level, *(self.told(duty) - before))]
        news = [entry for entry in told if len(entry) > 2]
        self.assertEqual(
            news,
            [(10, 0, self.mediator_user), (12, 1, self.leader), (15, 2, self.director)],
        )
        self.assertEqual(told[-1], (19, 2), "nobody further")
        self.assertEqual(duty.overdue_flag_date, date(2026, 11, 10), "flagged once")
        levels = duty.message_ids.filtered(lambda message: "Week" in (message.body or ""))
        self.assertEqual(len(levels), 3, "each step stays in the history")

    def test_after_an_outage_of_ten_days_only_the_highest_level_is_told(self):
        duty = self.make_duties()
        self.flag("2026-11-20 04:00:00")
        self.assertEqual(duty.escalation_level, 2)
        self.assertEqual(duty.overdue_flag_date, date(2026, 11, 20))
        self.assertEqual(self.told(duty), Counter([self.mediator_user, self.director]))
        before = self.snapshot(duty)
        self.flag("2026-11-20 05:00:00")
        self.flag("2026-11-30 04:00:00")
        self.assertEqual(self.snapshot(duty), before)

    def test_rule_without_escalation_tells_nobody_further(self):
        self.rule.escalate_days = 0
        duty = self.make_duties()
        self.flag()
        self.flag("2026-12-30 04:00:00")
        self.assertEqual(duty.escalation_level, 0)
        self.assertEqual(self.told(duty), Counter([self.mediator_user]))

    def test_edited_escalation_days_hold_for_running_clocks(self):
        duty = self.make_duties()
        self.flag()
        self.rule.escalate_days = 1
        self.flag("2026-11-11 04:00:00")
        self.assertEqual(duty.escalation_level, 2)

    def test_edited_longer_escalation_days_tell_nobody_too_early(self):
        duty = self.make_duties()
        self.flag()
        self.rule.escalate_days = 20
        before = self.snapshot(duty)[1:]
        self.flag("2026-11-13 04:00:00")
        self.assertEqual(duty.escalation_level, 0)
        self.assertEqual(self.snapshot(duty)[1:], before, "no message, no activity")

    def test_level_without_anybody_falls_to_the_next(self):
        nobody = self.make_duties(user_id=False, unit_id=False)
        no_handler = self.make_duties(user_id=False)
        self.flag()
        self.assertEqual(self.told(nobody), Counter([self.director]))
        self.assertEqual(self.told(no_handler), Counter([self.leader]))

    def test_one_open_activity_per_owner_and_person(self):
        self.unit.leader_id = self.mediator_user
        self.company.township_director_id = self.mediator_user
        duty = self.make_duties()
        for day in range(10, 20):
            self.flag(f"2026-11-{day} 04:00:00")
        self.assertEqual(duty.escalation_level, 2)
        self.assertEqual(self.told(duty), Counter([self.mediator_user]))

    def test_handler_who_left_is_not_told(self):
        self.mediator_user.active = False
        duty = self.make_duties()
        self.flag()
        self.assertTrue(duty.overdue_flag_date)
        self.assertNotIn(self.mediator_user, self.told(duty))
        self.assertTrue(self.told(duty), "somebody else is told")

    def test_no_mail_leaves_the_house(self):
        mails = self.env["mail.mail"].search_count([])
        self.make_duties(3)
        self.flag("2026-11-20 04:00:00")
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    # Many at once

    def test_beyond_fifty_there_is_one_digest(self):
        duties = self.make_duties(60)
        self.flag(batch_size=7)
        self.assertTrue(all(duties.mapped("overdue_flag_date")))
        self.assertEqual(self.told(duties), Counter({self.mediator_user: 50}))
        digest = self.digests(self.mediator_user)
        self.assertEqual(len(digest), 1)
        self.assertIn("10", digest.summary)

    def test_exactly_fifty_need_no_digest(self):
        duties = self.make_duties(50)
        self.flag()
        self.assertEqual(self.told(duties), Counter({self.mediator_user: 50}))
        self.assertFalse(self.digests(self.mediator_user))

    def test_fifty_are_counted_per_person(self):
        users = self.mediator_user + self.officer
        duties = self.make_duties(80, users)
        self.flag()
        self.assertEqual(self.told(duties), Counter(dict.fromkeys(users, 40)))

    # Trouble

    def test_poisoned_record_does_not_stop_the_rest(self):
        duties = self.make_duties(5)
        duties[2].name = "poison"
        for batch_size in (1, 2, 100):
            with self.subTest(batch_size), self.cr.savepoint() as savepoint:
                with self.assertLogs(LOGGER, "WARNING") as logs:
                    self.flag(batch_size=batch_size)
                self.assertEqual(len(logs.records), 1)
                self.assertIn("poisoned", logs.output[0])
                flagged = duties.filtered("overdue_flag_date")
                self.assertEqual(flagged, duties - duties[2])
                self.assertEqual(self.told(duties), Counter({self.mediator_user: 4}))
                savepoint.close(rollback=True)
        self.env.invalidate_all()

    def test_healed_record_is_taken_next_time(self):
        duties = self.make_duties(2, name="poison")
        with self.assertLogs(LOGGER, "WARNING"):
            self.flag()
        duties.name = "healed"
        self.flag("2026-11-10 05:00:00")
        self.assertTrue(all(duties.mapped("overdue_flag_date")))

    def test_killed_half_way_keeps_the_batches_done(self):
        duties = self.make_duties(6)
        flag = type(self.env["township.deadline.flag"])
        original, calls = flag._flag_rows, []

        def dies_in_the_second_batch(model, rows, run):
            calls.append(rows)
            original(model, rows, run)
            if len(calls) == 2:
                raise Killed

        with (
            freeze_time(FIRST_DAY_LATE),
            self.enter_registry_test_mode(),
            patch.object(flag, "_deadline_models", lambda model: [model.env[self.duties._name]]),
            patch.object(flag, "_flag_rows", dies_in_the_second_batch),
            suppress(Killed),  # assertRaises would roll back what is committed
            self.registry.cursor() as cr,
        ):
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            env["township.deadline.flag"]._cron_flag_deadlines(batch_size=2)
        self.env.invalidate_all()
        self.assertEqual(len(calls), 2)
        self.assertEqual(duties.filtered("overdue_flag_date"), duties[:2])
        self.assertEqual(self.told(duties), Counter({self.mediator_user: 2}))
        self.flag("2026-11-10 05:00:00", batch_size=2)
        self.assertTrue(all(duties.mapped("overdue_flag_date")))
        self.assertEqual(self.told(duties), Counter({self.mediator_user: 6}))

    def test_time_is_up_after_a_batch(self):
        duties = self.make_duties(5)
        with (
            freeze_time(FIRST_DAY_LATE),
            self.no_commits(),
            patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=0.0) as commit,
        ):
            self.env["township.deadline.flag"]._cron_flag_deadlines(batch_size=2)
        self.assertEqual(len(duties.filtered("overdue_flag_date")), 2)
        self.assertTrue(commit.call_args.kwargs["remaining"], "it is called again at once")

    def test_time_that_is_up_never_ends_a_run_that_has_more_models(self):
        """The last batch of a model says that nothing remains: then the next model follows."""
        duties, flag = self.make_duties(), type(self.env["township.deadline.flag"])
        case = self.make_case(date_received=START, date_accepted=START)
        with freeze_time("2026-11-02 04:00:00"):
            case.action_register()
        found = [self.duties.sudo(), self.env["township.case.clock"].sudo()]
        with (
            freeze_time(FIRST_DAY_LATE),
            patch.object(flag, "_deadline_models", lambda _self: found),
            patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=0.0),
        ):
            self.env["township.deadline.flag"]._cron_flag_deadlines()
        self.assertTrue(duties.overdue_flag_date)
        self.assertTrue(case.clock_ids.filtered("overdue_flag_date"))

    # Before going live

    def test_nothing_received_before_going_live_is_flagged(self):
        self.company.township_go_live_date = date(2026, 11, 2)
        old, new = self.make_duties(start=date(2026, 11, 1)), self.make_duties()
        self.flag("2026-12-10 04:00:00")
        self.assertFalse(old.overdue_flag_date)
        self.assertFalse(self.told(old))
        self.assertTrue(new.overdue_flag_date)
        self.assertEqual(old.deadline_state, "overdue", "the state is a fact, the flag an alarm")

    def test_changed_go_live_date_judges_anew(self):
        self.company.township_go_live_date = date(2026, 11, 20)
        duty = self.make_duties()
        self.flag()
        self.assertFalse(duty.overdue_flag_date)
        self.company.township_go_live_date = date(2026, 11, 1)
        self.flag("2026-11-10 05:00:00")
        self.assertEqual(duty.overdue_flag_date, date(2026, 11, 10))

    def test_later_go_live_date_takes_the_flag_away(self):
        duty = self.make_duties()
        self.flag()
        self.company.township_go_live_date = date(2026, 11, 20)
        self.flag("2026-11-25 04:00:00")
        self.assertFalse(duty.overdue_flag_date)
        self.assertEqual(duty.escalation_level, 0)
        self.assertFalse(self.told(duty), "no alarm stays open")

    def test_other_townships_are_not_concerned(self):
        other = self.env["res.company"].create({"name": "Other Township"})
        other.township_go_live_date = date(2026, 12, 1)
        duty = self.make_duties()
        self.flag()
        self.assertTrue(duty.overdue_flag_date)

    # Cost

    def queries(self, number):
        users = self.users
        duties = self.make_duties(number, users)
        self.env.invalidate_all()
        with freeze_time(FIRST_DAY_LATE), self.no_commits():
            start = self.cr.sql_log_count
            self.env["township.deadline.flag"]._cron_flag_deadlines()
            cost = self.cr.sql_log_count - start
        self.assertEqual(sum(self.told(duties).values()), number)
        return cost

    @mute_logger("odoo.models.unlink")
    def test_queries_do_not_grow_with_the_rows(self):
        self.users = self.env["res.users"].create(
            [{"name": f"User {index}", "login": f"test_many_{index}"} for index in range(25)]
        )
        self.queries(10)  # fills the caches
        ten, hundred, thousand = map(self.queries, (10, 100, 1000))
        # Odoo makes each person a follower by five queries, however many the activities are.
        self.assertLessEqual(hundred - ten, 5 * (25 - 10) + 3)
        # The ORM inserts and updates by the hundred.
        self.assertLessEqual(thousand - hundred, 9 * 5)

    def test_with_nothing_to_do_one_query_per_model_and_ten(self):
        flag = self.env["township.deadline.flag"]
        with (
            freeze_time("2020-01-01 04:00:00"),
            patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=1.0),
        ):
            flag._cron_flag_deadlines()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            flag._cron_flag_deadlines()
            cost = self.cr.sql_log_count - start
        self.assertLessEqual(cost, len(flag._deadline_models()) + 10)


@tagged("post_install", "-at_install")
class TestFlagCaseDeadlines(TownshipCase):
    """Clocks of a case: the case is what people are told of."""

    def setUp(self):
        super().setUp()

        def commit_progress(cron, *args, **kwargs):
            cron.env.flush_all()
            return float("inf")

        self.startPatcher(
            patch.object(type(self.env["ir.cron"]), "_commit_progress", commit_progress)
        )

    def flag(self, moment):
        with freeze_time(moment):
            self.env["township.deadline.flag"]._cron_flag_deadlines()
        self.env.invalidate_all()

    def handling_case(self, **vals):
        with freeze_time("2026-11-02 04:00:00"):
            return self.make_handling_case(**vals).sudo()

    def activities(self, case):
        overdue = self.env.ref("township_governance.mail_act_deadline_overdue")
        return case.activity_ids.filtered(lambda activity: activity.activity_type_id == overdue)

    def overdue_messages(self, case):
        # the scheduled action speaks the office's language
        words = ("due on", "已逾期")
        return case.message_ids.filtered(
            lambda message: any(word in (message.body or "") for word in words)
        )

    def test_case_shows_the_flag_of_its_clock_and_is_told_once(self):
        case = self.handling_case()
        self.flag("2026-11-10 04:00:00")
        self.assertEqual(case.overdue_flag_date, date(2026, 11, 10))
        flagged = case.clock_ids.filtered("overdue_flag_date")
        self.assertEqual(flagged.deadline_rule_id.code, "mediation_ordinary")
        self.assertEqual(self.activities(case).user_id, self.mediator_user)
        self.assertEqual(len(self.activities(case)), 1)
        self.assertEqual(len(self.overdue_messages(case)), 1)

    def test_second_clock_of_a_case_adds_no_second_activity(self):
        case = self.handling_case()
        self.flag("2026-11-10 04:00:00")
        self.flag("2026-12-03 04:00:00")
        self.assertTrue(all(case.clock_ids.mapped("overdue_flag_date")))
        users = self.activities(case).mapped("user_id")
        self.assertEqual(len(self.activities(case)), len(users))

    def test_case_entered_as_history_raises_no_alarm(self):
        vals = self.case_vals(
            history=True,
            backfilled=True,
            date_received=date(2026, 11, 2),
            committee_id=self.committee.id,
            user_id=self.mediator_user.id,
        )
        case = self.env["township.case"].create(vals)
        case.action_register()
        self.flag("2026-12-10 04:00:00")
        self.company.township_go_live_date = date(2026, 11, 1)
        self.flag("2026-12-11 04:00:00")
        self.assertFalse(case.overdue_flag_date)
        self.assertFalse(self.activities(case))

    def test_case_received_before_going_live_raises_no_alarm(self):
        self.company.township_go_live_date = date(2026, 11, 3)
        case = self.handling_case()
        self.flag("2026-12-10 04:00:00")
        self.assertFalse(case.overdue_flag_date)
        self.assertFalse(case.clock_ids.filtered("overdue_flag_date"))
        self.company.township_go_live_date = False
        self.flag("2026-12-11 04:00:00")
        self.assertEqual(case.overdue_flag_date, date(2026, 12, 11))

    def test_agreed_extension_clears_the_flag_and_keeps_the_history(self):
        case = self.handling_case()
        self.flag("2026-11-10 04:00:00")
        with freeze_time("2026-11-10 05:00:00"):
            self.env["township.case.extension"].with_user(self.mediator_user).create(
                {
                    "case_id": case.id,
                    "date_to": date(2026, 12, 10),
                    "reason": "等待鉴定",
                    "both_agreed": True,
                }
            )
        self.assertFalse(case.overdue_flag_date)
        self.assertEqual(case.deadline_date, date(2026, 12, 10))
        self.assertEqual(case.extension_ids.date_from, date(2026, 11, 9))
        self.assertTrue(self.overdue_messages(case))

    def test_owner_keeps_access_after_escalation(self):
        case = self.handling_case()
        self.flag("2026-11-30 04:00:00")
        self.assertEqual(case.escalation_level, 2)
        self.assertTrue(case.with_user(self.mediator_user).has_access("write"))

    def test_nobody_of_the_unit_complained_about_is_told(self):
        self.unit.leader_id = self.director
        case = self.env["township.case"].with_user(self.officer)
        with freeze_time("2026-11-02 04:00:00"):
            case = case.create(
                self.case_vals(
                    kind="petition",
                    type_id=self.env["township.case.type"]
                    .search([("kind", "=", "petition")], limit=1)
                    .id,
                    purpose="accusation",
                    complained_unit_id=self.unit.id,
                )
            )
            case.action_register()
        self.flag("2026-12-30 04:00:00")
        self.assertTrue(case.sudo().overdue_flag_date)
        self.assertNotIn(self.director, self.activities(case.sudo()).user_id)


@tagged("post_install", "-at_install")
class TestFlagLockedRecord(TransactionCase):
    """Transactions of their own; what they commit is taken away afterwards."""

    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time("2026-11-20 04:00:00"))
        self.cases = self.clocks = ()
        self.addCleanup(self.forget)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            rule = env.ref("township_governance.rule_mediation_ordinary")
            cases = env["township.case"].create(
                [{"summary": f"locked {index}", "user_id": 2} for index in range(2)]
            )
            clocks = env["township.case.clock"].create(
                [{"case_id": case.id, **cases._deadline_start_vals(rule, START)} for case in cases]
            )
            self.cases, self.clocks = cases.ids, clocks.ids

    def forget(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            cases = env["township.case"].browse(self.cases)
            with mute_logger("odoo.models.unlink"):
                cases.unlink()

    def flagged(self, locked):
        """Run the scheduled action while another user has a row locked.

        :param locked: SQL that takes the lock
        :return: indices of the cases it flagged; nothing of it stays
        """
        with self.registry.cursor() as other, self.registry.cursor() as cr:
            other.execute(locked)
            cr.execute("SET LOCAL lock_timeout = '2s'")
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            with patch.object(
                type(env["ir.cron"]),
                "_commit_progress",
                lambda cron, *args, **kwargs: cron.env.flush_all() or 1.0,
            ):
                env["township.deadline.flag"]._cron_flag_deadlines()
            dates = env["township.case"].browse(self.cases).mapped("overdue_flag_date")
            clock_dates = env["township.case.clock"].browse(self.clocks)
            self.assertEqual(dates, clock_dates.mapped("overdue_flag_date"))
            cr.rollback()
            other.rollback()
        return [index for index, day in enumerate(dates) if day]

    def test_locked_clock_is_passed_over_and_taken_next_time(self):
        lock = f"SELECT id FROM township_case_clock WHERE id = {self.clocks[0]} FOR UPDATE"
        self.assertEqual(self.flagged(lock), [1])
        self.assertEqual(self.flagged("SELECT 1"), [0, 1])

    def test_case_somebody_is_saving_is_passed_over_and_taken_next_time(self):
        lock = f"SELECT id FROM township_case WHERE id = {self.cases[0]} FOR UPDATE"
        self.assertEqual(self.flagged(lock), [1])
        self.assertEqual(self.flagged("SELECT 1"), [0, 1])

    def test_message_being_written_on_the_case_does_not_lock_it(self):
        lock = f"SELECT id FROM township_case WHERE id = {self.cases[0]} FOR KEY SHARE"
        self.assertEqual(self.flagged(lock), [0, 1])
