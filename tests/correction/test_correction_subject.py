from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .base import CorrectionCase


@tagged("post_install", "-at_install")
class TestCorrectionSubject(CorrectionCase):
    """The way of a subject from the decision to the announcement."""

    def test_the_buttons_lead_into_correction(self):
        subject = self.in_correction()
        self.assertEqual(subject.state, "in_correction")
        self.assertTrue(subject.number)

    def test_reporting_in_runs_from_the_day_the_decision_took_effect_and_does_not_roll(self):
        subject = self.make_subject(effective_date=date(2026, 9, 21))
        subject.action_expect()
        self.assertEqual(subject.deadline_date, date(2026, 10, 1))  # a holiday

    def test_who_turns_18_stays_a_minor(self):
        minor = self.make_minor(birth_date=date(2008, 2, 1))
        self.assertTrue(minor.minor_at_offence)
        self.assertTrue(minor.is_minor)

    def test_a_minor_is_a_number_and_not_seen_by_the_officer_for_adults(self):
        minor = self.make_minor()
        minor.action_expect()
        self.assertNotIn(minor.name, minor.display_name)
        self.assertIn(minor.number, minor.display_name)
        with self.assertRaises(AccessError):
            minor.with_user(self.correction).read(["number"])

    def test_nobody_of_the_ladder_reads_a_subject(self):
        subject = self.make_subject()
        for user in (self.reporter, self.officer, self.director, self.supervisor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                subject.with_user(user).read(["name"])
