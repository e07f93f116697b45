from odoo import api, models

from ...tools.chinese_forms import paragraphs

HEADINGS = (
    ("basic_situation", "基本情况"),
    ("assessment", "综合评估"),
    ("special_points", "心理状态和其他特殊情况"),
    ("supervision", "监督管理措施"),
    ("education", "教育矫正措施"),
    ("help_measures", "帮困扶助措施"),
    ("reason", "调整理由"),
    ("effect", "实施效果"),
)


class ReportCorrectionPlan(models.AbstractModel):
    """Correction plan (矫正方案, COR-54), one version."""

    _name = "report.township_governance.report_correction_plan"
    _inherit = ["township.report.correction.base"]
    _description = "Correction plan"
    _doc_model = "township.correction.plan"
    _title = "矫正方案"

    @api.model
    def _rows(self, doc):
        return [
            *super()._rows(doc),
            [("方案版次", f"第{doc.version}版"), ("起用日期", self._day(doc.valid_from))],
        ]

    @api.model
    def _texts(self, doc):
        return [
            (heading, paragraphs(doc[name]))
            for name, heading in HEADINGS
            if name != "reason" or doc.version > 1
        ]

    @api.model
    def _opinions(self, doc):
        return [self._opinion("矫正小组", sign="签名"), self._opinion("司法所", sign="（盖章）")]
