from odoo import fields, models

UNITS = [
    ("day", "Days"),
    ("week", "Weeks"),
    ("half_month", "Half months"),
    ("month", "Months"),
]


class TownshipCorrectionLevel(models.Model):
    """Management class (分类管理类别) under its local name: how often the person reports, is
    visited and takes part in education or activities. It says what both sides do, and judges
    nobody."""

    _name = "township.correction.level"
    _description = "Management class"
    _inherit = ["township.correction.list.mixin"]

    report_number = fields.Integer(
        string="Reports every", default=1, aggregator=None, help="0: nothing regular."
    )
    report_unit = fields.Selection(UNITS, string="Unit of reports", required=True, default="month")
    visit_number = fields.Integer(
        string="Visited every", default=1, aggregator=None, help="0: nothing regular."
    )
    visit_unit = fields.Selection(UNITS, string="Unit of visits", required=True, default="month")
    activity_number = fields.Integer(
        string="Education every", default=1, aggregator=None, help="0: nothing regular."
    )
    activity_unit = fields.Selection(
        UNITS, string="Unit of education", required=True, default="month"
    )
    basis = fields.Char(help="Local rule the class follows.")

    _not_negative = models.Constraint(
        "CHECK(report_number >= 0 AND visit_number >= 0 AND activity_number >= 0)",
        "How often something is due cannot be negative.",
    )
