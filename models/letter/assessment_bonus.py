from odoo import api, fields, models
from odoo.exceptions import ValidationError


class TownshipAssessmentBonus(models.Model):
    """Bonus or penalty (加分、扣分) beside the items: points, reason, date, evidence, scorer. All
    bonus together counts up to the letter's cap."""

    _name = "township.assessment.bonus"
    _description = "Bonus or penalty"
    _inherit = ["township.assessment.hand.mixin"]

    points = fields.Float(digits=(6, 2), required=True, help="Below zero: a penalty.")
    evidence_ids = fields.Many2many("ir.attachment", "township_assessment_bonus_scan_rel")

    @property
    def proof_name(self):
        """What a message calls this row."""
        return self.reason

    @api.constrains("points")
    def _check_points(self):
        if not all(self.mapped("points")):
            raise ValidationError(self.env._("A bonus has points above zero, a penalty below."))
