from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .base import CorrectionCase

FIRST = date(2026, 1, 1)
DAYS = st.integers(min_value=0, max_value=500).map(lambda days: FIRST + timedelta(days=days))


@tagged("post_install", "-at_install")
class TestCorrectionStatistics(CorrectionCase):
    """Each figure equals the records behind it, and small ones stay in the room."""

    def table(self, user=None, **vals):
        table = (
            self.env["township.correction.statistics"]
            .with_user(user or self.correction)
            .create({"company_id": self.company.id, "date_from": date(2026, 3, 15), **vals})
        )
        table.action_count()
        return table

    def line(self, table, figure):
        return table.line_ids.filtered(lambda line: line.figure == figure)

    def subjects(self, number, **vals):
        subjects = self.Subject.create(
            [self.subject_vals(name=f"甲{index}", **vals) for index in range(number)]
        )
        subjects.sudo()._enter_state("in_correction")
        return subjects

    def test_the_period_is_the_month_quarter_or_year_of_the_day(self):
        for period, first, last in (
            ("month", date(2026, 3, 1), date(2026, 3, 31)),
            ("quarter", date(2026, 1, 1), date(2026, 3, 31)),
            ("year", date(2026, 1, 1), date(2026, 12, 31)),
        ):
            with self.subTest(period):
                table = self.table(period=period)
                self.assertEqual((table._first_day(), table.date_to), (first, last))

    def test_every_figure_opens_exactly_its_records(self):
        self.subjects(3, category="control", reported_date=date(2026, 3, 5))
        self.subjects(2, category="parole", reported_date=date(2026, 1, 5))
        ended = self.subjects(1, reported_date=date(2025, 1, 5))
        ended.sudo()._entering().write({"state": "released", "ended_date": date(2026, 3, 9)})
        table = self.table()
        self.assertTrue(any(table.line_ids.mapped("total")))
        for line in table.line_ids:
            with self.subTest(line.figure):
                action = line.action_open()
                found = self.env[action["res_model"]].with_user(self.correction)
                self.assertEqual(found.search_count(action["domain"]), line.total)
        self.assertEqual(self.line(table, "correction_new").control, 3)
        self.assertEqual(self.line(table, "correction_stock").parole, 2)
        self.assertEqual(self.line(table, "correction_released").total, 1)

    def test_who_is_in_correction_equals_counting_person_by_person(self):
        spans = st.tuples(DAYS, st.none() | st.integers(min_value=0, max_value=300))

        subjects = self.subjects(6).ids
        self.env.flush_all()

        @settings(max_examples=15, deadline=None)
        @given(st.lists(spans, min_size=6, max_size=6), DAYS)
        def check(persons, day):
            dates = [
                (begin, begin + timedelta(days=length) if length is not None else None)
                for begin, length in persons
            ]
            for subject, (begin, end) in zip(subjects, dates, strict=True):
                self.env.cr.execute(
                    "UPDATE township_correction_subject"
                    " SET reported_date = %s, ended_date = %s, state = %s WHERE id = %s",
                    [begin, end, "released" if end else "in_correction", subject],
                )
            self.env.invalidate_all()
            table = self.table(date_from=day)
            last = table.date_to
            expected = sum(begin <= last and (not end or end > last) for begin, end in dates)
            self.assertEqual(self.line(table, "correction_stock").total, expected)

        check()

    def test_nothing_below_the_limit_is_handed_out_nor_can_be_subtracted(self):
        self.subjects(6, category="probation")
        self.subjects(2, category="control")
        table = self.table(withheld=True, period="year")
        report = self.env["report.township_governance.report_correction_statistics"]
        paper = report.with_user(self.correction)._paper(table)
        stock = dict(paper["rows"])["期末在矫"]
        self.assertEqual(stock, ["※", "※", "※", "※", "8"])
        shown = {cell for _words, cells in paper["rows"] for cell in cells}
        shown |= {cell for row in paper["aid"] for cell in row[1:3]}
        small = {str(number) for number in range(self.company.township_small_count)}
        self.assertFalse(shown & small)

    def test_the_same_table_inside_the_room_shows_all(self):
        self.subjects(2, category="control")
        table = self.table(period="year")
        report = self.env["report.township_governance.report_correction_statistics"]
        paper = report.with_user(self.correction)._paper(table)
        self.assertEqual(dict(paper["rows"])["期末在矫"], ["2", "0", "0", "0", "2"])

    def test_nobody_outside_the_room_counts(self):
        for user in (self.reporter, self.officer, self.director, self.supervisor, self.auditor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.table(user)

    def test_minors_are_counted_by_their_officer(self):
        minor = self.make_minor()
        minor.sudo()._enter_state("in_correction")
        stock = "correction_stock"
        self.assertEqual(self.line(self.table(period="year"), stock).total, 0)
        table = self.table(self.minor_officer, period="year")
        self.assertEqual(self.line(table, stock).total, 1)

    def test_sealed_files_that_ended_stay_in_the_figures_of_the_minors_officer(self):
        minors = self.make_minor() + self.make_minor()
        ended = {"state": "released", "ended_date": date(2026, 3, 9)}
        for minor in minors.sudo():
            minor._entering().write({"reported_date": date(2026, 1, 5), **ended})
        minors[0].sudo()._seal()
        other = self._make_user("correction_minor", "correction_minor_2")
        table = self.table(other)
        line = self.line(table, "correction_released")
        self.assertEqual(line.total, 2)
        action = line.action_open()
        found = self.env[action["res_model"]].with_user(other).search(action["domain"])
        self.assertEqual(found, minors[1])
        self.assertIn("1", action["name"])
        self.assertEqual(self.line(self.table(), "correction_released").total, 0)

    def test_nobody_counts_in_another_township(self):
        other = self.env["res.company"].create({"name": "Other Township"})
        Table = self.env["township.correction.statistics"].with_user(self.minor_officer)
        with self.assertRaises(AccessError):
            Table.create({"company_id": other.id}).action_count()

    def test_a_forged_figure_opens_nothing(self):
        line = self.table().line_ids[0]
        line.sudo().figure = "company_id"
        with self.assertRaises(UserError):
            line.action_open()

    def test_no_figure_of_the_room_may_feed_a_letter(self):
        for name in ("township.correction.subject", "township.aftercare"):
            for key, metric in self.env[name]._get_metrics().items():
                with self.subTest(f"{name}:{key}"):
                    self.assertFalse(metric.assessable)

    def test_the_register_lists_whom_it_is_asked_for(self):
        subjects = self.subjects(2)
        report = self.env["report.township_governance.report_correction_register"]
        values = report.with_user(self.correction)._get_report_values(subjects.ids)
        self.assertEqual(
            [row[2] for sheet in values["papers"][0]["sheets"] for row in sheet],
            subjects.mapped("name"),
        )
