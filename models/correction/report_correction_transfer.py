from odoo import api, models

from ...tools import printing, sheets
from ...tools.chinese_forms import date_words

REASONS = {"end": "解除（终止）社区矫正", "relocation": "执行地变更", "other": "其他"}
COLUMNS = [
    sheets.Column("序号", 11, True),
    sheets.Column("编号", 56),
    sheets.Column("姓名", 23, True),
    sheets.Column("结束日期", 30, True),
    sheets.Column("卷数", 12, True),
    sheets.Column("页数", 12, True),
    sheets.Column("备注", 18),
]
# Height of a page in points, and what title and heading take of the first one.
ROOM, ABOVE = 252 * printing.MM, 80


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
                "columns": COLUMNS,
                "sheets": sheets.table_sheets(COLUMNS, self._lines(transfer), ROOM - ABOVE, ROOM)[
                    1
                ],
            }
            for transfer in docs
        ]

    @api.model
    def _lines(self, transfer):
        """:return: ``list`` of the texts of each line"""
        return [
            (
                str(number),
                line.subject_id.number or "",
                line.subject_id.name,
                date_words(line.subject_id.ended_date),
                str(line.volumes),
                str(line.pages or ""),
                line.remarks or "",
            )
            for number, line in enumerate(transfer.line_ids, 1)
        ]
