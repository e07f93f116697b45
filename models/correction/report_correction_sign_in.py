from odoo import api, models

from ...tools.chinese_forms import amount_words
from .report_correction_attendance_base import KIND_WORDS, OUTCOME_WORDS

# A sheet with room for some who come unexpectedly.
LEAST_LINES = 15
# What a further page holds: rows are high enough to sign in.
PAGE_LINES = 20


class ReportCorrectionSignIn(models.AbstractModel):
    """Sign-in sheet of an activity (签到表); adults and minors are never on the same."""

    _name = "report.township_governance.report_correction_sign_in"
    _inherit = ["township.report.correction.base"]
    _description = "Sign-in sheet"

    _doc_model = "township.correction.activity"
    _title = "签到表"
    _full_fields = ()

    @api.model
    def _paper(self, doc):
        names = [
            (row.subject_id.name, OUTCOME_WORDS[row.outcome] if doc.state == "held" else "")
            for row in doc.attendance_ids
        ]
        names += [("", "")] * (LEAST_LINES - len(names))
        lines = [(number, *line) for number, line in enumerate(names, 1)]
        later = range(LEAST_LINES, len(lines), PAGE_LINES)
        return {
            "title": f"社区矫正对象{KIND_WORDS[doc.kind]}签到表",
            "rows": [
                [("主题", doc.name)],
                [("日期", self._day(doc.date)), ("地点", doc.place or "")],
                [("时长（小时）", amount_words(doc.hours)), ("组织人", doc.user_id.name or "")],
            ],
            "sheets": [
                lines[:LEAST_LINES],
                *(lines[start : start + PAGE_LINES] for start in later),
            ],
        }
