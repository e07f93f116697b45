from odoo import api, models

from ...tools.sheets import Column

KIND_WORDS = {
    "centre": "综治中心",
    "department": "部门站所",
    "village": "行政村",
    "community": "社区",
    "enterprise": "企业",
    "school": "学校",
    "other": "其他",
}


class ReportAssessmentRound(models.AbstractModel):
    """Summary of results (考核结果汇总表): the assessments of a round that its reader may see;
    ranks only once they are published."""

    _name = "report.township_governance.report_assessment_round"
    _inherit = ["township.report.assessment.base"]
    _description = "Summary of results"

    _doc_model = "township.assessment.round"
    _title = "考核结果汇总表"
    _report = "township_governance.action_report_assessment_round"
    _sheet_columns = (
        Column("序号", 14, True),
        Column("责任单位", 62),
        Column("单位类别", 30, True),
        Column("指标得分", 26, True),
        Column("加分", 22, True),
        Column("扣分", 22, True),
        Column("总分", 26, True),
        Column("等次", 26, True),
        Column("名次", 20, True),
        Column("备注", 22),
    )

    @api.model
    def _papers(self, docs):
        papers = []
        for batch in docs:
            rows = self._rows(batch)
            papers.append(
                {
                    "title": f"{self._period_words(batch)}目标管理责任书考核结果汇总表",
                    "office": self._office(batch.company_id),
                    "count": len(rows),
                    "draft": batch.state == "open",
                    "sheets": self._sheets(rows),
                }
            )
        return papers

    @api.model
    def _rows(self, batch):
        shown = batch.assessment_ids._filtered_access("read").sorted(
            lambda one: (not one.rank, one.rank, one.unit_id.kind, one.unit_id.sequence, one.id)
        )
        return [
            [
                str(place),
                one.unit_id.name,
                KIND_WORDS[one.unit_id.kind],
                f"{one.item_score:.2f}",
                f"{one.bonus:.2f}",
                f"{one.penalty:.2f}",
                f"{one.score:.2f}",
                one.grade_id.name or "",
                str(one.rank or ""),
                "一票否决" if one.veto else "",
            ]
            for place, one in enumerate(shown, start=1)
        ]
