from odoo import api, models

from ...tools.chinese_forms import date_words

# The words of the table, whatever language the screen has.
FIGURES = {
    "correction_stock": "期末在矫",
    "correction_new": "本期新接收",
    "correction_released": "本期解除",
    "correction_terminated": "本期终止",
    "correction_relocated": "本期执行地变更转出",
    "correction_assessed": "本期受委托调查评估",
}
AID = {
    "aftercare_handed_over": "衔接（应衔接）",
    "aftercare_accepted": "接受帮教（已衔接）",
    "aftercare_settled": "安置（接受帮教）",
}
WITHHELD = "※"
MINORS = "township_governance.group_correction_minor"
COLUMNS = ("control", "probation", "parole", "medical", "total")


class ReportCorrectionStatistics(models.AbstractModel):
    """Table of community corrections and aftercare (社区矫正、安置帮教情况统计表)."""

    _name = "report.township_governance.report_correction_statistics"
    _inherit = ["township.report.base"]
    _description = "Statistics of community corrections"

    _doc_model = "township.correction.statistics"
    _title = "社区矫正、安置帮教情况统计表"

    @api.model
    def _papers(self, docs):
        return [self._paper(table) for table in docs]

    @api.model
    def _paper(self, table):
        small = table.company_id.sudo().township_small_count
        lines = {line.figure: self._counts(line, table.withheld, small) for line in table.line_ids}
        return {
            "office": table.company_id.name,
            "period": f"{date_words(table._first_day())}至{date_words(table.date_to)}",
            "rows": [
                (words, [self._cell(lines[figure], name) for name in COLUMNS])
                for figure, words in FIGURES.items()
                if figure in lines
            ],
            "aid": [
                (
                    words,
                    self._cell(lines[figure], "total"),
                    self._cell(lines[figure], "base"),
                    self._rate(lines[figure]),
                )
                for figure, words in AID.items()
                if figure in lines
            ],
            "withheld": small if table.withheld else 0,
            "adults_only": not self.env.user.has_group(MINORS),
            "date": date_words(self.env["township.calendar.day"]._today()),
        }

    @api.model
    def _counts(self, line, withheld, small):
        if withheld:
            return line._shown(small)
        return {name: line[name] for name in (*COLUMNS, "base")}

    @api.model
    def _cell(self, counts, name):
        value = counts.get(name)
        return WITHHELD if value is None else str(value)

    @api.model
    def _rate(self, counts):
        """:return: ``str``, the rate beside its raw counts; empty where one is withheld or zero"""
        total, base = counts.get("total"), counts.get("base")
        return f"{100 * total / base:.1f}%" if total is not None and base else ""
