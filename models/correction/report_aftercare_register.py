from odoo import api, models

from .report_aftercare_base import HAND_OVERS, SETTLED, SOURCES


class ReportAftercareRegister(models.AbstractModel):
    """Registration form of aftercare (安置帮教登记表)."""

    _name = "report.township_governance.report_aftercare_register"
    _inherit = ["township.report.aftercare.base"]
    _description = "Registration form of aftercare"

    _title = "安置帮教登记表"

    @api.model
    def _rows(self, doc):
        return [
            *super()._rows(doc),
            [("人员来源", SOURCES[doc.source]), ("释放（解除）日期", self._day(doc.release_date))],
            [("原罪名", doc.offence or ""), ("原判刑期", doc.sentence or "")],
            [
                ("释放（解除）单位", doc.released_from or ""),
                ("通知书编号", doc.notice_number or ""),
            ],
            [
                ("衔接日期", self._day(doc.hand_over_date)),
                ("衔接方式", HAND_OVERS.get(doc.hand_over_way, "")),
            ],
            [
                ("安置日期", self._day(doc.settled_date)),
                ("安置方式", SETTLED.get(doc.settled_way, "")),
            ],
            [("未安置原因", doc.unsettled_reason or "")],
        ]

    @api.model
    def _texts(self, doc):
        helpers = [
            "　".join(filter(None, (helper.name, helper.workplace, helper.phone)))
            for helper in doc.helper_ids
            if not helper.date_to
        ]
        return [
            ("帮教责任人", helpers),
            ("帮扶需求", [f"{self._kind(need)}：{need.request}" for need in doc.need_ids]),
        ]

    @api.model
    def _closing(self, doc):
        return ["登记人（签名）：　　　　　　　　　　　　　年　　月　　日"]
