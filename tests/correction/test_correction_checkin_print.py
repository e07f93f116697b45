from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common.printing import pages_of, wkhtmltopdf
from .base import CorrectionCase

FORM = "township_governance.report_correction_%s"
OF_CHECKINS = {
    "report": ("in_person", "报告记录"),
    "visit": ("visit", "走访记录"),
    "talk": ("visit", "谈话笔录"),
    "recheck": ("medical_recheck", "病情复查记录"),
}
OF_ACTIVITIES = {"education": "教育学习记录", "benefit": "公益活动记录"}


@tagged("post_install", "-at_install")
class TestCorrectionCheckinPrint(CorrectionCase):
    """Daily papers of the room."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-11-18 04:00:00"))
        cls.today, cls.made = date(2026, 11, 18), 0
        cls.subject = cls.in_correction(category="medical")
        cls.Report = cls.env["ir.actions.report"].with_user(cls.correction)

    def html(self, name, records, user=None):
        """:return: ``str`` of the paper without blanks"""
        report = self.Report.with_user(user) if user else self.Report
        return "".join(report._render_qweb_html(FORM % name, records.ids)[0].decode().split())

    def checkin(self, kind):
        checkin = (
            self.env["township.correction.checkin"]
            .with_user(self.correction)
            .create(
                {
                    "subject_id": self.subject.id,
                    "planned_date": self.today - timedelta(days=self.made),
                    "kind": kind,
                }
            )
        )
        self.made += 1
        checkin.action_record("complied", note="本月在家务工，\n参加学习两次。")
        return checkin

    def attendance(self, kind="collective"):
        activity = (
            self.env["township.correction.activity"]
            .with_user(self.correction)
            .create({"name": "法治讲座", "kind": kind, "hours": 2, "company_id": self.company.id})
        )
        return activity._add_subjects(self.subject)

    def test_each_check_in_prints_its_own_form_and_no_other(self):
        for name, (kind, title) in OF_CHECKINS.items():
            with self.subTest(name):
                text = self.html(name, self.checkin(kind))
                self.assertIn(title, text)
                self.assertIn(self.subject.name, text)
                self.assertEqual("参加学习两次" in text, name != "recheck")
        with self.assertRaises(UserError):
            self.html("recheck", self.checkin("phone"))

    def test_a_re_check_says_that_it_was_handed_in(self):
        checkin = self.checkin("medical_recheck")
        checkin.handed_in_date = date(2026, 11, 3)
        self.assertIn("2026年11月3日", self.html("recheck", checkin))

    def test_an_attendance_prints_the_record_of_its_kind(self):
        for name, title in OF_ACTIVITIES.items():
            with self.subTest(name):
                rows = self.attendance("benefit" if name == "benefit" else "collective")
                self.assertIn(title, self.html(name, rows))

    def test_the_sign_in_sheet_names_the_participants_for_those_who_may_read_them(self):
        activity = self.attendance().activity_id
        text = self.html("sign_in", activity)
        self.assertIn(self.subject.name, text)
        self.assertNotIn("参加</td>", text)
        activity.action_hold()
        self.assertIn("参加</td>", self.html("sign_in", activity))
        with self.assertRaises(AccessError):
            self.html("sign_in", activity, self.officer)

    def test_every_print_is_logged(self):
        Log = self.env["township.access.log"].sudo()
        for name, records in {
            "report": self.checkin("in_person"),
            "sign_in": self.attendance().activity_id,
        }.items():
            before = Log.search_count([])
            self.html(name, records)
            self.assertGreater(Log.search_count([]), before, name)

    def test_the_forms_print_on_one_page(self):
        with wkhtmltopdf("patched"):
            for name, records in {
                "visit": self.checkin("visit"),
                "recheck": self.checkin("medical_recheck"),
                "benefit": self.attendance("benefit"),
                "sign_in": self.attendance().activity_id,
            }.items():
                with self.subTest(name):
                    Report = self.Report.with_context(force_report_rendering=True)
                    pdf = Report._render_qweb_pdf(FORM % name, records.ids)[0]
                    self.assertEqual(len(pages_of(pdf)), 1)
