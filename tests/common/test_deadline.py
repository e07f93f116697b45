"""Deadlines: counting after the Civil Code arts. 200-204, "today", the derived state, the life
of a clock."""

from calendar import monthrange
from datetime import date, timedelta

from freezegun import freeze_time
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo import fields, models
from odoo.tests import tagged

from .base import TownshipCase
from .throwaway import add_throwaway_model

# The machine is shared: no example is failed for being slow, nothing is kept between runs.
unhurried = settings(deadline=None, database=None, max_examples=150)

DAY = timedelta(days=1)
# The National Day week of 2026 with its make-up Sunday and Saturday, as the township types it.
HOLIDAYS = [date(2026, 10, day) for day in (1, 2, 5, 6, 7)]
WORKDAYS = [date(2026, 9, 27), date(2026, 10, 10)]

starts = st.dates(date(2025, 12, 1), date(2027, 2, 28))
numbers = st.integers(1, 90)


class CalendarCase(TownshipCase):
    """The working calendar holds one known holiday and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["township.calendar.day"]
        cls.calendar.search([]).unlink()
        cls.calendar.create(
            [{"date": day, "kind": "holiday"} for day in HOLIDAYS]
            + [{"date": day, "kind": "workday"} for day in WORKDAYS]
        )

    def rule(self, number, unit="day", roll=True, **vals):
        """:return: a rule that is only in memory: many are counted with"""
        return self.env["township.deadline.rule"].new(
            {"number": number, "unit": unit, "roll_to_working_day": roll, **vals}
        )

    def works(self, day):
        """The calendar told again, without the code under test."""
        return day in WORKDAYS or (day.weekday() < 5 and day not in HOLIDAYS)


@tagged("post_install", "-at_install")
class TestDeadlineCounting(CalendarCase):
    def assertDeadline(self, start, expected, *rule, **options):
        self.assertEqual(self.rule(*rule, **options)._deadline(start), expected)

    def test_first_day_is_not_counted(self):
        self.assertDeadline(date(2026, 11, 2), date(2026, 11, 9), 7)
        self.assertDeadline(date(2026, 11, 2), date(2026, 11, 3), 1, "working_day")

    def test_last_day_on_a_weekend_moves_to_monday(self):
        self.assertDeadline(date(2026, 11, 1), date(2026, 11, 9), 6)
        self.assertDeadline(date(2026, 11, 1), date(2026, 11, 7), 6, roll=False)

    def test_last_day_in_the_holiday_moves_behind_it(self):
        self.assertDeadline(date(2026, 9, 24), date(2026, 10, 8), 7)

    def test_make_up_working_day_is_a_working_day(self):
        self.assertDeadline(date(2026, 10, 3), date(2026, 10, 10), 7)  # a Saturday
        self.assertDeadline(date(2026, 9, 25), date(2026, 9, 27), 1, "working_day")  # a Sunday

    def test_working_days_jump_over_the_holiday(self):
        self.assertDeadline(date(2026, 9, 30), date(2026, 10, 10), 3, "working_day")

    def test_month_ends_on_the_same_day_or_the_last_of_the_month(self):
        self.assertDeadline(date(2026, 1, 31), date(2026, 2, 28), 1, "month", roll=False)
        self.assertDeadline(date(2028, 1, 31), date(2028, 2, 29), 1, "month", roll=False)
        self.assertDeadline(date(2026, 2, 28), date(2026, 3, 28), 1, "month", roll=False)
        self.assertDeadline(date(2026, 3, 31), date(2026, 6, 30), 3, "month", roll=False)
        self.assertDeadline(date(2028, 2, 29), date(2029, 2, 28), 1, "year", roll=False)

    def test_half_month_is_fifteen_days(self):
        self.assertDeadline(date(2026, 2, 10), date(2026, 2, 25), 1, "half_month", roll=False)
        self.assertDeadline(date(2026, 3, 10), date(2026, 4, 9), 2, "half_month", roll=False)

    def test_weeks_are_seven_days(self):
        self.assertDeadline(date(2026, 11, 3), date(2026, 11, 17), 2, "week")

    def test_edited_calendar_counts_at_once(self):
        self.assertDeadline(date(2026, 11, 2), date(2026, 11, 9), 7)
        extra = self.calendar.create({"date": date(2026, 11, 9), "kind": "holiday"})
        self.assertDeadline(date(2026, 11, 2), date(2026, 11, 10), 7)
        extra.kind = "workday"
        self.assertDeadline(date(2026, 11, 2), date(2026, 11, 9), 7)
        extra.unlink()
        self.assertDeadline(date(2026, 11, 2), date(2026, 11, 9), 7)

    @unhurried
    @given(starts, numbers, st.sampled_from(["day", "week", "half_month"]))
    def test_property_days_are_added_to_the_first_day(self, start, number, unit):
        length = {"day": 1, "week": 7, "half_month": 15}[unit]
        self.assertDeadline(start, start + number * length * DAY, number, unit, roll=False)

    @unhurried
    @given(starts, st.integers(1, 36))
    def test_property_months_keep_the_day_number(self, start, number):
        last = self.rule(number, "month", roll=False)._deadline(start)
        months = start.year * 12 + start.month - 1 + number
        self.assertEqual((last.year, last.month - 1), divmod(months, 12))
        self.assertEqual(last.day, min(start.day, monthrange(last.year, last.month)[1]))

    @unhurried
    @given(starts, numbers, st.sampled_from(["day", "week", "half_month", "month"]))
    def test_property_roll_moves_over_free_days_only(self, start, number, unit):
        plain = self.rule(number, unit, roll=False)._deadline(start)
        rolled = self.rule(number, unit)._deadline(start)
        self.assertTrue(self.works(rolled))
        self.assertGreaterEqual(rolled, plain)
        for offset in range((rolled - plain).days):
            self.assertFalse(self.works(plain + offset * DAY))

    @unhurried
    @given(starts, numbers)
    def test_property_working_days_between_are_the_number(self, start, number):
        last = self.rule(number, "working_day")._deadline(start)
        counted = [start + offset * DAY for offset in range(1, (last - start).days + 1)]
        self.assertEqual(sum(map(self.works, counted)), number)
        self.assertTrue(self.works(last))

    @unhurried
    @given(starts, starts, numbers, st.sampled_from(["day", "working_day", "month"]))
    def test_property_who_starts_later_never_ends_sooner(self, one, two, number, unit):
        rule = self.rule(number, unit)
        self.assertLessEqual(rule._deadline(min(one, two)), rule._deadline(max(one, two)))

    def test_statutory_holidays_are_loaded_and_edited_days_kept(self):
        self.calendar._load_years([2026])
        self.assertFalse(self.calendar._is_working_day(date(2026, 1, 1)))
        self.assertTrue(self.calendar._is_working_day(WORKDAYS[0]))
        before = self.calendar.search_count([])
        self.assertFalse(self.calendar._load_years([2026]))
        self.assertEqual(self.calendar.search_count([]), before)


@tagged("post_install", "-at_install")
class TestToday(TownshipCase):
    def today_at(self, moment):
        with freeze_time(moment):
            return self.env["township.calendar.day"]._today()

    def test_day_begins_at_midnight_in_china_on_a_server_of_utc(self):
        self.assertEqual(self.today_at("2026-11-22 15:59:59"), date(2026, 11, 22))
        self.assertEqual(self.today_at("2026-11-22 16:00:00"), date(2026, 11, 23))
        self.assertEqual(self.today_at("2026-12-31 16:00:00"), date(2027, 1, 1))

    def test_time_zone_is_a_setting(self):
        self.env["ir.config_parameter"].set_param("township_governance.timezone", "Asia/Urumqi")
        self.assertEqual(self.today_at("2026-11-22 17:59:59"), date(2026, 11, 22))
        self.assertEqual(self.today_at("2026-11-22 18:00:00"), date(2026, 11, 23))

    def test_time_zone_of_the_user_does_not_matter(self):
        self.officer.tz = "America/New_York"
        with freeze_time("2026-11-22 16:30:00"):
            calendar = self.env["township.calendar.day"].with_user(self.officer)
            self.assertEqual(calendar._today(), date(2026, 11, 23))

    def test_duty_becomes_overdue_at_midnight_in_china(self):
        with freeze_time("2026-11-15 04:00"):
            case = self.make_case()
            case.action_register()
        last = case.deadline_date
        self.assertEqual(last, date(2026, 11, 23))
        for moment, state in (
            ("2026-11-23 15:59:59", "due_soon"),
            ("2026-11-23 16:00:00", "overdue"),
        ):
            with freeze_time(moment):
                case.invalidate_recordset()
                self.assertEqual(case.deadline_state, state)
                found = case.search([("id", "=", case.id), ("deadline_state", "=", state)])
                self.assertEqual(found, case)


class DutyCase(CalendarCase):
    """A throw-away model with a deadline of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()

        class Duty(models.Model):
            _name = "township.test.duty"
            _description = "Duty"
            _inherit = ["township.deadline.mixin", "mail.thread", "mail.activity.mixin"]
            _module = None

            name = fields.Char()
            user_id = fields.Many2one("res.users")
            company_id = fields.Many2one("res.company")

        cls.duties = add_throwaway_model(cls, Duty)
        cls.week = cls.env["township.deadline.rule"].create(
            {"name": "Week", "code": "test_week", "number": 7, "remind_days": 2}
        )


TODAY = date(2026, 11, 18)


def days(number):
    return TODAY + number * DAY


# name, deadline, remind, done, suspended (days from today) -> state, overdue days
TABLE = [
    ("nothing", None, None, None, None, "none", 0),
    ("done without a deadline", None, None, 0, None, "none", 0),
    ("suspended without a deadline", None, None, None, -1, "none", 0),
    ("far", 10, 7, None, None, "running", 0),
    ("without reminder", 1, None, None, None, "running", 0),
    ("day before the reminder", 4, 1, None, None, "running", 0),
    ("first day of the reminder", 3, 0, None, None, "due_soon", 0),
    ("last day", 0, -3, None, None, "due_soon", 0),
    ("one day late", -1, -4, None, None, "overdue", 1),
    ("long late", -30, -33, None, None, "overdue", 30),
    ("late without reminder", -5, None, None, None, "overdue", 5),
    ("suspended in time", 3, 0, None, -1, "suspended", 0),
    ("suspended when late", -3, -6, None, -1, "suspended", 0),
    ("done early", 10, 7, -2, None, "met", 0),
    ("done on the last day", -2, -5, -2, None, "met", 0),
    ("done one day late", -3, -6, -2, None, "missed", 1),
    ("done long late", -30, -33, -5, None, "missed", 25),
]
STATES = ["none", "running", "due_soon", "overdue", "suspended", "met", "missed"]


@tagged("post_install", "-at_install")
class TestDeadlineState(DutyCase):
    """What is shown, what is searched and what SQL groups and sorts by are the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-11-18 04:00:00"))
        names = ["deadline_date", "deadline_remind_date", "deadline_done_date",
                 "deadline_suspended_date"]  # fmt: skip
        cls.rows = cls.duties.create(
            [
                {
                    "name": row[0],
                    **{
                        name: days(offset)
                        for name, offset in zip(names, row[1:5], strict=True)
                        if offset is not None
                    },
                }
                for row in TABLE
            ]
        )
        cls.states = {duty: row[5] for duty, row in zip(cls.rows, TABLE, strict=True)}
        cls.late = {duty: row[6] for duty, row in zip(cls.rows, TABLE, strict=True)}
        cls.env.flush_all()

    def found(self, *condition):
        """Found in SQL, and filtered in Python: both must say the same."""
        found = self.duties.search([condition])
        filtered = self.rows.filtered_domain([condition])
        self.assertEqual(set(found), set(filtered), f"search and filter of {condition}")
        return set(found)

    def having(self, *states):
        return {duty for duty, state in self.states.items() if state in states}

    def test_shown(self):
        self.rows.invalidate_recordset()
        for duty in self.rows:
            with self.subTest(duty.name):
                self.assertEqual(duty.deadline_state, self.states[duty])
                self.assertEqual(duty.overdue_days, self.late[duty])

    def test_searched_by_state(self):
        for state in STATES:
            others = [other for other in STATES if other != state]
            with self.subTest(state):
                self.assertEqual(self.found("deadline_state", "=", state), self.having(state))
                self.assertEqual(self.found("deadline_state", "in", [state]), self.having(state))
                self.assertEqual(self.found("deadline_state", "!=", state), self.having(*others))
                self.assertEqual(self.found("deadline_state", "not in", others), self.having(state))
                self.assertEqual(self.found("deadline_state", "in", others), self.having(*others))

    def test_searched_by_overdue_days(self):
        compare = {
            "=": lambda late, number: late == number,
            "!=": lambda late, number: late != number,
            "<": lambda late, number: late < number,
            "<=": lambda late, number: late <= number,
            ">": lambda late, number: late > number,
            ">=": lambda late, number: late >= number,
        }
        for operator, holds in compare.items():
            for number in (-1, 0, 1, 5, 25, 30, 31):
                with self.subTest(operator=operator, number=number):
                    expected = {duty for duty, late in self.late.items() if holds(late, number)}
                    self.assertEqual(self.found("overdue_days", operator, number), expected)
        self.assertEqual(
            self.found("overdue_days", "in", [1, 25]),
            {duty for duty, late in self.late.items() if late in (1, 25)},
        )
        self.assertEqual(
            self.found("overdue_days", "not in", [0]),
            {duty for duty, late in self.late.items() if late},
        )

    def test_grouped(self):
        groups = dict(self.duties._read_group([], ["deadline_state"], ["id:recordset"]))
        self.assertEqual(set(groups), set(STATES))
        for state, duties in groups.items():
            self.assertEqual(set(duties), self.having(state))
        for late, duties in self.duties._read_group([], ["overdue_days"], ["id:recordset"]):
            self.assertEqual({self.late[duty] for duty in duties}, {late})

    def test_grouped_by_the_web_client(self):
        groups = self.duties.formatted_read_group([], ["deadline_state"], ["__count"])
        counts = {group["deadline_state"]: group["__count"] for group in groups}
        self.assertEqual(counts, {state: len(self.having(state)) for state in STATES})
        for group in groups:
            found = self.duties.search(group["__extra_domain"])
            self.assertEqual(set(found), self.having(group["deadline_state"]))

    def test_sorted(self):
        by_days = self.duties.search([], order="overdue_days desc, id")
        self.assertEqual(
            list(by_days), sorted(self.rows, key=lambda duty: (-self.late[duty], duty.id))
        )
        by_state = self.duties.search([], order="deadline_state, id").mapped("deadline_state")
        self.assertEqual(by_state, sorted(by_state))

    def test_state_needs_no_scheduled_action(self):
        self.assertFalse(any(self.rows.mapped("overdue_flag_date")))
        with freeze_time("2027-06-01 04:00:00"):
            running = self.having("running", "due_soon", "overdue")
            self.rows.invalidate_recordset()
            self.assertEqual(self.found("deadline_state", "=", "overdue"), running)


@tagged("post_install", "-at_install")
class TestClockLife(DutyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-11-18 04:00:00"))

    def start(self, start, rule=None):
        duty = self.duties.create({"name": "duty"})
        duty._deadline_start(rule or self.week, start)
        return duty

    def flagged(self, start=date(2026, 11, 2)):
        duty = self.start(start)
        duty.write({"overdue_flag_date": TODAY, "escalation_level": 1})
        return duty

    def test_start_sets_date_and_reminder(self):
        duty = self.start(date(2026, 11, 12))
        self.assertEqual(duty.deadline_date, date(2026, 11, 19))
        self.assertEqual(duty.deadline_remind_date, date(2026, 11, 17))
        self.assertEqual(duty.deadline_state, "due_soon")

    def test_a_given_day_is_taken_as_it_is(self):
        """A Sunday an order names stays a Sunday; reminded by the rule, or by the settings."""
        self.env.company.township_remind_days = 5
        duty = self.flagged()
        duty.company_id = self.env.company
        duty._deadline_give(date(2026, 11, 22))
        self.assertEqual(duty.deadline_date, date(2026, 11, 22))
        self.assertEqual(duty.deadline_remind_date, date(2026, 11, 17))
        self.assertFalse(duty.overdue_flag_date)
        duty._deadline_give(date(2026, 11, 29), self.week)
        self.assertEqual(duty.deadline_remind_date, date(2026, 11, 27))

    def test_extension_clears_flag_and_level(self):
        duty = self.flagged()
        self.assertEqual(duty.deadline_state, "overdue")
        duty._deadline_extend(days(10))
        self.assertEqual(duty.deadline_date, days(10))
        self.assertEqual(duty.deadline_remind_date, days(8))
        self.assertFalse(duty.overdue_flag_date)
        self.assertEqual(duty.escalation_level, 0)
        self.assertEqual(duty.deadline_state, "running")
        self.assertEqual(duty.deadline_check_date, days(11), "judged again on the day after")

    def test_resumed_clock_moves_by_the_days_suspended(self):
        duty = self.start(date(2026, 11, 2))  # until 9 November
        duty._deadline_suspend(date(2026, 11, 4))
        self.assertEqual(duty.deadline_state, "suspended")
        self.assertFalse(duty.deadline_check_date, "a suspended clock is never flagged")
        duty._deadline_resume(date(2026, 11, 18))
        self.assertEqual(duty.deadline_date, date(2026, 11, 23))
        self.assertEqual(duty.deadline_remind_date, date(2026, 11, 21))
        self.assertEqual(duty.deadline_state, "running")

    def test_resumed_clock_ends_on_a_working_day(self):
        duty = self.start(date(2026, 11, 2))
        duty._deadline_suspend(date(2026, 11, 6))
        duty._deadline_resume(date(2026, 11, 11))  # 9 + 5 = Saturday the 14th
        self.assertEqual(duty.deadline_date, date(2026, 11, 16))

    def test_second_suspension_keeps_the_first_day(self):
        duty = self.start(date(2026, 11, 12))
        duty._deadline_suspend(date(2026, 11, 13))
        duty._deadline_suspend(date(2026, 11, 17))
        self.assertEqual(duty.deadline_suspended_date, date(2026, 11, 13))

    def test_end_stops_for_good(self):
        duty = self.start(date(2026, 11, 2))
        duty._deadline_stop(date(2026, 11, 9))
        self.assertEqual(duty.deadline_state, "met")
        duty._deadline_stop(date(2026, 11, 12))
        duty._deadline_suspend(date(2026, 11, 12))
        duty._deadline_resume(date(2026, 11, 14))
        duty._deadline_extend(days(30))
        self.assertEqual(duty.deadline_done_date, date(2026, 11, 9))
        self.assertEqual(duty.deadline_date, date(2026, 11, 9))
        self.assertFalse(duty.deadline_suspended_date)
        self.assertFalse(duty.deadline_check_date)

    def test_suspended_days_do_not_count_when_the_duty_ends_meanwhile(self):
        duty = self.start(date(2026, 11, 2))  # until 9 November
        duty._deadline_suspend(date(2026, 11, 5))
        duty._deadline_stop(date(2026, 11, 17))
        self.assertEqual(duty.deadline_state, "met")
        self.assertEqual(duty.overdue_days, 0)
        self.assertFalse(duty.deadline_suspended_date)

    def test_duty_late_before_its_suspension_stays_late(self):
        duty = self.start(date(2026, 11, 2))
        duty._deadline_suspend(date(2026, 11, 12))
        duty._deadline_stop(date(2026, 11, 17))
        self.assertEqual(duty.deadline_state, "missed")

    def test_batch_of_different_clocks(self):
        duties = self.start(date(2026, 11, 2)) + self.flagged() + self.start(date(2026, 11, 12))
        duties[2]._deadline_stop(date(2026, 11, 13))
        duties._deadline_extend(days(9))
        self.assertEqual(duties.mapped("deadline_state"), ["running", "running", "met"])

    def test_copy_starts_without_a_clock(self):
        copied = self.flagged().copy()
        self.assertEqual(copied.deadline_state, "none")
        self.assertFalse(copied.overdue_flag_date or copied.escalation_level)
