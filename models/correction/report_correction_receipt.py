from odoo import api, models


class ReportCorrectionReceipt(models.AbstractModel):
    """Receipt for the papers and the person taken over (接收回执), to who handed them over."""

    _name = "report.township_governance.report_correction_receipt"
    _inherit = ["township.report.correction.base"]
    _description = "Receipt of reception"

    _title = "社区矫正接收回执"

    @api.model
    def _texts(self, doc):
        received = [
            f"{paper.display_name}，{paper.copies}份，{self._day(paper.date_received)}收到"
            for paper in doc.paper_ids
        ]
        return [
            ("致", [doc.deciding_body or "　　　　　　"]),
            ("收到的法律文书", received),
            ("接收情况", [f"已于{self._day(doc.reported_date)}接收上列社区矫正对象。"]),
        ]

    @api.model
    def _opinions(self, doc):
        return [self._opinion("接收机关", sign="（印章）接收人")]
