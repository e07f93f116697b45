from odoo import api, models

from ...tools.chinese_forms import date_words, paragraphs

WISHES = {"yes": "愿意接受安置帮教", "no": "不需要安置帮教", "undecided": "暂未决定"}


class ReportReleaseAppraisal(models.AbstractModel):
    """Appraisal at the end of the term (社区矫正期满鉴定表)."""

    _name = "report.township_governance.report_release_appraisal"
    _inherit = ["township.report.correction.base"]
    _description = "Term-end appraisal"

    _doc_model = "township.correction.release"
    _title = "社区矫正期满鉴定表"

    @api.model
    def _rows(self, doc):
        return [
            *super()._rows(doc),
            [
                ("个人总结", self._handed_in(doc)),
                ("安置帮教意愿", WISHES.get(doc.wish, "")),
            ],
            [("被采取强制措施、提请撤销情况", self._obstacles(doc))],
        ]

    @api.model
    def _handed_in(self, doc):
        return f"{self._day(doc.summary_date)}提交" if doc.summary_date else ""

    @api.model
    def _obstacles(self, doc):
        """In the words of the paper, whatever language the screen has."""
        words = {
            "measure": "被采取强制措施",
            "revocation": "被提请撤销",
            "prison": "被提请收监执行",
            "other": "其他情形",
        }
        standing = doc.obstacle_ids.filtered(lambda one: not one.ended_date)
        facts = [f"{date_words(one.since_date)}{words[one.kind]}（{one.body}）" for one in standing]
        return "；".join(facts) or "无"

    @api.model
    def _texts(self, doc):
        return [("矫正期间表现及鉴定", paragraphs(doc.appraisal) or ["　"] * 5)]

    @api.model
    def _opinions(self, doc):
        sign = f"鉴定人（{doc.appraisal_by}）" if doc.appraisal_by else "鉴定人"
        return [
            self._opinion("司法所意见", sign=sign, day=doc.appraisal_date),
            self._opinion("县级社区矫正机构意见", sign="负责人（盖章）"),
        ]
