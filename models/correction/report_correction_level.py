from odoo import api, models

from ...tools.chinese_forms import paragraphs


class ReportCorrectionLevel(models.AbstractModel):
    """Class assessment (分类管理评估表): facts and reason of one change; nothing is counted."""

    _name = "report.township_governance.report_correction_level"
    _inherit = ["township.report.correction.base"]
    _description = "Assessment for the management class"
    _doc_model = "township.correction.level.change"
    _title = "分类管理评估表"

    @api.model
    def _rows(self, doc):
        return [
            *super()._rows(doc),
            [
                ("原管理类别", doc.former_level_id.name or "（首次确定）"),
                ("确定类别", doc.level_id.name),
            ],
            [("起始日期", self._day(doc.date)), ("管理要求", self._rhythm(doc.level_id))],
        ]

    @api.model
    def _rhythm(self, level):
        """:return: ``str``: how often what is due in a class"""
        duties = (("report", "报告"), ("visit", "实地查访"), ("activity", "教育学习"))
        return "；".join(
            f"每{self._interval(level[f'{name}_number'], level[f'{name}_unit'])}{words}一次"
            for name, words in duties
            if level[f"{name}_number"]
        )

    @api.model
    def _interval(self, number, unit):
        """:return: ``str`` such as 周, 2周, 半个月, 3个月"""
        if unit == "half_month":
            # "2个半月" would be two months and a half
            return "半个月" if number == 1 else f"{number}个半月期"
        word = {"day": "日", "week": "周", "month": "个月"}[unit]
        return word.removeprefix("个") if number == 1 else f"{number}{word}"

    @api.model
    def _texts(self, doc):
        return [("评估事实和理由", paragraphs(doc.reason))]

    @api.model
    def _opinions(self, doc):
        county = doc.decided_by == "county"
        paper = "\n".join(part for part in (doc.decision_body, doc.decision_number) if part)
        return [
            self._opinion("矫正小组意见", sign="签名"),
            self._opinion("司法所意见", sign="（盖章）"),
            self._opinion(
                "县级社区矫正机构意见",
                paper if county else "",
                sign="（盖章）",
                day=doc.decision_date if county else None,
            ),
        ]
