from odoo import api, models

from ...tools import printing
from ...tools.chinese_forms import date_words, township_name
from ...tools.sheets import Column, table_sheets

REPORT = "township_governance.action_report_letter_progress"
COLUMNS = (
    Column("序号", 12, True),
    Column("单位", 58),
    Column("责任人", 28, True),
    Column("文书", 48),
    Column("状态", 22, True),
    Column("下发日期", 28, True),
    Column("应签日期", 28, True),
    Column("签订日期", 28, True),
    Column("逾期天数", 20, True),
)
STATE_WORDS = {
    "draft": "未下发",
    "issued": "待签订",
    "signed": "乙方已签",
    "in_force": "已生效",
    "assessed": "已考核",
    "closed": "已办结",
}
# Title and line above the first table, in points, as in report_form.css.
TITLE_HEIGHT = 52


class ReportLetterProgress(models.AbstractModel):
    """Who has signed (签订情况一览表), by unit: any number of letters, one list per township."""

    _name = "report.township_governance.report_letter_progress"
    _inherit = ["township.report.base"]
    _description = "Progress of signing"

    _doc_model = "township.letter"
    _title = "责任书签订情况一览表"

    @api.model
    def _get_report_values(self, docids, data=None):
        letters = self.env[self._doc_model].browse(docids)
        letters.check_access("read")
        return {
            "doc_ids": letters.ids,
            "doc_model": letters._name,
            "docs": letters,
            "title": self._title,
            "columns": COLUMNS,
            "papers": [
                self._paper(company, part)
                for company, part in letters.grouped("company_id").items()
            ],
        }

    @api.model
    def _paper(self, company, letters):
        letters = letters.sorted(lambda one: (one.year, one.unit_id.sudo().display_name or ""))
        years = sorted(set(letters.mapped("year")))
        span = f"{years[0]}—{years[-1]}" if len(years) > 1 else str(years[0])
        out = letters.filtered(lambda letter: letter.state != "draft")
        return {
            "res_id": company.id,
            "heading": f"{township_name(company.sudo().name)}{span}年度{self._title}",
            "date": date_words(self.env["township.calendar.day"]._today()),
            "issued": len(out),
            "signed": len(out.filtered("signed_date")),
            "overdue": len(out.filtered(lambda letter: letter.deadline_state == "overdue")),
            "sheets": self._sheets(letters),
        }

    @api.model
    def _sheets(self, letters):
        page = self.env["ir.actions.report"]._township_page(self.env.ref(REPORT).sudo())
        room = (210 - page.top - page.bottom) * printing.MM
        rows = [self._cells(number, letter) for number, letter in enumerate(letters, 1)]
        return table_sheets(COLUMNS, rows, room - TITLE_HEIGHT, room)[1]

    @api.model
    def _cells(self, number, letter):
        return [
            str(number),
            letter.unit_id.sudo().name or "",
            letter.signer_id.sudo().name or "",
            letter.title,
            STATE_WORDS[letter.state],
            *(
                str(letter[name] or "")
                for name in ("date_issued", "sign_by", "signed_date", "overdue_days")
            ),
        ]
