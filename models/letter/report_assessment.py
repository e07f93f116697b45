from odoo import api, models

from ...tools.chinese_forms import date_words
from ...tools.scoring import decimal
from ...tools.scoring_words import number_words, rule_words
from ...tools.sheets import Column


class ReportAssessment(models.AbstractModel):
    """Score sheet (考核评分表): each item with its raw counts beside the rate, points and why."""

    _name = "report.township_governance.report_assessment"
    _inherit = ["township.report.assessment.base"]
    _description = "Score sheet"

    _doc_model = "township.assessment"
    _title = "考核评分表"
    _report = "township_governance.action_report_assessment"
    _sheet_columns = (
        Column("序号", 11, True),
        Column("考核指标", 44),
        Column("分值", 21, True),
        Column("目标值", 18, True),
        Column("计分办法", 55),
        Column("符合数", 18, True),
        Column("应计数", 18, True),
        Column("比率（%）", 20, True),
        Column("得分", 18, True),
        Column("评分说明", 47),
    )

    @api.model
    def _papers(self, docs):
        return [
            {
                "title": f"{self._period_words(one.round_id)}{one.letter_id.title}考核评分表",
                "office": self._office(one.company_id),
                "unit": one.unit_id.name,
                "number": one.letter_id.number or "",
                "draft": one.state == "open",
                "sheets": self._sheets(self._rows(one)),
                "total": self._total(one),
                "veto": one.veto,
                "date": date_words(one.announced_date),
            }
            for one in docs
        ]

    @api.model
    def _rows(self, one):
        scored = one.line_ids.filtered(lambda line: line.kind != "veto")
        rows = [self._row(place, line) for place, line in enumerate(scored, start=1)]
        for row in one.bonus_ids:
            label = "加分" if row.points > 0 else "扣分"
            given = f"{row.points:+g}"
            rows.append(["", label, "", "", "", "", "", "", given, self._proof_words(row)])
        for line in one.line_ids - scored:
            hit = "已发生" if line.hit else "未发生"
            why = self._proof_words(line) if line.hit else ""
            rows.append(["", line.name, "", "", "一票否决事项", "", "", "", hit, why])
        return rows

    @api.model
    def _row(self, place, line):
        item = line.letter_line_id
        counted = line.rule != "manual"
        rated = counted and line.rule != "deduct_per_event"
        weight = number_words(line.weight)
        if decimal(line.full) not in (0, decimal(line.weight)):
            weight += f"\n（{number_words(line.full)}）"
        return [
            str(place),
            line.name,
            weight,
            f"{number_words(line.target)}%" if rated else "",
            rule_words(item._item()),
            number_words(line.numerator) if counted else "",
            number_words(line.denominator) if rated else "",
            f"{line.value:.2f}" if rated and line.denominator else "",
            f"{line.score:.2f}" if line.scored else "不计分",
            self._proof_words(line),
        ]

    @api.model
    def _proof_words(self, row):
        """:return: ``str``: reason, day and scorer of a score by hand"""
        parts = [row.reason or "", str(row.date or ""), row.scorer_id.sudo().name or ""]
        return "　".join(part for part in parts if part)

    @api.model
    def _total(self, one):
        rank = f"　名次：第{one.rank}名" if one.rank else ""
        return (
            f"指标得分：{one.item_score:.2f}　加分：{one.bonus:.2f}　扣分：{one.penalty:.2f}　"
            f"总分：{one.score:.2f}　等次：{one.grade_id.name or '　　　'}{rank}"
        )
