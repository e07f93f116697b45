from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import BaseCase, tagged

from ...tools.penal_term import (
    Length,
    end_after_custody,
    end_moved,
    end_of_term,
    last_of_month,
    total_months,
)
from .base import CorrectionCase

DAY = timedelta(days=1)
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
MONTHS = st.integers(1, 300)


def counted_by_walking(start, months):
    """Walk the calendar day by day over so many turns of the month; the term ends the day before
    the day that corresponds to its first.

    :return: ``date``
    """
    day = start
    for _month in range(months):
        day = last_of_month(day) + DAY  # the first of the next month
    to_month_end = start == last_of_month(start)
    month, found = day.month, day
    while day.month == month:
        found = day
        if day.day == start.day and not to_month_end:
            break
        day += DAY
    return found - DAY


class TestPenalTerm(BaseCase):
    """Terms counted by the calendar."""

    @given(DAYS, MONTHS)
    @settings(deadline=None)
    def test_months_end_where_walking_the_calendar_ends(self, start, months):
        self.assertEqual(
            end_of_term(start, Length(months=months)), counted_by_walking(start, months)
        )

    @given(DAYS, st.integers(1, 25))
    @settings(deadline=None)
    def test_years_end_the_day_before_the_same_day(self, start, years):
        end = end_of_term(start, Length(years=years))
        same = end + DAY
        self.assertEqual((same.year, same.month), (start.year + years, start.month))
        if (start.month, start.day) == (2, 29):
            self.assertEqual(same, last_of_month(same))
        else:
            self.assertEqual(same.day, start.day)

    @given(DAYS, st.integers(0, 5), st.integers(0, 11), st.integers(0, 30))
    def test_a_longer_term_never_ends_earlier(self, start, years, months, days):
        length = Length(years, months, days)
        longer = Length(years, months, days + 1)
        self.assertLess(end_of_term(start, length), end_of_term(start, longer))

    @given(DAYS, st.integers(1, 400), st.integers(0, 3))
    def test_custody_counts_day_by_day(self, end, days, ratio):
        walked = end
        for _day in range(days * ratio):
            walked -= DAY
        self.assertEqual(end_after_custody(end, days, ratio), walked)

    @given(DAYS, st.integers(1, 60))
    @settings(deadline=None)
    def test_a_reduction_moves_the_end_back_by_as_many_months(self, end, months):
        moved = end_moved(end, Length(months=months), -1)
        after, before = end + DAY, moved + DAY
        distance = (after.year - before.year) * 12 + after.month - before.month
        self.assertEqual(distance, months)

    @given(DAYS, st.integers(1, 60), st.sampled_from((1, -1)))
    def test_an_extension_is_later_and_a_reduction_earlier(self, end, months, sign):
        moved = end_moved(end, Length(months=months), sign)
        self.assertEqual(moved > end, sign > 0)

    def test_days_that_a_month_has_not(self):
        cases = (
            (date(2026, 1, 20), Length(years=1), date(2027, 1, 19)),
            (date(2024, 2, 29), Length(years=1), date(2025, 2, 27)),
            (date(2024, 2, 29), Length(years=4), date(2028, 2, 28)),
            (date(2026, 1, 31), Length(months=1), date(2026, 2, 27)),
            (date(2026, 8, 30), Length(months=6), date(2027, 2, 27)),
            (date(2026, 2, 28), Length(months=3), date(2026, 5, 30)),
            (date(2026, 12, 1), Length(months=1), date(2026, 12, 31)),
        )
        for start, length, end in cases:
            with self.subTest(start=start, length=length):
                self.assertEqual(end_of_term(start, length), end)

    def test_a_sum_of_lengths_is_in_years_and_months(self):
        lengths = [Length(1, 8, 10), Length(0, 7, 5)]
        self.assertEqual(total_months(lengths), Length(2, 3, 15))


@tagged("post_install", "-at_install")
class TestCorrectionTerm(CorrectionCase):
    """The term counted beside the notice, and its end as a clock."""

    def counted(self, **vals):
        subject = self.make_subject(**vals)
        return subject.term_start_counted, subject.term_end_counted

    def change(self, subject, **vals):
        """:return: a court's decision on the subject's term, not recorded yet"""
        return (
            self.env["township.correction.term.change"]
            .with_user(self.correction)
            .create(
                {
                    "subject_id": subject.id,
                    "decision_body": "槐荫市中级人民法院",
                    "decision_number": "（2026）刑更5号",
                    "decision_date": date(2026, 9, 1),
                    "decision_scan_ids": [Command.create({"name": "裁定书.pdf", "raw": b"%PDF"})],
                    **vals,
                }
            )
        )

    def test_public_surveillance_counts_each_day_in_custody_twice(self):
        start = date(2026, 3, 1)
        vals = {"category": "control", "penalty": "control", "sentence_months": 6}
        vals["effective_date"] = start
        self.assertEqual(self.counted(**vals), (start, date(2026, 8, 31)))
        self.assertEqual(self.counted(**vals, custody_days=20)[1], date(2026, 7, 22))

    def test_probation_counts_its_period_and_no_custody(self):
        vals = {"penalty": "prison", "sentence_months": 8, "period_years": 1}
        end = date(2027, 1, 19)
        self.assertEqual(self.counted(**vals), (date(2026, 1, 20), end))
        self.assertEqual(self.counted(**vals, custody_days=60)[1], end)

    def test_parole_lasts_for_the_rest_of_the_sentence(self):
        vals = {"category": "parole", "penalty": "prison", "sentence_years": 5}
        vals |= {"sentence_start": date(2022, 5, 10), "execution_date": date(2026, 2, 1)}
        self.assertEqual(self.counted(**vals), (date(2026, 2, 1), date(2027, 5, 9)))
        self.assertEqual(self.counted(**vals, custody_days=9)[1], date(2027, 4, 30))

    def test_parole_from_life_lasts_ten_years(self):
        vals = {"category": "parole", "penalty": "life", "effective_date": date(2024, 2, 29)}
        self.assertEqual(self.counted(**vals)[1], date(2034, 2, 27))

    def test_outside_prison_the_sentence_goes_on(self):
        vals = {"category": "medical", "penalty": "prison", "sentence_years": 3}
        vals["sentence_start"] = date(2024, 8, 31)
        self.assertEqual(self.counted(**vals)[1], date(2027, 8, 30))

    def test_nothing_is_counted_from_what_is_not_known(self):
        self.assertEqual(self.counted(), (False, False))

    def test_a_townships_own_rule_counts_before_the_shared_one(self):
        self.env["township.correction.term.rule"].with_user(self.correction).create(
            {"category": "control", "counted": "sentence", "custody_ratio": 1}
        )
        vals = {"category": "control", "penalty": "control", "sentence_months": 6}
        vals |= {"effective_date": date(2026, 3, 1), "custody_days": 20}
        self.assertEqual(self.counted(**vals)[1], date(2026, 8, 11))

    def test_a_difference_is_shown_with_both_and_the_notice_governs(self):
        subject = self.make_subject(penalty="prison", sentence_months=8, period_months=18)
        self.assertIn("2027-07-19", subject.reception_notices)
        self.assertIn("2027-01-19", subject.reception_notices)
        self.in_correction(subject)
        self.assertEqual(subject.term_end, date(2027, 1, 19))

    def test_what_agrees_raises_no_notice(self):
        subject = self.make_subject(penalty="prison", sentence_months=8, period_years=1)
        self.assertFalse(subject._term_notices())

    def test_a_period_below_the_sentence_or_the_law_is_shown(self):
        for sentence, period in ((30, 24), (6, 10), (6, 72)):
            with self.subTest(sentence=sentence, period=period):
                subject = self.make_subject(
                    penalty="prison", sentence_months=sentence, period_months=period
                )
                self.assertTrue(subject._length_notices(subject._term_rules()[subject]))

    def test_joined_sentences_lie_between_the_longest_and_their_sum(self):
        rows = [
            Command.create({"offence": "盗窃罪", "penalty": "prison", "months": months})
            for months in (8, 10)
        ]
        subject = self.make_subject(penalty="prison", sentence_ids=rows, period_years=2)
        for months, fits in ((9, False), (10, True), (14, True), (18, True), (19, False)):
            subject.sentence_months = months
            with self.subTest(months=months):
                self.assertEqual(not subject._joined_notices(), fits)

    def test_the_end_of_the_term_is_a_clock_that_does_not_roll(self):
        end = date(2027, 10, 1)  # a holiday
        subject = self.in_correction(term_end=end)
        clock = subject._term_clock()
        self.assertEqual(len(clock), 1)
        self.assertEqual(clock.deadline_date, end)
        self.assertEqual(clock.deadline_remind_date, end - timedelta(days=30))
        self.assertFalse(clock.deadline_done_date)

    def test_the_clock_survives_a_refresh_of_the_others(self):
        subject = self.in_correction()
        subject._refresh_clocks()
        self.assertEqual(subject._term_clock().deadline_date, subject.term_end)

    def test_a_remission_moves_the_end_and_its_clock(self):
        subject = self.in_correction()
        change = self.change(subject, months=2, term_end_after=date(2026, 11, 19))
        self.assertEqual(change.term_end_counted, date(2026, 11, 19))
        self.assertEqual(subject.term_end, date(2027, 1, 19))
        change.action_record()
        self.assertEqual(subject.term_end, date(2026, 11, 19))
        self.assertEqual(subject._term_clock().deadline_date, date(2026, 11, 19))
        self.assertEqual(change.term_end_before, date(2027, 1, 19))
        self.assertEqual(change.term_end_counted, date(2026, 11, 19))

    def test_the_counted_term_follows_recorded_changes(self):
        subject = self.in_correction(penalty="prison", sentence_months=8, period_years=1)
        self.change(subject, months=2, term_end_after=date(2026, 11, 19)).action_record()
        self.assertEqual(subject.term_end_counted, date(2026, 11, 19))
        extension = self.change(subject, kind="extension", term_end_after=date(2027, 2, 3))
        extension.action_record()
        self.assertEqual(subject.term_end_counted, date(2027, 2, 3))
        self.assertFalse(subject._term_notices())

    def test_a_change_needs_the_courts_whole_decision(self):
        subject = self.in_correction()
        for missing in ("decision_number", "decision_scan_ids", "term_end_after"):
            change = self.change(subject, term_end_after=date(2026, 11, 19))
            change[missing] = False
            with self.subTest(missing), self.assertRaises(UserError):
                change.action_record()
        self.assertEqual(subject.term_end, date(2027, 1, 19))

    def test_a_recorded_change_stays_and_is_not_recorded_twice(self):
        change = self.change(self.in_correction(), term_end_after=date(2026, 11, 19))
        change.action_record()
        with self.assertRaises(UserError):
            change.action_record()
        with self.assertRaises(UserError):
            change.term_end_after = date(2028, 1, 1)
        with self.assertRaises(UserError):
            change.unlink()

    def test_a_remission_does_not_lengthen(self):
        with self.assertRaises(ValidationError):
            self.change(self.in_correction(), term_end_after=date(2028, 1, 1))

    def test_the_end_of_the_term_is_flagged_the_day_after(self):
        yesterday = self.today - timedelta(days=1)
        subject = self.in_correction(term_end=yesterday)
        self.assertEqual(subject._term_clock().deadline_state, "overdue")
        self.assertEqual(subject.state, "in_correction")
