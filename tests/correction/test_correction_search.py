from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .measure_case import MeasureCase

TODAY = date(2026, 10, 1)


@freeze_time("2026-10-01 02:00:00")
@tagged("post_install", "-at_install")
class TestCorrectionSearch(MeasureCase):
    """Somebody cannot be reached: the office searches, the county body finds."""

    def test_the_police_are_told_at_once_also_on_a_holiday(self):
        search = self.make("township.correction.search")
        self.assertEqual(search.deadline_date, date(2026, 10, 2))
        search.police_date = TODAY
        self.assertEqual(search.deadline_state, "met")

    def test_whoever_told_nobody_is_flagged(self):
        search = self.make("township.correction.search")
        with freeze_time("2026-10-03 02:00:00"):
            self.flag_deadlines()
        self.assertEqual(search.overdue_flag_date, date(2026, 10, 3))
        self.assertEqual(search.activity_ids.user_id, self.correction)

    def test_a_corrected_day_counts_anew(self):
        search = self.make("township.correction.search")
        search.noticed_date = date(2026, 9, 28)
        self.assertEqual(search.deadline_date, date(2026, 9, 29))

    def test_a_finding_needs_the_search_the_exclusions_and_the_paper(self):
        search = self.make("township.correction.search", out_from=TODAY)
        with self.assertRaises(UserError) as refusal:
            search.action_record_finding()
        for words in (
            "Attempts",
            "Police told on",
            "Not in a hospital",
            "Custody",
            "approved leave",
        ):
            self.assertIn(words, str(refusal.exception))
        self.assertIn("Number of the decision", str(refusal.exception))
        self.assertFalse(search.is_finding)

    def test_a_recorded_finding_keeps_its_days(self):
        search = self.finding(12)
        self.assertEqual(search.out_days, 12)
        for vals in ({"out_from": TODAY}, {"decision_number": "other"}, {"custody_proof": "x"}):
            with self.assertRaises(UserError):
                search.write(vals)

    def test_a_finding_is_not_typed(self):
        search = self.make("township.correction.search")
        with self.assertRaises(AccessError):
            search.is_finding = True

    def test_found_ends_the_search_without_a_finding(self):
        search = self.make("township.correction.search", police_date=TODAY)
        with self.assertRaisesRegex(UserError, "How the person was found"):
            search.action_find()
        search.write({"found_date": TODAY, "found_how": "在县医院陪护母亲。"})
        search.action_find()
        with self.assertRaises(UserError):
            search.action_record_finding()
        search.action_close()
        self.assertFalse(search.is_finding)

    def test_a_finding_closes_when_the_person_is_back(self):
        search = self.finding(12)
        search.returned_date = False
        with self.assertRaisesRegex(UserError, "Back in supervision"):
            search.action_close()
        search.returned_date = TODAY
        search.action_close()
        with self.assertRaises(UserError):
            search.returned_date = date(2026, 9, 30)

    def test_days_are_past_and_in_order(self):
        with self.assertRaises(ValidationError):
            self.make("township.correction.search", noticed_date=date(2026, 10, 2))
        with self.assertRaises(ValidationError):
            self.make(
                "township.correction.search",
                out_from=TODAY,
                returned_date=date(2026, 9, 1),
            )

    def test_attempts_are_seen_as_their_search(self):
        minor = self.in_correction(self.make_minor())
        search = self.make(
            "township.correction.search", minor, try_ids=[(0, 0, {"result": "无人接听"})]
        )
        tries = self.env["township.correction.search.try"].with_user(self.correction)
        self.assertFalse(tries.search([("search_id", "=", search.id)]))
