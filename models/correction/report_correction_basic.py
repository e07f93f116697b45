from odoo import api, models

WAYS = {"self": "本人报到", "handed_over": "移交"}


class ReportCorrectionBasic(models.AbstractModel):
    """Basic particulars of a subject (社区矫正对象基本信息表)."""

    _name = "report.township_governance.report_correction_basic"
    _inherit = ["township.report.correction.base"]
    _description = "Basic particulars of a subject"

    _title = "社区矫正对象基本信息表"

    @api.model
    def _rows(self, doc):
        return [
            *self._person_rows(doc),
            [("户籍地", doc.registered_address or ""), ("所在村（居）", doc.unit_id.name or "")],
            [
                ("判决（裁定、决定）文号", doc.judgment_number or ""),
                ("判决（裁定、决定）日期", self._day(doc.judgment_date)),
            ],
            [
                ("执行通知书文号", doc.notice_number or ""),
                ("执行通知书日期", self._day(doc.notice_date)),
            ],
            [("生效日期", self._day(doc.effective_date)), ("附加刑", doc.additional_penalty or "")],
            [
                ("报到日期", self._day(doc.reported_date)),
                ("接收方式", WAYS.get(doc.reception_way, "")),
            ],
            [
                ("身份核实", self._day(doc.identity_checked_date)),
                ("凭证", doc.identity_paper or ""),
            ],
        ]

    @api.model
    def _texts(self, doc):
        return [
            (
                "已收法律文书",
                [
                    f"{paper.display_name}（{self._day(paper.date_received)}，{paper.copies}份）"
                    for paper in doc.paper_ids
                ],
            ),
            ("备注", []),
        ]

    @api.model
    def _closing(self, doc):
        return ["本表一式三份：县级社区矫正机构、司法所、公安机关各一份。"]
