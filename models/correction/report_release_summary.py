from odoo import api, models


class ReportReleaseSummary(models.AbstractModel):
    """Personal summary (个人总结), blank: the person writes it."""

    _name = "report.township_governance.report_release_summary"
    _inherit = ["township.report.correction.base"]
    _description = "Personal summary before release"

    _doc_model = "township.correction.release"
    _title = "社区矫正对象个人总结"

    @api.model
    def _texts(self, doc):
        # room to write by hand
        return [
            ("遵纪守法及接受监督管理情况", ["　"] * 6),
            ("参加教育学习和公益活动情况", ["　"] * 5),
            ("思想认识及今后打算", ["　"] * 5),
            ("对安置帮教的意愿和需求", ["　"] * 3),
        ]

    @api.model
    def _closing(self, doc):
        return ["社区矫正对象（签名）：　　　　　　　　　　　年　　月　　日"]
