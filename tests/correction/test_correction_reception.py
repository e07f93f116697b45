from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .base import CorrectionCase

DECISION = {
    "decision_body": "槐荫县人民法院",
    "decision_number": "（2026）槐刑更3号",
    "decision_date": date(2026, 6, 1),
}


def scan(name="裁定书.pdf"):
    """:return: command that makes a scan"""
    return [Command.create({"name": name, "raw": b"%PDF"})]


@tagged("post_install", "-at_install")
class TestCorrectionReception(CorrectionCase):
    """From the papers to the announcement, and the early end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kinds = cls.env["township.correction.paper.kind"].search([("company_id", "=", False)])

    def clock(self, subject, code):
        return subject.clock_ids.filtered(lambda clock: clock.deadline_rule_id.code == code)

    def receive_paper(self, subject, kind, **vals):
        return (
            self.env["township.correction.paper"]
            .with_user(self.correction)
            .create({"subject_id": subject.id, "kind_id": kind.id, **vals})
        )

    def assessing(self, **vals):
        subject = self.make_subject(entrusted_date=date(2026, 1, 5), **vals)
        subject.action_assess()
        return subject

    def assess(self, subject, **vals):
        return (
            self.env["township.correction.assessment"]
            .with_user(self.correction)
            .create({"subject_id": subject.id, "entrusting_body": "槐荫县人民法院", **vals})
        )

    # --- papers

    def test_what_the_category_needs_and_has_not_come_is_missing(self):
        subject = self.make_subject()
        subject.action_expect()
        needed = self.kinds.filtered("probation")
        self.assertEqual(subject.missing_papers.split("、"), needed.mapped("name"))
        self.receive_paper(subject, needed[0])
        self.assertNotIn(needed[0].name, subject.missing_papers)
        self.assertIn(needed[1].name, subject.reception_notices)

    def test_a_townships_own_list_of_papers_replaces_the_shared_one(self):
        self.env["township.correction.paper.kind"].with_user(self.correction).create(
            {"name": "判决书正本", "probation": True}
        )
        subject = self.make_subject()
        subject.action_expect()
        self.assertEqual(subject.missing_papers, "判决书正本")

    def test_the_clock_of_papers_runs_until_the_last_has_come(self):
        subject = self.in_correction()
        clock = self.clock(subject, "correction_papers")
        self.assertFalse(clock.deadline_done_date)
        for kind in self.kinds.filtered("probation"):
            self.receive_paper(subject, kind, date_received=date(2026, 2, 3))
        self.assertEqual(clock.deadline_done_date, date(2026, 2, 3))

    def test_shared_kinds_of_papers_are_not_changed_by_a_township(self):
        with self.assertRaises(AccessError):
            self.kinds[:1].with_user(self.correction).name = "其他"

    # --- clocks of reporting in

    def test_who_serves_outside_prison_is_handed_over(self):
        subject = self.make_subject(category="medical", effective_date=date(2026, 9, 21))
        subject.action_expect()
        self.assertFalse(self.clock(subject, "correction_report_in"))
        clock = self.clock(subject, "correction_hand_over")
        self.assertEqual(clock.deadline_date, date(2026, 10, 1))  # a holiday

    def test_who_has_not_reported_in_shows_until_the_county_is_told(self):
        subject = self.make_subject(effective_date=self.today - timedelta(days=11))
        subject.action_expect()
        last = str(self.today - timedelta(days=1))
        self.assertIn(last, subject.reception_notices)
        subject.absence_told_date = self.today
        self.assertNotIn(last, subject.reception_notices)

    def test_reporting_in_late_stays_visible(self):
        subject = self.in_correction(reported_date=date(2026, 2, 5))
        self.assertIn("2026-02-05", subject.reception_notices)
        self.assertFalse(self.in_correction()._late_notices())

    # --- assessment

    def test_a_fast_track_case_is_assessed_in_the_shorter_time(self):
        subject = self.assessing()
        self.assertEqual(
            subject.clock_ids.deadline_rule_id.mapped("code"), ["correction_assessment"]
        )
        assessment = self.assess(subject, kind="fast")
        clock = subject.clock_ids
        self.assertEqual(clock.deadline_rule_id.code, "correction_assessment_fast")
        self.assertEqual(clock.deadline_date, date(2026, 1, 12))
        assessment.kind = "ordinary"
        self.assertEqual(subject.clock_ids.deadline_date, date(2026, 1, 19))

    def test_the_clock_ends_on_the_day_the_opinion_was_sent(self):
        subject = self.assessing()
        assessment = self.assess(subject)
        assessment.write({"opinion": "建议适用", "date_sent": date(2026, 1, 14)})
        self.assertEqual(subject.clock_ids.deadline_done_date, date(2026, 1, 14))

    def test_an_assessment_ends_with_an_opinion_or_a_reason(self):
        for step in ("action_expect", "action_not_place"):
            with self.subTest(step):
                subject = self.assessing()
                assessment = self.assess(subject)
                with self.assertRaises(UserError):
                    getattr(subject, step)()
                assessment.unsent_reason = "委托单位撤回委托"
                getattr(subject, step)()

    def test_no_opinion_is_sent_without_its_text(self):
        with self.assertRaises(ValidationError):
            self.assess(self.assessing(), date_sent=date(2026, 1, 14))

    def test_an_interview_belongs_to_the_subject_of_its_assessment(self):
        assessment = self.assess(
            self.assessing(), interview_ids=[Command.create({"relation": "父亲"})]
        )
        self.assertEqual(assessment.interview_ids.subject_id, assessment.subject_id)
        with self.assertRaises(AccessError):
            assessment.interview_ids.with_user(self.director).read(["relation"])

    # --- announcement

    def test_no_announcement_before_identity_and_papers_are_checked(self):
        for name in ("identity_checked_date", "papers_checked_date", "announcement_place"):
            subject = self.make_subject(**{name: False})
            subject.action_expect()
            subject.action_receive()
            with self.subTest(name), self.assertRaises(UserError):
                subject.action_announce()

    def test_a_minor_is_announced_to_with_the_guardian_and_not_in_public(self):
        minor = self.make_minor(announcement_guardian=False)
        minor.action_expect()
        minor.action_receive()
        with self.assertRaises(UserError):
            minor.action_announce()
        minor.announcement_guardian = True
        self.make_group(minor)
        minor.action_announce()
        with self.assertRaises(ValidationError):
            minor.announcement_public = True

    def test_nothing_is_recorded_for_a_day_to_come(self):
        with self.assertRaises(ValidationError):
            self.make_subject(reported_date=self.today + timedelta(days=1))

    # --- exit report

    def test_an_exit_report_is_missed_and_its_cancellation_too(self):
        subject = self.in_correction()
        self.assertTrue(subject._exit_notices())
        Report = self.env["township.correction.exit.report"].with_user(self.correction)
        report = Report.create({"subject_id": subject.id, **DECISION})
        self.assertFalse(subject._exit_notices())
        self.terminate(subject)
        self.assertTrue(subject._exit_notices())
        report.cancel_date = self.today
        self.assertFalse(subject._exit_notices())

    # --- termination

    def test_a_termination_needs_its_reason_and_the_paper(self):
        subject = self.in_correction()
        with self.assertRaises(UserError):
            subject.action_terminate()
        with self.assertRaises(UserError):
            self.terminate(subject, decision_number=False)
        self.assertEqual(subject.state, "in_correction")

    def test_the_notices_of_a_termination_are_prepared(self):
        subject = self.in_correction()
        self.terminate(subject, reason="death")
        self.assertEqual(subject.state, "terminated")
        self.assertEqual(
            set(subject.delivery_ids.mapped("recipient")),
            {subject.deciding_body, "人民检察院", "公安机关"},
        )
        self.assertFalse(any(subject.delivery_ids.mapped("date_served")))

    def test_the_paper_of_a_termination_is_frozen_with_it(self):
        end = self.terminate(self.in_correction())
        with self.assertRaises(AccessError):
            end.reason = "death"


@tagged("post_install", "-at_install")
class TestCorrectionAmendment(CorrectionCase):
    """Facts on which clocks hang change by a logged correction alone."""

    def correct(self, subject, name, reason="登记时录错", scans=True, **value):
        wizard = self.env["township.correction.amendment.wizard"].with_user(self.correction)
        return wizard.create(
            {
                "subject_id": subject.id,
                "field_name": name,
                "reason": reason,
                "scan_ids": scan() if scans else [],
                **value,
            }
        ).action_confirm()

    def test_after_reporting_in_facts_are_not_typed_over(self):
        subject = self.in_correction()
        for name, value in (
            ("term_end", date(2030, 1, 1)),
            ("category", "parole"),
            ("birth_date", date(1990, 1, 1)),
            ("effective_date", date(2026, 1, 1)),
            ("offence_date", date(2025, 1, 1)),
            ("announced_date", date(2026, 2, 28)),
        ):
            with self.subTest(name), self.assertRaises(UserError), self.cr.savepoint():
                subject[name] = value

    def test_the_birth_date_is_not_changed_by_way_of_the_id_number(self):
        subject = self.in_correction()
        with self.assertRaises(UserError), self.cr.savepoint():
            subject.id_number = "619929199001011235"

    def test_the_start_of_a_clock_is_kept_from_its_start(self):
        subject = self.make_subject()
        subject.action_expect()
        with self.assertRaises(UserError):
            subject.effective_date = self.today

    def test_writing_the_same_again_is_no_change(self):
        subject = self.in_correction()
        subject.write({"term_end": subject.term_end, "category": subject.category})

    def test_a_correction_is_kept_with_reason_and_paper_and_moves_the_clock(self):
        subject = self.in_correction()
        self.correct(subject, "term_end", value_date=date(2027, 3, 19))
        self.assertEqual(subject._term_clock().deadline_date, date(2027, 3, 19))
        amendment = subject.amendment_ids
        self.assertEqual((amendment.before, amendment.after), ("2027-01-19", "2027-03-19"))
        self.assertEqual(amendment.scan_ids.res_model, amendment._name)

    def test_a_corrected_start_counts_its_clock_anew(self):
        subject = self.make_subject()
        subject.action_expect()
        self.correct(subject, "effective_date", value_date=date(2026, 2, 1))
        clock = subject.clock_ids.filtered(
            lambda clock: clock.deadline_rule_id.code == "correction_report_in"
        )
        self.assertEqual(clock.deadline_date, date(2026, 2, 11))

    def test_no_correction_without_reason_paper_or_value(self):
        subject = self.in_correction()
        for vals in ({"reason": " "}, {"scans": False}, {"value_date": False}):
            with self.subTest(vals), self.assertRaises(UserError):
                self.correct(subject, "term_end", **{"value_date": date(2027, 3, 1), **vals})

    def test_nobody_writes_a_correction_by_hand(self):
        subject = self.in_correction()
        Amendment = self.env["township.correction.amendment"].with_user(self.correction)
        with self.assertRaises(AccessError):
            Amendment.create({"subject_id": subject.id, "field_label": "x", "reason": "x"})
        self.correct(subject, "category", value_category="control")
        for name, value in (("reason", "y"), ("scan_ids", False)):
            with self.subTest(name), self.assertRaises(AccessError):
                subject.amendment_ids[name] = value
        with self.assertRaises(AccessError):
            subject.amendment_ids.unlink()

    def test_the_officer_for_adults_corrects_nothing_of_a_minor(self):
        minor = self.make_minor()
        minor.action_expect()
        with self.assertRaises(AccessError):
            minor.with_user(self.correction)._correct_fact(
                "effective_date", date(2026, 2, 1), "错", self.env["ir.attachment"]
            )
