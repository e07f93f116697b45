"""The paths of the corrections office in a browser, in Chinese, by who has no other role."""

from datetime import timedelta

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .base import CorrectionCase
from .leave_base import LeaveCase

SUBJECTS = "/odoo/township-corrections"
RELEASES = "/odoo/township-releases"


class ChineseCase(HttpCase, CorrectionCase):
    """The officer's screens are in Chinese."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.env.ref("base.module_township_governance")._update_translations(["zh_CN"])
        cls.correction.lang = "zh_CN"
        cls.company.township_correction_leader_id = cls.correction


@tagged("post_install", "-at_install")
class TestCorrectionDeskTours(ChineseCase):
    """At a desk."""

    browser_size = "1366x768"

    def test_receive_and_announce(self):
        subject = self.make_subject(
            effective_date=self.today - timedelta(days=3),
            term_start=self.today - timedelta(days=3),
            term_end=self.today + timedelta(days=361),
            **dict.fromkeys(
                (
                    *("reported_date", "announced_date", "identity_checked_date"),
                    *("papers_checked_date", "announcement_place", "announcement_presider"),
                ),
                False,
            ),
        )
        subject.action_expect()
        self.make_group(subject, date_from=self.today)
        self.start_tour(
            f"{SUBJECTS}/{subject.id}", "township_correction_receive", login="test_correction"
        )
        subject.invalidate_recordset()
        self.assertEqual((subject.state, subject.announced_date), ("in_correction", self.today))
        self.assertIn(subject.term_end, subject.clock_ids.mapped("deadline_date"))

    def test_release_day(self):
        subject = self.in_correction(term_end=self.today)
        subject.action_open_release()
        release = subject.release_ids
        release.write(
            {
                "wish": "yes",
                "wish_date": self.today,
                "decision_number": "槐矫解〔2026〕3号",
                "decision_date": self.today,
                "decision_scan_ids": [Command.create({"name": "批复.pdf", "raw": b"%PDF-1.4"})],
            }
        )
        release.action_decide()
        self.start_tour(RELEASES, "township_correction_release_day", login="test_correction")
        (subject + release.subject_id).invalidate_recordset()
        self.assertEqual((subject.state, subject.ended_date), ("released", self.today))
        self.assertEqual(release.deadline_state, "met")
        aftercare = self.env["township.aftercare"].search([("subject_id", "=", subject.id)])
        self.assertEqual((aftercare.name, aftercare.wish), (subject.name, "yes"))


@tagged("post_install", "-at_install")
class TestCorrectionLeaveTour(ChineseCase, LeaveCase):
    """The head of the office, on whom the county has conferred short leaves."""

    browser_size = "1366x768"

    def test_a_leave_from_the_application_to_the_return(self):
        leave = self.leave(self.today, days=3)
        self.start_tour(
            f"/odoo/correction-leaves/{leave.id}", "township_leave", login="test_correction"
        )
        self.assertEqual((leave.state, leave.deadline_state), ("returned", "met"))


@tagged("post_install", "-at_install")
class TestCorrectionPhoneTour(TestCorrectionLeaveTour):
    """The same on a phone 390 pixels wide."""

    allow_inherited_tests_method = True
    browser_size = "390x844"
    touch_enabled = True
