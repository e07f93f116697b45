from odoo import models


class ReportCorrectionVisit(models.AbstractModel):
    """Record of a home visit (社区矫正对象走访记录)."""

    _name = "report.township_governance.report_correction_visit"
    _inherit = ["township.report.correction.checkin.base"]
    _description = "Record of a home visit"

    _title = "社区矫正对象走访记录"
    _content = "走访情况"
