from odoo import api, models


class ReportCorrectionRelocationCertificate(models.AbstractModel):
    """Certificate of the change of place (执行地变更证明), to be shown when reporting in at the new
    place."""

    _name = "report.township_governance.report_correction_move_certificate"
    _inherit = ["township.report.correction.base"]
    _description = "Certificate of a change of place"

    _doc_model = "township.correction.relocation"
    _title = "社区矫正对象执行地变更证明"

    @api.model
    def _number(self, move):
        return move.decision_number

    @api.model
    def _office(self, move):
        return move.company_id.sudo().township_correction_body or "（县级社区矫正机构）"

    @api.model
    def _rows(self, move):
        return [
            *super()._rows(move),
            [("原执行地", self._subject(move).address or "")],
            [("新执行地", move.new_place or "")],
            [("接收机构", move.new_body or "")],
        ]

    @api.model
    def _texts(self, move):
        number = move.decision_number
        return [
            (
                "证明事项",
                [
                    f"经{move.decision_body}{self._day(move.decision_date)}决定（{number}），"
                    + "其执行地变更为上述新执行地，请予接收。"
                ],
            )
        ]

    @api.model
    def _opinions(self, move):
        return [self._opinion("出具机关", self._office(move), "盖章", move.told_date)]
