from odoo import api, models

from ...tools.chinese_forms import paragraphs
from .report_correction_base import CATEGORY_WORDS

KINDS = {"ordinary": "普通程序", "fast": "速裁程序"}


class ReportCorrectionOpinion(models.AbstractModel):
    """Opinion of an assessment before the decision (调查评估意见书), to the entrusting body."""

    _name = "report.township_governance.report_correction_opinion"
    _inherit = ["township.report.correction.base"]
    _description = "Assessment opinion"

    _doc_model = "township.correction.assessment"
    _title = "调查评估意见书"

    @api.model
    def _number(self, doc):
        return doc.opinion_number

    @api.model
    def _rows(self, doc):
        subject = doc.subject_id
        return [
            [("委托单位", doc.entrusting_body), ("委托函文号", doc.entrusting_number or "")],
            [("收到日期", self._day(doc.date_entrusted)), ("办理程序", KINDS[doc.kind])],
            *self._person_rows(subject)[:3],
            [("涉嫌罪名", subject.offence or ""), ("拟适用类别", self._category(subject))],
        ]

    @api.model
    def _category(self, subject):
        return CATEGORY_WORDS.get(subject.category, "")

    @api.model
    def _texts(self, doc):
        return [
            ("居所和家庭情况", paragraphs(doc.residence)),
            ("一贯表现", paragraphs(doc.conduct)),
            ("犯罪行为的后果和影响", paragraphs(doc.consequences)),
            ("居住地村（居）民委员会和被害人意见", paragraphs(doc.victim_view)),
            ("拟禁止的事项", paragraphs(doc.prohibitions)),
        ]

    @api.model
    def _opinions(self, doc):
        return [
            self._opinion("调查评估意见", doc.opinion, sign="（印章）负责人", day=doc.date_sent)
        ]
