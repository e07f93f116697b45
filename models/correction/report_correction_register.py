from odoo import api, models

from ...tools import printing, sheets
from ...tools.chinese_forms import date_words
from .report_correction_base import CATEGORY_WORDS, GENDERS

STATE_WORDS = {
    "draft": "",
    "assessing": "调查评估",
    "expected": "待报到",
    "received": "已报到",
    "in_correction": "在矫",
    "released": "解除",
    "terminated": "终止",
    "relocated": "执行地变更",
    "not_placed": "未在本地执行",
}
DATE = "{0.year}.{0.month}.{0.day}"
COLUMNS = [
    sheets.Column("序号", 10, True),
    sheets.Column("编号", 53),
    sheets.Column("姓名", 20, True),
    sheets.Column("性别", 11, True),
    sheets.Column("出生日期", 22, True),
    sheets.Column("所在村（社区）", 22, True),
    sheets.Column("矫正类别", 24, True),
    sheets.Column("罪名", 26, True),
    sheets.Column("决定机关", 29, True),
    sheets.Column("矫正期限", 38, True),
    sheets.Column("状态", 17, True),
]
# Height of a page in points, and what the lines above the table take of the first one.
ROOM, ABOVE = 178 * printing.MM, 50


class ReportCorrectionRegister(models.AbstractModel):
    """Register of subjects (社区矫正对象名册), one table of all chosen; numbers stay masked."""

    _name = "report.township_governance.report_correction_register"
    _inherit = ["township.report.base"]
    _description = "Register of community-corrections subjects"

    _doc_model = "township.correction.subject"
    _title = "社区矫正对象名册"

    @api.model
    def _get_report_values(self, docids, data=None):
        """One paper for all records; parameters and result are the base's."""
        values = super()._get_report_values(docids, data=data)
        docs = values["docs"].sorted(lambda subject: (subject.company_id.id, subject.id))
        return {
            **values,
            "papers": [self._sheet(part) for part in docs.grouped("company_id").values()],
        }

    @api.model
    def _sheet(self, subjects):
        rows = [(str(number), *self._row(row)) for number, row in enumerate(subjects, 1)]
        return {
            "res_id": subjects[:1].id,
            "mark": None,
            "office": subjects.company_id.name,
            "date": date_words(self.env["township.calendar.day"]._today()),
            "count": len(subjects),
            "columns": COLUMNS,
            "sheets": sheets.table_sheets(COLUMNS, rows, ROOM - ABOVE, ROOM)[1],
        }

    @api.model
    def _row(self, subject):
        return (
            subject.number or "",
            subject.name,
            GENDERS.get(subject.gender, ""),
            self._born(subject),
            subject.unit_id.name or "",
            CATEGORY_WORDS.get(subject.category, ""),
            subject.offence or "",
            subject.deciding_body or "",
            self._term(subject),
            STATE_WORDS[subject.state],
        )

    @api.model
    def _born(self, subject):
        return DATE.format(subject.birth_date) if subject.birth_date else ""

    @api.model
    def _term(self, subject):
        days = (subject.term_start, subject.term_end)
        return "—".join(DATE.format(day) if day else "" for day in days) if any(days) else ""
