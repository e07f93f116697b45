from odoo import api, models

from ...tools.chinese_forms import paragraphs

KINDS = {"in_person": "来所面谈", "phone": "电话联系", "written": "书信", "visit": "上门走访"}
OUTCOMES = {"complied": "已见面", "acceptable_absence": "改期", "not_complied": "未见到本人"}


class ReportAftercareVisit(models.AbstractModel):
    """Record of a visit in aftercare (安置帮教走访记录)."""

    _name = "report.township_governance.report_aftercare_visit"
    _inherit = ["township.report.aftercare.base"]
    _description = "Record of a visit in aftercare"

    _doc_model = "township.aftercare.visit"
    _title = "安置帮教走访记录"

    @api.model
    def _rows(self, doc):
        person = doc.aftercare_id
        return [
            [("姓名", person.name), ("居住地", person.address or "")],
            [("日期", self._day(doc.recorded_date or doc.planned_date)), ("方式", KINDS[doc.kind])],
            [("走访人", doc.visitor or ""), ("结果", OUTCOMES.get(doc.outcome, ""))],
        ]

    @api.model
    def _texts(self, doc):
        return [
            ("生活、工作情况", paragraphs(doc.note) or ["　"] * 8),
            ("本人提出的困难和需求", ["　"] * 6),
            ("帮助措施", ["　"] * 6),
        ]

    @api.model
    def _closing(self, doc):
        return ["走访人（签名）：　　　　　　　　被走访人（签名）："]
