from odoo import api, models

from ...tools import printing
from ...tools.chinese_forms import township_name
from ...tools.sheets import table_sheets

QUARTERS = "一二三四"
TITLE_LINES = 110  # points: title and the lines below it, as the styles have them


class TownshipReportAssessmentBase(models.AbstractModel):
    """What the tables of assessments share: landscape pages, each with a table that fits."""

    _name = "township.report.assessment.base"
    _inherit = ["township.report.base"]
    _description = "Table of an assessment"

    _sheet_columns = ()
    _report = ""

    @api.model
    def _sheets(self, rows):
        """:return: ``list`` of sheets of rows, each of which fits on its page"""
        report = self.env.ref(self._report).sudo()
        page = self.env["ir.actions.report"]._township_page(report)
        room = (210 - page.top - page.bottom) * printing.MM
        return table_sheets(self._sheet_columns, rows, room - TITLE_LINES, room)[1]

    @api.model
    def _get_report_values(self, docids, data=None):
        values = super()._get_report_values(docids, data)
        return {**values, "columns": self._sheet_columns}

    @api.model
    def _office(self, company):
        """:return: ``str``, the township as papers name it"""
        return township_name(company.sudo().name)

    @api.model
    def _period_words(self, batch):
        """:return: ``str`` such as ``2026年第二季度``"""
        part = "年度"
        if batch.period == "quarter":
            part = f"年第{QUARTERS[batch.index - 1]}季度"
        elif batch.period == "half":
            part = "年上半年" if batch.index == 1 else "年下半年"
        return f"{batch.year}{part}"
