from odoo import api, models

from ...tools.chinese_forms import paragraphs

REASONS = {
    "probation_revoked": "被裁定撤销缓刑",
    "parole_revoked": "被裁定撤销假释",
    "returned": "被决定收监执行",
    "death": "死亡",
    "other": "其他法定事由",
}
ARTICLES = {"death": "第四十五条、第五十一条"}


class ReportCorrectionEnd(models.AbstractModel):
    """Notice of termination (终止社区矫正通知书), prepared for the county body to issue."""

    _name = "report.township_governance.report_correction_end"
    _inherit = ["township.report.correction.base"]
    _description = "Notice of termination"

    _doc_model = "township.correction.end"
    _title = "终止社区矫正通知书"

    @api.model
    def _texts(self, doc):
        subject = doc.subject_id
        paper = f"{doc.decision_body or '　　　　'}{doc.decision_number or '　　　　'}"
        return [
            ("致", [subject.deciding_body or "　　　　　　", "人民检察院", "公安机关"]),
            (
                "终止原因",
                [f"{REASONS[doc.reason]}，{self._day(doc.date)}。", *paragraphs(doc.note)],
            ),
            (
                "依据",
                [
                    (
                        f"{paper}（{self._day(doc.decision_date)}）；《中华人民共和国社区矫正法》"
                        f"{ARTICLES.get(doc.reason, '第四十五条')}。"
                    )
                ],
            ),
        ]

    @api.model
    def _opinions(self, doc):
        return [self._opinion("县级社区矫正机构", sign="（印章）")]

    @api.model
    def _closing(self, doc):
        return ["本通知由司法所代拟，由县级社区矫正机构审核印发。"]
