from odoo import api, models

from ...tools.chinese_forms import paragraphs


class ReportCorrectionRelocationApplication(models.AbstractModel):
    """Approval form of a change of place (执行地变更审批表)."""

    _name = "report.township_governance.report_correction_move_application"
    _inherit = ["township.report.correction.base"]
    _description = "Approval form of a change of place"

    _doc_model = "township.correction.relocation"
    _title = "社区矫正对象执行地变更审批表"

    @api.model
    def _rows(self, move):
        return [
            *super()._rows(move),
            [("拟变更执行地", move.new_place or "")],
            [
                ("申请日期", self._day(move.application_date)),
                ("拟迁居日期", self._day(move.planned_date)),
            ],
        ]

    @api.model
    def _texts(self, move):
        answers = {"agreed": "同意接收", "disagreed": "不同意接收"}
        answer = answers.get(move.answer, "")
        return [
            ("申请理由", paragraphs(move.reason)),
            ("新执行地意见", [f"{move.new_body or ''}：{answer}"] if answer else []),
        ]

    @api.model
    def _opinions(self, move):
        decided = move.refusal_reason
        if move.state in ("approved", "done"):
            decided = f"同意变更执行地。文号：{move.decision_number}"
        return [
            self._opinion("司法所意见", move.opinion, "签名", move.sent_date),
            self._opinion("县级社区矫正机构审批意见", decided, "签章", move.decision_date),
        ]
