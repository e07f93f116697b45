from odoo import api, models

from ...tools.chinese_forms import date_words, paragraphs
from .report_correction_letter import BLANK

REASONS = {
    "probation_revoked": "被裁定撤销缓刑",
    "parole_revoked": "被裁定撤销假释",
    "returned": "被决定收监执行",
    "death": "死亡",
    "other": "其他法定事由",
}
ARTICLES = {"death": "第四十五条、第五十一条"}


class ReportCorrectionEnd(models.AbstractModel):
    """Notice of termination (终止社区矫正通知书), a draft for the county body: its number and date
    stay blank."""

    _name = "report.township_governance.report_correction_end"
    _inherit = ["township.report.correction.letter"]
    _description = "Notice of termination"

    _doc_model = "township.correction.end"
    _title = "终止社区矫正通知书"

    @api.model
    def _office(self, doc):
        return self._county(doc)

    @api.model
    def _addressee(self, doc):
        return f"{doc.subject_id.deciding_body or BLANK}、人民检察院、公安机关"

    @api.model
    def _lines(self, doc):
        paper = ""
        if doc.decision_number:
            day = date_words(doc.decision_date)
            paper = f"（{doc.decision_body or ''}{day}{doc.decision_number}）"
        return [
            self._about(doc.subject_id),
            f"该社区矫正对象{REASONS[doc.reason]}，{date_words(doc.date)}。{paper}",
            *paragraphs(doc.note),
            (
                f"依据《中华人民共和国社区矫正法》{ARTICLES.get(doc.reason, '第四十五条')}的规定，"
                f"自{date_words(doc.date)}起终止社区矫正。"
            ),
            "特此通知。",
        ]
