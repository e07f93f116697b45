from datetime import timedelta

from odoo.tests import HttpCase, tagged

from .base import CorrectionCase


@tagged("post_install", "-at_install")
class TestCorrectionCheckinTour(CorrectionCase, HttpCase):
    """The morning list, on a phone 390 pixels wide."""

    browser_size = "390x844"
    touch_enabled = True

    def test_a_check_in_missed_and_recorded(self):
        Checkin = self.env["township.correction.checkin"].with_user(self.correction)
        subjects = [self.in_correction(name=name) for name in ("王伟强", "刘芳", "赵敏")]
        Checkin.sudo().search([("subject_id", "in", [one.id for one in subjects])]).unlink()
        missed, came, excused = (
            Checkin.create(
                {
                    "subject_id": subject.id,
                    "planned_date": self.today - timedelta(days=subject == subjects[0]),
                }
            )
            for subject in subjects
        )
        self.start_tour(
            "/odoo/township-checkins", "township_morning_checkins", login="test_correction"
        )
        (missed + came + excused).invalidate_recordset()
        self.assertEqual(missed.outcome, "not_complied")
        self.assertEqual(came.outcome, "complied")
        self.assertEqual(excused.outcome, "acceptable_absence")
        self.assertEqual(excused.absence_reason, "秋收，已电话说明")
        for checkin in missed + came + excused:
            self.assertGreater(checkin.next_date, self.today)
