import os
from datetime import date
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..common.printing import KINDS, pages_of, wkhtmltopdf
from .measure_case import BODY, MeasureCase

REPORT = "township_governance.report_correction_%s"


@freeze_time("2026-06-10 02:00:00")
@tagged("post_install", "-at_install")
class TestCorrectionMeasurePrints(MeasureCase):
    """The papers of searches, measures and positioning."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.name = "槐荫镇人民政府"
        cls.search = cls.finding(12)
        cls.search.police_number = "槐司函〔2026〕3号"
        cls.device = cls.make(
            "township.correction.device",
            ground="prohibition",
            facts="违反禁止令进入娱乐场所。",
            date_from=date(2026, 6, 10),
            date_until=date(2026, 9, 9),
        )
        cls.extension = cls.device.extension_ids.create(
            {"device_id": cls.device.id, "date_until": date(2026, 12, 9), "facts": "仍有必要。"}
        )

    def text(self, report, record, user=None):
        """:return: ``str`` of the paper without blanks"""
        rendering = self.env["ir.actions.report"].with_user(user or self.correction)
        html = rendering._render_qweb_html(REPORT % report, record.ids)[0].decode()
        return "".join(html.split())

    def assert_says(self, text, *words):
        for part in words:
            self.assertIn(part, text)
        self.assertNotIn("核验码", text)

    def test_the_record_of_a_search(self):
        text = self.text("search", self.search)
        self.assert_says(text, "社区矫正对象查找记录", "无人接听", "☑已排除住院就医：已核")
        self.assert_says(text, "2026年5月29日9时00分", "自2026年5月29日起")

    def test_the_letter_to_the_police_and_the_report_to_the_county(self):
        self.assert_says(
            self.text("search_police", self.search),
            *("槐司函〔2026〕3号", "槐荫派出所：", "请贵单位协助查找", "槐荫镇人民政府"),
        )
        self.assert_says(self.text("search_finding", self.search), f"{BODY}：", "请审查认定")

    def test_each_kind_has_its_form_and_its_paper(self):
        for kind in self.env["township.correction.measure.kind"].search([]):
            category = next(
                name for name in ("probation", "parole", "medical", "control") if kind._is_for(name)
            )
            subject = self.in_correction(category=category)
            measure = self.measure(kind.code, subject)
            with self.subTest(kind.code):
                form = self.text("measure", measure)
                self.assert_says(form, kind.approval_title, measure.facts, kind.article)
                self.assertEqual("听取意见情况" in form, kind.is_heard)
                self.assertEqual("县级司法行政部门意见" in form, kind.decided_by != "county")
                paper = self.text("measure_paper", measure)
                self.assert_says(paper, kind.paper_title, kind.paper_words, BODY)

    def test_number_and_date_stay_blank_until_the_county_s_paper_is_recorded(self):
        measure = self.measure()
        measure.action_propose()
        draft = self.text("measure_paper", measure)
        self.assertIn("〔　　　　〕".replace("　", ""), draft.replace("　", ""))
        measure.write(self.paper("槐矫训〔2026〕2号"))
        measure.action_decide()
        decided = self.text("measure_paper", measure)
        self.assert_says(decided, "槐矫训〔2026〕2号", "2026年6月10日")
        self.assertNotIn("槐矫训〔2026〕2号", draft)

    def test_the_forms_of_positioning(self):
        self.assert_says(
            self.text("device", self.device),
            *("使用电子定位装置审批表", "第（一）项", "县级司法行政部门负责人审批", "不使用手机"),
        )
        self.assert_says(
            self.text("device_notice", self.device), "2026年9月9日", "第三十四条", "严格保密"
        )
        self.assert_says(
            self.text("device_extension", self.extension), "2026年9月10日至2026年12月9日"
        )
        self.assert_says(self.text("device_removal", self.device), "使用期限届满")

    def test_nobody_outside_prints_them(self):
        for report, record in (("search", self.search), ("device", self.device)):
            with self.assertRaises(AccessError):
                self.text(report, record, self.director)

    def test_each_print_is_logged(self):
        log = self.env["township.access.log"].sudo()
        before = log.search_count([])
        self.text("search", self.search)
        self.assertGreater(log.search_count([]), before)

    def test_they_fit_on_paper(self):
        measure = self.imposed()
        for kind in KINDS:
            with self.subTest(kind), wkhtmltopdf(kind):
                for report, record in (
                    ("search", self.search),
                    ("search_police", self.search),
                    ("search_finding", self.search),
                    ("measure", measure),
                    ("measure_paper", measure),
                    ("device", self.device),
                    ("device_notice", self.device),
                    ("device_removal", self.device),
                    ("device_extension", self.extension),
                ):
                    pdf = (
                        self.env["ir.actions.report"]
                        .with_user(self.correction)
                        .with_context(force_report_rendering=True)
                        ._render_qweb_pdf(REPORT % report, record.ids)[0]
                    )
                    if os.environ.get("MEASURE_PDF"):
                        Path(os.environ["MEASURE_PDF"], f"{kind}_{report}.pdf").write_bytes(pdf)
                    self.assertLessEqual(len(pages_of(pdf)), 2, report)
