import ast
from datetime import date, timedelta
from random import Random
from unittest.mock import patch

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import SQL

from ...models.common.deadline_flag import BATCH_SIZE, DUE_ORDER
from ...models.correction.correction_subject_checkin import BATCH_SIZE as PLAN_SIZE
from ...tools.frequency import occurrences
from .base import CorrectionCase

TODAY = date(2026, 11, 18)
HORIZON = date(2026, 12, 31)
UNITS = ("day", "week", "half_month", "month", "year")


def count_day_by_day(anchor, number, unit, first, last):
    """The same by walking through every day: what a person with a calendar does."""
    found, day, passed, months = [], anchor, 0, 0
    while day < last:
        day += timedelta(days=1)
        passed += 1
        if unit in ("month", "year"):
            month_end = (day + timedelta(days=1)).month != day.month
            hit = day.day == anchor.day or (month_end and day.day < anchor.day)
            months += hit
            due = hit and months % (number * (12 if unit == "year" else 1)) == 0
        else:
            due = passed % (number * {"day": 1, "week": 7, "half_month": 15}[unit]) == 0
        if due and day >= first:
            found.append(day)
    return found


@tagged("post_install", "-at_install")
class TestFrequency(CorrectionCase):
    def test_any_frequency_is_what_counting_day_by_day_gives(self):
        random = Random(7)
        compared = 0
        for _run in range(400):
            anchor = date(2024, 1, 1) + timedelta(days=random.randrange(800))
            first = anchor + timedelta(days=random.randrange(1, 400))
            last = first + timedelta(days=random.randrange(-5, 400))
            number = random.randrange(1, 8)
            unit = random.choice(UNITS)
            given = (anchor, number, unit, first, last)
            with self.subTest(given):
                days = occurrences(*given)
                self.assertEqual(days, count_day_by_day(*given))
                compared += len(days)
        self.assertGreater(compared, 1000)

    def test_nothing_recurs_without_a_length(self):
        self.assertEqual(occurrences(TODAY, 0, "week", TODAY, HORIZON), [])


@tagged("post_install", "-at_install")
class TestCorrectionCheckin(CorrectionCase):
    """What a subject and the office owe each other from month to month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-11-18 04:00:00"))
        cls.Checkin = cls.env["township.correction.checkin"].with_user(cls.correction)
        cls.report_rule = cls.env.ref("township_governance.rule_correction_checkin_report")

    def checkins(self, subject, kind="in_person"):
        """:return: check-ins of one way, by date"""
        domain = [("subject_id", "=", subject.id), ("kind", "=", kind)]
        return subject.env["township.correction.checkin"].search(domain)

    def days(self, subject, kind="in_person"):
        return self.checkins(subject, kind).mapped("planned_date")

    def due(self, **vals):
        """:return: one check-in planned for today, of a subject in correction"""
        subject = self.in_correction()
        return self.Checkin.create({"subject_id": subject.id, "planned_date": TODAY, **vals})

    def run_cron(self, batch_size=PLAN_SIZE):
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", return_value=1.0) as progress:
            self.env["township.correction.subject"]._cron_plan_checkins(batch_size)
        return progress.call_count

    # ------------------------------------------------------------------
    # Planning
    # ------------------------------------------------------------------

    def test_the_announcement_plans_to_the_end_of_the_coming_month(self):
        subject = self.in_correction()
        self.assertEqual(self.days(subject), [date(2026, 11, 28), date(2026, 12, 28)])
        self.assertEqual(subject.checkin_until, HORIZON)
        self.assertFalse(self.days(subject, "health_report"))

    def test_nothing_is_planned_outside_the_term_or_in_the_past(self):
        self.report_rule.write({"number": 1, "unit": "week"})
        subject = self.in_correction(term_end=date(2026, 12, 5))
        days = self.days(subject)
        self.assertTrue(days)
        self.assertGreaterEqual(min(days), TODAY)
        self.assertLessEqual(max(days), date(2026, 12, 5))

    def test_who_serves_outside_prison_hands_in_health_reports(self):
        subject = self.in_correction(category="medical", announced_date=date(2026, 9, 30))
        self.assertEqual(
            self.days(subject, "health_report"), [date(2026, 11, 30), date(2026, 12, 30)]
        )
        self.assertEqual(self.days(subject, "medical_recheck"), [date(2026, 12, 30)])
        subject.recheck_due = False
        self.assertFalse(self.days(subject, "medical_recheck"))
        self.assertTrue(self.days(subject, "health_report"))

    def test_a_second_run_plans_nothing_and_a_moved_day_is_not_planned_again(self):
        subject = self.in_correction()
        self.run_cron()
        before = self.checkins(subject)
        before[0].planned_date = date(2026, 11, 30)
        self.run_cron()
        self.assertEqual(self.checkins(subject), before)

    def test_the_next_month_brings_its_own(self):
        subject = self.in_correction(term_end=date(2027, 6, 30))
        with freeze_time("2026-12-02 04:00:00"):
            self.run_cron()
        self.assertEqual(max(self.days(subject)), date(2027, 1, 28))
        self.assertEqual(subject.checkin_until, date(2027, 1, 31))

    def test_what_was_booked_ahead_by_hand_is_not_planned_again(self):
        subject = self.in_correction(term_end=date(2027, 6, 30))
        day = date(2027, 1, 28)
        booked = self.Checkin.create({"subject_id": subject.id, "planned_date": day})
        with freeze_time("2026-12-02 04:00:00"):
            self.run_cron()
        self.assertEqual(self.checkins(subject)[-1], booked)
        self.assertEqual(self.days(subject).count(day), 1)
        self.assertEqual(subject.checkin_until, date(2027, 1, 31))

    def test_any_frequency_term_and_month_is_planned_once_and_within_the_term(self):
        """Night after night through months, the plan is what a calendar says."""
        random = Random(11)
        for _run in range(12):
            number, unit = random.randrange(1, 5), random.choice(UNITS)
            self.report_rule.write({"number": number, "unit": unit})
            announced = date(2026, 1, 28) + timedelta(days=random.randrange(290))
            term_end = TODAY + timedelta(days=random.randrange(1, 200))
            subject = self.in_correction(announced_date=announced, term_end=term_end)
            for night in sorted(random.sample(range(1, 120), 5)):
                with freeze_time(TODAY + timedelta(days=night, hours=4)):
                    self.run_cron()
                    horizon = subject._checkin_horizon()
            days = self.days(subject)
            last = min(term_end, horizon)
            with self.subTest(number=number, unit=unit, announced=announced, term_end=term_end):
                self.assertEqual(days, count_day_by_day(announced, number, unit, TODAY, last))
                self.assertEqual(len(days), len(set(days)))
            self.Checkin.sudo().search([("subject_id", "=", subject.id)]).unlink()

    def test_a_run_goes_on_batch_by_batch_and_one_poisoned_subject_stops_nobody(self):
        subjects = self.in_correction() + self.in_correction() + self.in_correction()
        self.env["township.correction.checkin"].search([]).unlink()
        subjects.sudo().checkin_until = False
        original = type(subjects)._checkin_days

        def poisoned(subject, *args):
            if subject == subjects[1]:
                raise ValueError("poisoned")
            return original(subject, *args)

        with patch.object(type(subjects), "_checkin_days", poisoned), self.assertLogs() as logs:
            self.assertGreaterEqual(self.run_cron(batch_size=2), 2)
        self.assertIn("could not be planned", "".join(logs.output))
        self.assertTrue(self.days(subjects[0]))
        self.assertFalse(self.days(subjects[1]))
        self.assertTrue(self.days(subjects[2]))
        self.run_cron()
        self.assertEqual(self.days(subjects[1]), self.days(subjects[0]))

    def test_a_changed_term_plans_anew_what_is_still_to_come(self):
        subject = self.in_correction()
        booked = self.Checkin.create(
            {"subject_id": subject.id, "planned_date": date(2026, 12, 3), "kind": "phone"}
        )
        self.change_term(subject, date(2026, 12, 10))
        self.assertEqual(self.days(subject), [date(2026, 11, 28)])
        self.assertTrue(booked.exists())
        self.change_term(subject, date(2026, 12, 1))
        self.assertFalse(booked.exists())
        self.change_term(subject, date(2027, 6, 30))
        self.assertEqual(self.days(subject), [date(2026, 11, 28), date(2026, 12, 28)])

    def test_a_level_says_how_often_and_a_change_of_it_plans_anew(self):
        subject = self.in_correction()
        level = self.env["township.correction.level"].create(
            {
                "name": "每周报告",
                "code": "test_weekly",
                "company_id": self.company.id,
                "report_number": 1,
                "report_unit": "week",
                "visit_number": 0,
                "visit_unit": "month",
            }
        )
        self.env["township.correction.level.change"].with_user(self.correction).create(
            {"subject_id": subject.id, "level_id": level.id, "date": TODAY, "reason": "Facts"}
        )
        days = self.days(subject)
        # what a new class asks for falls on the day after it at the earliest
        tomorrow = TODAY + timedelta(days=1)
        self.assertEqual(days, occurrences(subject.announced_date, 1, "week", tomorrow, HORIZON))
        self.assertFalse(self.days(subject, "visit"))

    def test_the_end_takes_away_what_is_to_come_and_stops_what_was_not_recorded(self):
        subject = self.in_correction()
        undone = self.Checkin.create(
            {"subject_id": subject.id, "planned_date": TODAY, "kind": "phone"}
        )
        self.terminate(subject)
        self.assertFalse(self.days(subject))
        self.assertTrue(undone.deadline_done_date)
        self.assertFalse(undone.is_due)

    def test_twice_as_many_subjects_cost_the_same_queries(self):
        Subject = self.env["township.correction.subject"]
        counted = []
        for number in (100, 200):
            vals = self.subject_vals()
            subjects = Subject.create([vals] * number)
            subjects.sudo()._entering().write({"state": "in_correction"})
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            made = subjects._plan_checkins(HORIZON)
            self.env.flush_all()
            counted.append(self.env.cr.sql_log_count - before)
            self.assertGreaterEqual(len(made), 2 * number)
        self.assertLessEqual(counted[1], counted[0] + 4)

    # ------------------------------------------------------------------
    # Morning
    # ------------------------------------------------------------------

    def test_one_tap_records_and_books_the_one_planned_next(self):
        checkin = self.due()
        booked = checkin.action_complied()
        self.assertEqual(checkin.outcome, "complied")
        self.assertEqual(booked.planned_date, date(2026, 11, 28))
        self.assertEqual(len(self.checkins(checkin.subject_id)), 3)

    def test_without_a_planned_one_the_level_says_the_next_day(self):
        checkin = self.due()
        (self.checkins(checkin.subject_id) - checkin).sudo().unlink()
        self.assertEqual(checkin.action_not_complied().planned_date, date(2026, 11, 28))

    def test_a_way_outside_the_plan_books_nothing_by_itself(self):
        self.assertFalse(self.due(kind="phone").action_complied())

    def test_the_dialogue_presets_the_next_day_and_asks_for_the_reason(self):
        checkin = self.due()
        action = checkin.action_excused()
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.correction)
            .with_context(**action["context"])
        )
        self.assertEqual(form.next_date, date(2026, 11, 28))
        with self.assertRaises(AssertionError):
            form.save()
        form.absence_reason = "Harvest"
        form.save().action_confirm()
        self.assertEqual(checkin.outcome, "acceptable_absence")
        with self.assertRaises(UserError):
            checkin.action_complied()

    def test_the_missed_ones_show_the_same_morning(self):
        missed = self.due()
        with freeze_time("2026-11-19 04:00:00"):
            self.Checkin.create({"subject_id": missed.subject_id.id, "planned_date": "2026-11-19"})
            home = self.env["township.home"].with_user(self.correction).get_home()
            tiles = {tile["key"]: tile["count"] for tile in home["tiles"]}
            self.assertEqual(tiles["report_missed"], 1)
            self.assertEqual(tiles["report_today"], 1)
            shown = {row["deadline"] for row in home["rows"] if row["model"] == missed._name}
            self.assertLessEqual(max(shown), date(2026, 11, 22))
            self.assertEqual(
                self.Checkin.search([("is_due", "=", True), ("planned_date", "<", "2026-11-19")]),
                missed,
            )

    def test_the_list_opens_with_what_is_due_of_those_one_handles(self):
        """Filters of one group would be added, not narrowed."""
        action = self.env.ref("township_governance.township_correction_checkin_action")
        view = self.env.ref("township_governance.township_correction_checkin_view_search")
        groups, names = [set()], []
        for node in etree.fromstring(view.get_combined_arch()):
            if node.tag == "separator":
                groups.append(set())
            elif node.tag == "filter":
                groups[-1].add(node.get("name"))
        for key in ast.literal_eval(action.context):
            names.append(key.removeprefix("search_default_"))
        self.assertEqual(set(names), {"due", "mine"})
        self.assertFalse([group for group in groups if group >= set(names)])
        self.assertTrue(set(names) <= set().union(*groups))

    def test_a_missed_one_gives_one_activity_and_names_nobody(self):
        missed = self.due()
        subject = missed.subject_id
        with freeze_time("2026-11-19 04:00:00"):
            self.flag_deadlines()
            self.flag_deadlines()
        self.assertEqual(len(subject.activity_ids), 1)
        self.assertEqual(subject.activity_ids.user_id, self.correction)
        self.assertNotIn(subject.name, subject.message_ids[0].body)

    def test_the_search_is_the_compute(self):
        checkins = self.due() + self.due(planned_date=date(2026, 11, 20)) + self.due()
        checkins[2].action_complied()
        for value in (True, False):
            found = self.Checkin.search([("id", "in", checkins.ids), ("is_due", "=", value)])
            self.assertEqual(found, checkins.filtered(lambda row, v=value: row.is_due == v))

    def test_only_the_minors_officer_sees_the_check_ins_of_a_minor(self):
        subject = self.in_correction(self.make_minor())
        rows = self.checkins(subject)
        self.assertTrue(rows)
        self.assertNotIn(subject.name, rows[0].display_name)
        self.assertFalse(self.checkins(subject.with_user(self.correction)))
        for user in (self.correction, self.officer, self.director):
            with self.assertRaises(AccessError):
                rows.with_user(user).action_record("complied")


@tagged("post_install", "-at_install")
class TestCheckinPlans(CorrectionCase):
    """With 100,000 check-ins PostgreSQL answers what is asked every day from an index."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        vals = [cls.subject_vals() for _number in range(500)]
        cls.subjects = cls.env["township.correction.subject"].create(vals)
        cls.subjects._entering().write({"state": "in_correction", "checkin_until": HORIZON})
        cls.env.flush_all()
        cls.env.cr.execute(
            """
            INSERT INTO township_correction_checkin (
                subject_id, company_id, kind, planned_date, outcome, deadline_date,
                deadline_done_date, deadline_check_date)
            SELECT id, company_id, 'in_person', %(today)s::date + day,
                CASE WHEN day < 0 THEN 'complied' ELSE 'not_recorded' END,
                %(today)s::date + day,
                CASE WHEN day < 0 THEN %(today)s::date END,
                CASE WHEN day >= 0 THEN %(today)s::date + day + 1 END
              FROM township_correction_subject, generate_series(-190, 9) AS day
             WHERE id = ANY(%(subjects)s)
            """,
            {"today": cls.today, "subjects": cls.subjects.ids},
        )
        cls.env.cr.execute("ANALYZE township_correction_checkin, township_correction_subject")

    def tables_read_whole(self, model, domain, **options):
        """:return: ``set`` of the room's tables that PostgreSQL reads from end to end"""
        query = model._search(domain, **options)
        explain = SQL("EXPLAIN (FORMAT JSON) %s", query.select())
        nodes, scanned = [self.env.execute_query(explain)[0][0][0]["Plan"]], set()
        while nodes:
            node = nodes.pop()
            nodes += node.get("Plans", [])
            if node["Node Type"] == "Seq Scan":
                scanned.add(node["Relation Name"])
        return scanned

    def assertByIndex(self, model, domain, **options):
        scanned = self.tables_read_whole(model, domain, **options)
        self.assertNotIn("township_correction_checkin", scanned)

    def test_the_morning_list_and_the_tiles(self):
        checkins = self.env["township.correction.checkin"].with_user(self.correction)
        mine = [("subject_id.user_id", "in", (self.correction.id, False))]
        for domain in (
            [("is_due", "=", True)],
            [("is_due", "=", True), *mine],
            *checkins._home_tile_domains().values(),
        ):
            with self.subTest(domain):
                self.assertByIndex(checkins, domain, limit=80)

    def test_the_home_screen(self):
        home = self.env["township.home"].with_user(self.correction)
        checkins = home.env["township.correction.checkin"]
        for tile in home._home_tiles():
            domain = home._tile_domain(checkins, tile, "mine")
            if domain is not None:
                with self.subTest(tile.key):
                    self.assertByIndex(checkins, domain, limit=1000)
        domain = home._list_domain(checkins, "mine", None)
        self.assertByIndex(checkins, domain, limit=41, order="deadline_date, id")

    def test_the_rows_of_a_subject_and_what_is_planned_already(self):
        checkins = self.env["township.correction.checkin"].sudo()
        one = [("subject_id", "in", self.subjects[:1].ids)]
        many = [("subject_id", "in", self.subjects[:20].ids), ("planned_date", ">=", self.today)]
        for domain in (one, many):
            with self.subTest(domain):
                self.assertByIndex(checkins, domain, order="id")

    def test_the_run_on_deadlines(self):
        checkins = self.env["township.correction.checkin"].sudo()
        domain = self.env["township.deadline.flag"]._due_domain(checkins, self.today)
        for limit in (1, BATCH_SIZE):
            self.assertByIndex(checkins, domain, limit=limit, order=DUE_ORDER)

    def test_the_subjects_to_be_planned(self):
        subjects = self.env["township.correction.subject"].sudo()
        for unplanned in (("checkin_until", "=", False), ("checkin_until", "<", HORIZON)):
            scanned = self.tables_read_whole(
                subjects,
                [("state", "=", "in_correction"), unplanned],
                limit=PLAN_SIZE,
                order="checkin_until, id",
            )
            self.assertFalse(scanned)

    def test_a_question_without_an_index_reads_the_table(self):
        """Else the tests above could not fail."""
        checkins = self.env["township.correction.checkin"].sudo()
        scanned = self.tables_read_whole(checkins, [("place", "=", "x")], order="place")
        self.assertIn("township_correction_checkin", scanned)
