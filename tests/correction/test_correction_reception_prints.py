from datetime import date

from lxml.html import fromstring

from odoo import Command
from odoo.tests import tagged

from ..common.printing import pages_of, wkhtmltopdf
from .base import CorrectionCase

SUBJECT_FORMS = {
    "papers": "法律文书补齐通知",
    "basic": "社区矫正对象基本信息表",
    "reported": "社区矫正对象报到情况通知单",
    "receipt": "社区矫正接收回执",
    "absent": "社区矫正对象未按时报到通知",
    "told": "社区矫正告知书",
    "announcement": "社区矫正宣告书",
}


@tagged("post_install", "-at_install")
class TestCorrectionReceptionPrints(CorrectionCase):
    """Chinese papers of reception, each printed as a PDF."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kind = cls.env.ref("township_governance.correction_paper_kind_judgment")
        cls.subject = cls.in_correction(
            entrusted_date=date(2026, 1, 5),
            registered_address="槐荫县槐荫镇东沟村四组",
            notice_number="（2026）槐刑执字第12号",
            notice_date=date(2026, 1, 21),
            reception_way="self",
            identity_paper="居民身份证",
            announcement_attendees="村民委员会代表\n矫正小组成员",
            paper_ids=[Command.create({"kind_id": kind.id, "date_received": date(2026, 1, 22)})],
            assessment_ids=[
                Command.create(
                    {
                        "entrusting_body": "槐荫县人民法院",
                        "entrusting_number": "（2026）槐法委字第3号",
                        "residence": "与父母同住，居所固定。",
                        "opinion": "经调查，建议适用社区矫正。",
                        "date_sent": date(2026, 1, 14),
                        "interview_ids": [
                            Command.create({"relation": "父亲", "content": "问：……\n答：……"})
                        ],
                    }
                )
            ],
            end_ids=[Command.create({"reason": "death", "date": date(2026, 6, 1)})],
        )

    def print(self, report, record):
        """:return: ``str``, the whole text of a form without blanks"""
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.correction)
            ._render_qweb_html(f"township_governance.report_correction_{report}", record.ids)
        )
        return "".join(fromstring(html).text_content().split())

    def test_the_forms_of_a_subject_carry_title_name_and_number(self):
        for report, title in SUBJECT_FORMS.items():
            with self.subTest(report):
                text = self.print(report, self.subject)
                self.assertIn(title, text)
                self.assertIn(self.subject.name, text)
                self.assertIn(self.subject.number, text)

    def test_the_letter_names_what_is_missing_and_what_has_come(self):
        text = self.print("papers", self.subject)
        for name in self.subject.missing_papers.split("、"):
            self.assertIn(name, text)
        self.assertIn("刑事判决书，2026年1月22日", text)

    def test_the_opinion_and_the_record_of_an_assessment(self):
        assessment = self.subject.assessment_ids
        self.assertIn(assessment.opinion, self.print("opinion", assessment))
        self.assertIn("父亲", self.print("interview", assessment.interview_ids))

    def test_the_notice_of_a_termination_names_the_reason_and_the_article(self):
        text = self.print("end", self.subject.end_ids)
        self.assertIn("死亡，2026年6月1日", text)
        self.assertIn("第五十一条", text)

    def test_each_form_fits_one_page(self):
        Report = self.env["ir.actions.report"].with_user(self.correction)
        records = {**dict.fromkeys(SUBJECT_FORMS, self.subject), "end": self.subject.end_ids}
        records["opinion"] = self.subject.assessment_ids
        records["interview"] = self.subject.assessment_ids.interview_ids
        for report, record in records.items():
            with self.subTest(report), wkhtmltopdf("patched"):
                pdf, _kind = Report.with_context(force_report_rendering=True)._render_qweb_pdf(
                    f"township_governance.report_correction_{report}", record.ids
                )
                self.assertEqual(len(pages_of(pdf)), 1)

    def test_a_minors_announcement_is_signed_by_the_guardian(self):
        minor = self.in_correction(self.make_minor())
        report = self.env["report.township_governance.report_correction_announcement"]
        for subject, signs in ((minor, True), (self.subject, False)):
            labels = [box["label"] for box in report._opinions(subject)]
            self.assertEqual("监护人" in labels, signs)
