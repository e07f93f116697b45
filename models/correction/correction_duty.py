from odoo import fields, models


class TownshipCorrectionDuty(models.Model):
    """Duty of a correction group as the duty letter (矫正责任书) prints it (COR-52, to be
    checked)."""

    _name = "township.correction.duty"
    _description = "Duty of a correction group"
    _inherit = ["township.correction.list.mixin"]

    name = fields.Char(string="Duty")
