from odoo import api, models


class ReportCorrectionMedical(models.AbstractModel):
    """Approval form of a matter of who serves outside prison (暂予监外执行事项审批表): another
    hospital, a later re-check, another guarantor. What is asked is written by hand: nothing about
    a person's health is kept."""

    _name = "report.township_governance.report_correction_medical"
    _inherit = ["township.report.correction.base"]
    _description = "Approval form for temporary service outside prison"

    _title = "暂予监外执行事项审批表"

    @api.model
    def _rows(self, doc):
        return [
            *super()._rows(doc),
            [("申请事项", "□延长病情复查期限　□变更治疗医院　□变更保证人　□其他")],
        ]

    @api.model
    def _texts(self, doc):
        return [("申请理由", ["　"] * 5), ("所附材料", ["　"] * 2)]

    @api.model
    def _opinions(self, doc):
        return [
            self._opinion("申请人", sign="社区矫正对象签名"),
            self._opinion("司法所意见", sign="负责人签名（盖章）"),
            self._opinion("县级社区矫正机构审批意见", sign="负责人签名（盖章）"),
        ]
