from odoo import api, models

from ...tools.chinese_forms import paragraphs

TITLES = {
    "enter": "进入特定区域（场所）审批表",
    "visit": "会客审批表",
    "contact": "接触特定人员审批表",
}
TARGETS = {"enter": "申请进入的区域（场所）", "visit": "来访人员", "contact": "申请接触的人员"}


class ReportCorrectionPermit(models.AbstractModel):
    """Form of a special permit: 进入特定区域（场所）审批表, 会客审批表."""

    _name = "report.township_governance.report_correction_permit"
    _inherit = ["township.report.correction.base"]
    _description = "Form of a special permit"
    _doc_model = "township.correction.permit"
    _title = "审批表"

    @api.model
    def _heading(self, doc):
        return TITLES[doc.kind]

    @api.model
    def _rows(self, doc):
        period = f"{self._day(doc.date_from)}至{self._day(doc.date_to)}　{doc.hours or ''}"
        rows = [
            *super()._rows(doc),
            [("申请日期", self._day(doc.applied_date)), (TARGETS[doc.kind], doc.target or "")],
            [("申请时间", period)],
        ]
        if order := doc.prohibition_id:
            held = f"{self._day(order.date_from)}至{self._day(order.date_to)}"
            rows.append([("禁止令", f"{order.text}（{held}）")])
        return rows

    @api.model
    def _texts(self, doc):
        return [("申请理由", paragraphs(doc.reason))]

    @api.model
    def _opinions(self, doc):
        return [
            self._opinion("司法所意见", doc.opinion, sign="（盖章）", day=doc.opinion_date),
            self._opinion(
                "县级社区矫正机构意见",
                self._decision(doc),
                sign="（盖章）",
                day=doc.decision_date,
            ),
        ]

    @api.model
    def _decision(self, doc):
        """:return: ``str``: what the recorded paper of the county body says; empty before it"""
        if doc.state not in ("approved", "refused"):
            return ""
        lines = [f"{doc.decision_body}　{doc.decision_number}"]
        if doc.state == "approved":
            return "\n".join(["准许。", *lines])
        return "\n".join(["不予准许。", doc.refusal_reason, *lines, doc.complaint_way])
