from odoo import api, models

from ...tools.chinese_forms import date_words

REASONS = {"end": "解除（终止）社区矫正", "relocation": "执行地变更", "other": "其他"}


class ReportCorrectionTransfer(models.AbstractModel):
    """Transfer list with receipt (社区矫正工作档案移交清单), two copies."""

    _name = "report.township_governance.report_correction_transfer"
    _inherit = ["township.report.base"]
    _description = "Transfer list of files"

    _doc_model = "township.correction.transfer"
    _title = "社区矫正工作档案移交清单"

    @api.model
    def _papers(self, docs):
        return [
            {
                "office": transfer.company_id.name,
                "body": transfer.decision_body
                or transfer.company_id.sudo().township_correction_body
                or "",
                "reason": REASONS[transfer.reason],
                "date": date_words(transfer.sent_date or transfer.date),
                "receipt": date_words(transfer.decision_date),
                "lines": [
                    {
                        "number": line.subject_id.number or "",
                        "name": line.subject_id.name,
                        "ended": date_words(line.subject_id.ended_date),
                        "volumes": line.volumes,
                        "pages": line.pages or "",
                        "remarks": line.remarks or "",
                    }
                    for line in transfer.line_ids
                ],
            }
            for transfer in docs
        ]
