from datetime import timezone

from odoo import api, models

from ...tools.chinese_forms import date_words, paragraphs

WAY_WORDS = {
    "phone": "电话联系",
    "visit": "上门走访",
    "message": "信息联系",
    "relatives": "通过亲属、矫正小组联系",
    "other": "其他方式",
}


class ReportCorrectionSearch(models.AbstractModel):
    """Record of a search (查找记录)."""

    _name = "report.township_governance.report_correction_search"
    _inherit = ["township.report.correction.base"]
    _description = "Record of a search"

    _doc_model = "township.correction.search"
    _title = "社区矫正对象查找记录"

    @api.model
    def _rows(self, doc):
        return [
            *super()._rows(doc),
            [
                ("发现失去联系日期", self._day(doc.noticed_date)),
                ("通知公安机关日期", self._day(doc.police_date)),
            ],
            [("公安机关", doc.police_body or ""), ("协助查找函文号", doc.police_number or "")],
        ]

    @api.model
    def _texts(self, doc):
        return [
            ("发现经过", paragraphs(doc.circumstances)),
            ("查找情况", self._tries(doc)),
            ("排除情形", self._excluded(doc)),
            ("查找结果", self._result(doc)),
        ]

    @api.model
    def _tries(self, doc):
        """:return: ``list`` of ``str``, one line per attempt"""
        zone = self.env["township.calendar.day"]._timezone()
        lines = []
        for row in doc.try_ids:
            local = row.tried_at.replace(tzinfo=timezone.utc).astimezone(zone)
            whom = f"（{row.relation}）" if row.relation else ""
            day = f"{date_words(local.date())}{local.hour}时{local.minute:02d}分"
            lines.append(f"{day}，{WAY_WORDS[row.way]}{whom}：{row.result}")
        return lines

    @api.model
    def _excluded(self, doc):
        words = (("hospital", "住院就医"), ("custody", "被羁押"), ("leave", "经批准外出"))
        lines = []
        for name, label in words:
            tick = "☑" if doc[f"{name}_excluded"] else "□"
            proof = doc[f"{name}_proof"]
            lines.append(f"{tick} 已排除{label}{f'：{proof}' if proof else ''}")
        return lines

    @api.model
    def _result(self, doc):
        if doc.is_finding:
            return [
                (
                    f"{doc.decision_body}以{doc.decision_number}认定脱离监管，"
                    f"自{self._day(doc.out_from)}起。"
                ),
                f"恢复监管日期：{self._day(doc.returned_date)}。",
            ]
        if doc.found_date:
            return [f"{self._day(doc.found_date)}找到。", *paragraphs(doc.found_how)]
        return []

    @api.model
    def _opinions(self, doc):
        return [self._opinion("司法所意见", "", "查找人、负责人签名（盖章）")]
