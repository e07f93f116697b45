from odoo import fields, models


class TownshipCorrectionLeaveReason(models.Model):
    """Kind of reason for a leave (外出事由). A good reason must be approved (Community Corrections
    Law art. 27). The kind is all that is asked: seeing a doctor needs no illness."""

    _name = "township.correction.leave.reason"
    _description = "Reason for a leave"
    _order = "sequence, id"

    name = fields.Char(required=True, help="In Chinese, as printed.")
    sequence = fields.Integer(default=10)
    good = fields.Boolean(
        string="Good reason", default=True, help="A leave for it must be approved."
    )
    active = fields.Boolean(default=True)
