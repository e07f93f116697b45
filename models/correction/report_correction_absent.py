from odoo import api, models


class ReportCorrectionAbsent(models.AbstractModel):
    """Notice to the county body that a person has not reported in in time (未按时报到通知): the
    county body searches and decides."""

    _name = "report.township_governance.report_correction_absent"
    _inherit = ["township.report.correction.base"]
    _description = "Notice of not reporting in"

    _title = "社区矫正对象未按时报到通知"

    @api.model
    def _texts(self, doc):
        return [
            ("致", [doc.company_id.sudo().township_correction_body or "县级社区矫正机构"]),
            (
                "情况",
                [
                    (
                        f"上列社区矫正对象的判决（裁定、决定）于{self._day(doc.effective_date)}生效，依照"
                        "《中华人民共和国社区矫正法》第二十一条应在十日内报到（移交），至今未到本所"
                        "报到。请县级社区矫正机构组织查找并依法处理。"
                    )
                ],
            ),
            ("已做的联系", []),
        ]

    @api.model
    def _opinions(self, doc):
        return [self._opinion("司法所", sign="（印章）经办人")]
