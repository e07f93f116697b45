from odoo import models


class ReportCorrectionEducation(models.AbstractModel):
    """Record of education (社区矫正对象教育学习记录)."""

    _name = "report.township_governance.report_correction_education"
    _inherit = ["township.report.correction.attendance.base"]
    _description = "Record of education"

    _title = "社区矫正对象教育学习记录"
    _content = "学习内容"
