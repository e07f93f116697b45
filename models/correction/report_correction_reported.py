from odoo import api, models


class ReportCorrectionReported(models.AbstractModel):
    """Notice to the deciding body of how the person reported in (报到情况通知单)."""

    _name = "report.township_governance.report_correction_reported"
    _inherit = ["township.report.correction.base"]
    _description = "Notice of reporting in"

    _title = "社区矫正对象报到情况通知单"

    @api.model
    def _texts(self, doc):
        return [
            ("致", [doc.deciding_body or "　　　　　　"]),
            (
                "报到情况",
                [
                    (
                        f"上列社区矫正对象于{self._day(doc.reported_date)}到本机关报到，已核对法律文书、"
                        "核实身份、办理接收登记、建立档案。特此通知。"
                    )
                ],
            ),
        ]

    @api.model
    def _opinions(self, doc):
        return [self._opinion("通知机关", sign="（印章）经办人")]

    @api.model
    def _closing(self, doc):
        return ["抄送：人民检察院、公安机关。"]
