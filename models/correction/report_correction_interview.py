from odoo import api, models

from ...tools.chinese_forms import paragraphs

WAYS = {"visit": "走访", "interview": "谈话", "phone": "电话"}


class ReportCorrectionInterview(models.AbstractModel):
    """Record of one visit or interview of an assessment (调查笔录); the person asked signs it."""

    _name = "report.township_governance.report_correction_interview"
    _inherit = ["township.report.correction.base"]
    _description = "Record of an assessment interview"

    _doc_model = "township.correction.assessment.interview"
    _title = "调查笔录"

    @api.model
    def _rows(self, doc):
        return [
            [("时间", self._day(doc.date)), ("地点", doc.place or "")],
            [("方式", WAYS[doc.way]), ("与调查对象的关系", doc.relation)],
            [("调查人", doc.interviewers or ""), ("委托单位", doc.assessment_id.entrusting_body)],
            [("被调查人姓名（手填）", "")],
        ]

    @api.model
    def _texts(self, doc):
        return [("笔录内容", paragraphs(doc.content))]

    @api.model
    def _opinions(self, doc):
        return [
            self._opinion("以上笔录已阅，与所述一致", sign="被调查人签名"),
            self._opinion("调查人", sign="签名"),
        ]
