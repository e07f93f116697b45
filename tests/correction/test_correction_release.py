from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .base import CorrectionCase

# The term of the base's subject ends on this day.
END = date(2027, 1, 19)


class ReleaseCase(CorrectionCase):
    """Subjects near the end of their term."""

    def on(self, day):
        """Freeze today on that day, at noon here."""
        frozen = freeze_time(f"{day} 04:00:00")
        frozen.start()
        self.addCleanup(frozen.stop)

    def prepare(self):
        """Run the scheduled action without its commits."""
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", return_value=1.0):
            self.env["township.correction.subject"]._cron_prepare_release()

    def scan(self, name="paper.pdf"):
        return [(0, 0, {"name": name, "raw": b"%PDF-1.4 scan"})]

    def prepared(self, day=END, **vals):
        """:return: the release of a new subject, on that day"""
        self.on(day)
        subject = self.in_correction(**vals)
        self.prepare()
        return subject.release_ids

    def decide(self, release, day=None):
        release.write(
            {
                "decision_number": "槐社矫〔2027〕3号",
                "decision_date": day or END - timedelta(days=5),
                "decision_scan_ids": self.scan(),
            }
        )
        release.action_decide()

    def announce(self, release, day=END):
        release.announced_date = day
        release.action_announce()

    def certify(self, release, day=END):
        release.write(
            {
                "certificate_number": "槐解矫〔2027〕3号",
                "certificate_date": day,
                "certificate_scan_ids": self.scan(),
            }
        )
        release.action_prepare_deliveries()
        release.delivery_ids.date_served = day

    def release(self, release, day=END):
        self.decide(release)
        self.announce(release, day)
        self.certify(release, day)
        release.action_release()


@tagged("post_install", "-at_install")
class TestCorrectionRelease(ReleaseCase):
    """The last thirty days and the day itself: nothing here prolongs a restriction of liberty."""

    def test_the_preparation_begins_thirty_days_before_the_end_once(self):
        self.on(END - timedelta(days=31))
        subject = self.in_correction()
        self.prepare()
        self.assertFalse(subject.release_ids)
        self.on(END - timedelta(days=30))
        self.prepare()
        self.prepare()
        self.assertEqual(len(subject.release_ids), 1)
        self.assertEqual(subject.release_ids.deadline_date, END)

    def test_the_preparation_takes_the_same_queries_for_many(self):
        def count(number):
            for _index in range(number):
                self.in_correction()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.prepare()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        self.on(END - timedelta(days=10))
        count(1)
        few, many = count(2), count(20)
        self.assertLessEqual(many, few + 5)

    def test_a_term_that_ends_on_a_holiday_does_not_roll(self):
        sunday = date(2027, 1, 17)
        release = self.prepared(sunday, term_end=sunday)
        self.assertEqual(release.deadline_date, sunday)
        self.assertEqual(sunday.weekday(), 6)

    def test_a_term_changed_by_a_court_moves_the_day(self):
        release = self.prepared(END - timedelta(days=20))
        self.change_term(release.subject_id, date(2027, 1, 10))
        self.assertEqual(release.deadline_date, date(2027, 1, 10))
        self.change_term(release.subject_id, date(2027, 2, 28))
        self.assertEqual(release.deadline_date, date(2027, 2, 28))

    def test_the_way_of_a_release_on_the_day(self):
        release = self.prepared()
        release.write(
            {
                "appraisal": "遵守规定",
                "appraisal_by": "赵明",
                "appraisal_date": END,
                "wish": "yes",
            }
        )
        release.action_appraise()
        self.release(release)
        subject = release.subject_id
        self.assertEqual((subject.state, release.state), ("released", "released"))
        self.assertEqual(subject.ended_date, END)
        self.assertEqual(release.deadline_state, "met")

    def test_a_missing_appraisal_keeps_nobody_in_corrections(self):
        release = self.prepared()
        self.release(release)
        self.assertEqual(release.subject_id.state, "released")

    def test_the_subjects_button_asks_for_the_papers(self):
        release = self.prepared()
        with self.assertRaisesRegex(UserError, "certificate"):
            release.subject_id.action_release()
        self.decide(release)
        self.announce(release)
        self.certify(release)
        release.delivery_ids.filtered(lambda row: row.release_to == "police").date_served = False
        with self.assertRaisesRegex(UserError, "police"):
            release.subject_id.action_release()

    def test_a_certificate_dated_before_the_end_is_refused(self):
        release = self.prepared()
        self.decide(release)
        self.announce(release)
        self.certify(release, END - timedelta(days=1))
        with self.assertRaisesRegex(UserError, "before the day"):
            release.action_release()

    def test_deliveries_are_entered_once(self):
        release = self.prepared()
        release.action_prepare_deliveries()
        release.action_prepare_deliveries()
        self.assertEqual(len(release.delivery_ids), 4)

    # ------------------------------------------------------------------
    # The day passes
    # ------------------------------------------------------------------

    def test_a_day_late_is_flagged_and_red(self):
        release = self.prepared()
        self.flag_deadlines()
        self.assertFalse(release.overdue_flag_date)
        self.assertFalse(release.subject_id.term_over)
        self.on(END + timedelta(days=1))
        self.env.invalidate_all()
        self.flag_deadlines()
        self.assertEqual(release.overdue_flag_date, END + timedelta(days=1))
        self.assertTrue(release.subject_id.term_over)
        self.assertEqual(release.overdue_days, 1)

    def test_after_the_end_no_duty_falls_without_the_countys_paper(self):
        release = self.prepared()
        subject = release.subject_id
        late = END + timedelta(days=1)
        self.assertTrue(subject._is_bound_on(END))
        self.assertFalse(subject._is_bound_on(late))
        self.on(late)
        self.env.invalidate_all()
        obstacle = self.env["township.correction.release.obstacle"].with_user(self.correction)
        obstacle = obstacle.create(
            {
                "release_id": release.id,
                "kind": "measure",
                "since_date": END,
                "body": "槐荫县公安局",
                "outcome": "continue",
                "decision_number": "槐社矫〔2027〕9号",
                "decision_date": END,
            }
        )
        # without the scan it is no paper
        self.assertFalse(subject._is_bound_on(late))
        self.assertTrue(subject.term_over)
        self.assertTrue(release.obstacle_open)
        obstacle.decision_scan_ids = self.scan()
        self.assertTrue(subject._is_bound_on(late))
        self.assertFalse(subject.term_over)

    def test_those_whose_term_has_ended_are_found(self):
        release = self.prepared()
        self.on(END + timedelta(days=1))
        self.env.invalidate_all()
        over = self.Subject.search([("term_over", "=", True)])
        self.assertIn(release.subject_id, over)
        self.assertNotIn(release.subject_id, self.Subject.search([("term_over", "=", False)]))

    def test_late_papers_do_not_move_the_end(self):
        release = self.prepared(END + timedelta(days=3))
        self.release(release, END + timedelta(days=3))
        self.assertEqual(release.subject_id.ended_date, END)
        self.assertEqual(release.deadline_state, "missed")

    def test_a_county_paper_against_it_holds_until_a_later_one_releases(self):
        release = self.prepared(END + timedelta(days=9))
        self.decide(release)
        self.announce(release, END + timedelta(days=9))
        self.certify(release, END + timedelta(days=9))
        release.obstacle_ids = [
            (
                0,
                0,
                {
                    "kind": "revocation",
                    "since_date": END,
                    "body": "槐荫县社区矫正管理局",
                    "outcome": "continue",
                    "decision_number": "槐社矫〔2027〕9号",
                    "decision_date": END,
                    "decision_scan_ids": self.scan(),
                },
            )
        ]
        with self.assertRaises(UserError):
            release.action_release()
        release.decision_date = END + timedelta(days=8)
        release.action_release()
        self.assertEqual(release.subject_id.state, "released")

    def test_who_went_another_way_has_no_release_that_runs(self):
        release = self.prepared(END - timedelta(days=3))
        self.terminate(release.subject_id)
        self.assertEqual(release.state, "void")
        self.on(END + timedelta(days=5))
        self.env.invalidate_all()
        self.flag_deadlines()
        self.assertFalse(release.overdue_flag_date)

    # ------------------------------------------------------------------
    # Others
    # ------------------------------------------------------------------

    def test_of_who_serves_outside_prison_the_prisons_paper_is_enough(self):
        release = self.prepared(category="medical")
        self.decide(release, END)
        release.action_release()
        self.assertEqual(release.subject_id.ended_date, END)
        self.assertFalse(release.certificate_number)

    def test_a_pardon_ends_before_the_term(self):
        pardoned = END - timedelta(days=15)
        release = self.prepared(pardoned)
        release.write({"ground": "amnesty", "amnesty_date": pardoned})
        self.assertEqual(release.deadline_date, pardoned)
        self.decide(release, pardoned)
        self.announce(release, pardoned)
        self.certify(release, pardoned)
        release.action_release()
        self.assertEqual(release.subject_id.ended_date, pardoned)

    def test_a_minor_is_announced_with_the_guardian_and_not_in_public(self):
        self.on(END)
        minor = self.in_correction(self.make_minor())
        self.prepare()
        release = minor.release_ids
        self.decide(release)
        release.write({"announced_date": END, "announced_public": True})
        with self.assertRaisesRegex(UserError, "not public"):
            release.action_announce()
        release.announced_public = False
        with self.assertRaisesRegex(UserError, "Guardian"):
            release.action_announce()
        release.guardian_present = "李建国"
        release.action_announce()
        self.assertEqual(release.state, "announced")

    def test_the_officer_for_adults_reads_no_release_of_a_minor(self):
        self.on(END)
        minor = self.in_correction(self.make_minor())
        self.prepare()
        release = minor.release_ids
        self.assertNotIn(minor.name, release.display_name)
        with self.assertRaises(AccessError):
            release.with_user(self.correction).read(["state"])
        found = self.env["township.correction.release"].with_user(self.correction).search([])
        self.assertNotIn(release, found)

    def test_nobody_of_the_ladder_reads_a_release(self):
        release = self.prepared()
        for user in (self.reporter, self.officer, self.director, self.supervisor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                release.with_user(user).read(["state"])

    def test_what_is_released_is_frozen(self):
        release = self.prepared()
        self.release(release)
        with self.assertRaises(UserError):
            release.certificate_number = "槐解矫〔2027〕4号"

    def test_the_home_screen_counts_whose_term_ends_soon(self):
        self.prepared(END - timedelta(days=10))
        home = self.env["township.home"].with_user(self.correction).get_home()
        tiles = {tile["key"]: tile["count"] for tile in home["tiles"]}
        self.assertEqual(tiles["term_30"], 1)
