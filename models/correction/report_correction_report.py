from odoo import models


class ReportCorrectionReport(models.AbstractModel):
    """Record of a report (社区矫正对象报告记录)."""

    _name = "report.township_governance.report_correction_report"
    _inherit = ["township.report.correction.checkin.base"]
    _description = "Record of a report"

    _title = "社区矫正对象报告记录"
    _content = "报告内容（遵纪守法、接受监督管理、参加学习和公益活动、生活工作变化等）"
