from odoo import models


class ReportCorrectionBenefit(models.AbstractModel):
    """Record of a public-benefit activity (社区矫正对象公益活动记录)."""

    _name = "report.township_governance.report_correction_benefit"
    _inherit = ["township.report.correction.attendance.base"]
    _description = "Record of a public-benefit activity"

    _title = "社区矫正对象公益活动记录"
    _content = "活动内容"
