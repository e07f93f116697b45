from odoo import models


class ReportCorrectionTalk(models.AbstractModel):
    """Record of a talk (社区矫正对象谈话笔录)."""

    _name = "report.township_governance.report_correction_talk"
    _inherit = ["township.report.correction.checkin.base"]
    _description = "Record of a talk"

    _title = "社区矫正对象谈话笔录"
    _content = "谈话内容"
