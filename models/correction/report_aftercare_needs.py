from odoo import api, models

from ...tools.chinese_forms import paragraphs

RESULTS = {"met": "已解决", "partly": "部分解决", "unmet": "未能解决", "withdrawn": "本人撤回"}


class ReportAftercareNeeds(models.AbstractModel):
    """Sheet of needs (帮扶需求表): what was asked and what was done with which department."""

    _name = "report.township_governance.report_aftercare_needs"
    _inherit = ["township.report.aftercare.base"]
    _description = "Sheet of needs in aftercare"

    _title = "帮扶需求表"

    @api.model
    def _texts(self, doc):
        texts = [(self._kind(need), self._need(need)) for need in doc.need_ids]
        # room for more, to fill by hand
        return texts + [("", ["　"] * 3)] * max(4 - len(texts), 1)

    @api.model
    def _need(self, need):
        lines = [f"{self._day(need.asked_date)}提出：", *paragraphs(need.request)]
        if need.department_id:
            lines.append(f"协调部门：{need.department_id.name}")
        if need.done:
            lines += ["办理情况：", *paragraphs(need.done)]
        if need.result:
            lines.append(f"结果：{RESULTS[need.result]}（{self._day(need.result_date)}）")
        return lines

    @api.model
    def _closing(self, doc):
        return ["本人（签名）：　　　　　　　　　　经办人（签名）："]
