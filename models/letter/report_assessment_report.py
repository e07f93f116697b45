from odoo import api, models

from ...tools.chinese_forms import date_words, paragraphs

PARTS = (
    ("一、履行职责情况", "work_text"),
    ("二、取得成效", "result_text"),
    ("三、存在问题", "problem_text"),
    ("四、下一步打算", "plan_text"),
)


class ReportAssessmentReport(models.AbstractModel):
    """Self-report (述职报告) as the head of a unit signs it."""

    _name = "report.township_governance.report_assessment_report"
    _inherit = ["township.report.assessment.base"]
    _description = "Self-report"

    _doc_model = "township.assessment.report"
    _title = "述职报告"

    @api.model
    def _papers(self, docs):
        return [
            {
                "title": f"{self._period_words(report.sudo().round_id)}述职报告",
                "notes": [report.unit_id.name],
                "sections": [(heading, paragraphs(report[name])) for heading, name in PARTS],
                "name": report.submitted_by_id.sudo().name or "",
                "date": date_words(report.submitted_date),
            }
            for report in docs
        ]
