from odoo import api, models

REQUEST = (
    "根据《中华人民共和国社区矫正法》第二十七条及有关规定，现就其变更执行地事宜征求你单位意见，"
    "请在规定期限内核实其居住等情况，并书面回复是否同意接收。"
)


class ReportCorrectionRelocationInquiry(models.AbstractModel):
    """Letter by which the county body asks the new place (执行地变更征求意见函)."""

    _name = "report.township_governance.report_correction_move_inquiry"
    _inherit = ["township.report.correction.letter"]
    _description = "Letter to the new place"

    _doc_model = "township.correction.relocation"
    _title = "关于社区矫正对象变更执行地征求意见的函"
    _red_heading = True

    @api.model
    def _office(self, move):
        return self._county(move)

    @api.model
    def _addressee(self, move):
        return move.new_body

    @api.model
    def _date(self, move):
        return move.asked_date

    @api.model
    def _lines(self, move):
        return [
            self._about(move.subject_id),
            f"该社区矫正对象申请将执行地变更为{move.new_place or ''}。理由：{move.reason or ''}",
            REQUEST,
        ]
