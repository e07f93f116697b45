from odoo import api, models


class ReportCorrectionPapers(models.AbstractModel):
    """Letter to the deciding body asking for the papers that are missing (COR-08)."""

    _name = "report.township_governance.report_correction_papers"
    _inherit = ["township.report.correction.base"]
    _description = "Letter asking for missing papers"

    _title = "法律文书补齐通知"

    @api.model
    def _texts(self, doc):
        body = doc.deciding_body or "　　　　　　"
        notice = doc.notice_number or "　　　　　　"
        return [
            ("致", [body]),
            (
                "已收到的文书",
                [
                    f"{paper.display_name}，{self._day(paper.date_received)}，{paper.copies}份"
                    for paper in doc.paper_ids
                ],
            ),
            ("缺少的文书", (doc.missing_papers or "").split("、") if doc.missing_papers else []),
            (
                "请求",
                [
                    (
                        f"依照《中华人民共和国社区矫正法》第二十条，请贵单位自收到本通知之日起尽快补齐上述"
                        f"法律文书（执行通知书文号：{notice}），并抄送人民检察院和公安机关。"
                    )
                ],
            ),
        ]

    @api.model
    def _opinions(self, doc):
        return [self._opinion("通知机关", sign="（印章）经办人")]
