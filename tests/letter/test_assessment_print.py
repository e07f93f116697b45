"""Papers of assessments: score sheet, summary of results, self-report."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..common.printing import KINDS, pages_of, wkhtmltopdf
from .assessing import AssessmentCase

SHEET = "township_governance.report_assessment"
SUMMARY = "township_governance.report_assessment_round"
REPORT = "township_governance.report_assessment_report"


@tagged("post_install", "-at_install")
class TestAssessmentPrint(AssessmentCase):
    def text(self, report, record, user=None):
        """:return: ``str`` of the paper without blanks"""
        rendering = self.env["ir.actions.report"].with_user(user or self.officer)
        return "".join(rendering._render_qweb_html(report, record.ids)[0].decode().split())

    def scored(self):
        """:return: an announced assessment with a deduction and a bonus"""
        self.make_ended_case()
        self.make_ended_case(late=True)
        assessment = self.filled()
        line = self.line_of(assessment, "组织领导")
        line.write({"hand_score": 15.5, **self.proof()})
        assessment.bonus_ids = [
            Command.create({"points": 2, "reason": "县级示范", **self.proof(reason="县级示范")})
        ]
        assessment.action_announce()
        return assessment

    def test_the_score_sheet_shows_raw_counts_beside_each_rate_and_why(self):
        assessment = self.scored()
        text = self.text(SHEET, assessment, self.head)
        on_time = self.line_of(assessment, "unit_on_time")
        cells = (f"{on_time.numerator:g}", f"{on_time.denominator:g}", f"{on_time.value:.2f}")
        self.assertIn("".join(f'<tdclass="centre">{cell}</td>' for cell in cells), text)
        for words in (
            "未按月报送台账",
            "+2",
            "县级示范",
            "不计分",
            f"总分：{assessment.score:.2f}",
        ):
            self.assertIn(words, text)
        with self.assertRaises(AccessError):
            self.text(SHEET, assessment, self.reporter_other)

    def test_a_score_sheet_of_many_items_has_whole_rows_on_every_page(self):
        assessment = self.scored()
        self.line_of(assessment, "组织领导").sudo()._entering().write({"reason": "龘" * 700})
        report = self.env["ir.actions.report"].with_user(self.officer)
        report = report.with_context(force_report_rendering=True)
        for kind in KINDS:
            with self.subTest(kind), wkhtmltopdf(kind):
                pdf = report._render_qweb_pdf(SHEET, assessment.ids)[0]
                pages = pages_of(pdf)
                self.assertGreater(len(pages), 1)
                self.assertTrue(all("考核指标" in page for page in pages[:-1]))
                self.assertEqual("".join(pages).count("龘"), 700)

    def test_the_summary_has_what_its_reader_may_see_and_no_rank_before_it_is_published(self):
        assessment = self.scored()
        self.company.township_letter_ranking = True
        text = self.text(SUMMARY, self.round)
        self.assertIn(self.unit.name, text)
        self.assertIn(f"{assessment.score:.2f}", text)
        self.assertNotIn(self.unit.name, self.text(SUMMARY, self.round, self.reporter_other))

    def test_the_self_report_prints_as_its_head_wrote_it(self):
        self.filled()
        action = self.letter.with_user(self.head).action_self_report()
        report = self.env[action["res_model"]].with_user(self.head).browse(action["res_id"])
        report.write({"work_text": "全年排查十二次。", "result_text": "调解成功率百分之九十六。"})
        report.action_submit()
        text = self.text(REPORT, report, self.head)
        for words in (
            "述职报告",
            self.unit.name,
            "全年排查十二次。",
            "百分之九十六",
            "三、存在问题",
        ):
            self.assertIn(words, text)
