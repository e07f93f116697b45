from odoo import api, models

from ...tools.chinese_forms import paragraphs


class ReportCorrectionMeasure(models.AbstractModel):
    """Approval form of a measure (表扬、训诫、警告审批表 and those of proposals): the kind names
    its title."""

    _name = "report.township_governance.report_correction_measure"
    _inherit = ["township.report.correction.base"]
    _description = "Approval form of a measure"

    _doc_model = "township.correction.measure"
    _title = "考核奖惩审批表"

    @api.model
    def _heading(self, doc):
        return doc.kind_id.approval_title or self._title

    @api.model
    def _texts(self, doc):
        texts = [("事实和证据", paragraphs(doc.facts)), ("依据", paragraphs(doc.article))]
        if doc.is_heard:
            texts.append(("听取意见情况", self._hearing(doc)))
        return texts

    @api.model
    def _hearing(self, doc):
        lines = [f"{self._day(doc.heard_date)}听取本人意见：", *paragraphs(doc.heard_statement)]
        if doc.lawyer:
            lines.append(f"听取律师意见：{doc.lawyer}")
        if doc.is_minor:
            lines.append(f"在场监护人：{doc.guardian or ''}")
        return lines

    @api.model
    def _opinions(self, doc):
        head = "负责人签名（盖章）"
        opinions = [
            self._opinion("司法所意见", doc.opinion, head, doc.proposed_date),
            self._opinion("县级社区矫正机构意见", "", head),
        ]
        if doc.decided_by != "county":
            opinions.append(self._opinion("县级司法行政部门意见", "", head))
        return opinions
