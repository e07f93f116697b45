from odoo import api, models

BASIS = "根据《中华人民共和国社区矫正法》第二十七条的规定，决定将其执行地变更为"


class ReportCorrectionRelocationDecision(models.AbstractModel):
    """Decision on the change of place (变更执行地决定书), a draft for the county body."""

    _name = "report.township_governance.report_correction_move_decision"
    _inherit = ["township.report.correction.letter"]
    _description = "Decision on a change of place"

    _doc_model = "township.correction.relocation"
    _title = "变更执行地决定书"
    _red_heading = True

    @api.model
    def _office(self, move):
        return self._county(move)

    @api.model
    def _number(self, move):
        return move.decision_number

    @api.model
    def _addressee(self, move):
        return move.subject_id.name

    @api.model
    def _date(self, move):
        return move.decision_date

    @api.model
    def _lines(self, move):
        rule = self.env["township.deadline.rule"]._of(
            "correction_relocation_report", move.company_id
        )
        lines = [
            self._about(move.subject_id),
            BASIS + f"{move.new_place or ''}，由{move.new_body or ''}执行社区矫正。",
        ]
        if rule.unit == "day":
            lines.append(
                f"自收到本决定之日起{rule.number}日内，到{move.new_body or ''}报到；"
                "原矫正期限继续计算。"
            )
        return [*lines, "抄送：社区矫正决定机关、人民检察院、公安机关。"]
