from odoo import api, fields, models
from odoo.exceptions import ValidationError


class TownshipAssessmentBonus(models.Model):
    """Bonus or penalty (加分、扣分) beside the items: points, reason, date, evidence, scorer. All
    bonus together counts up to the letter's cap."""

    _name = "township.assessment.bonus"
    _description = "Bonus or penalty"
    _inherit = ["township.assessment.proof.mixin"]
    _order = "assessment_id, date, id"

    points = fields.Float(digits=(6, 2), required=True, help="Below zero: a penalty.")
    reason = fields.Text(required=True)
    date = fields.Date(
        required=True, default=lambda self: self.env["township.calendar.day"]._today()
    )
    evidence_ids = fields.Many2many("ir.attachment", "township_assessment_bonus_scan_rel")
    scorer_id = fields.Many2one("res.users", string="Scored by", readonly=True)

    @property
    def proof_name(self):
        """What a message calls this row."""
        return self.reason

    @api.constrains("points")
    def _check_points(self):
        if not all(self.mapped("points")):
            raise ValidationError(self.env._("A bonus has points above zero, a penalty below."))

    @api.model_create_multi
    def create(self, vals_list):
        """Nobody gives bonus to the own unit.

        :raise AccessError: the scorer is of the unit itself
        """
        rows = super().create([self._scored_by_user(vals) for vals in vals_list])
        rows._check_scorer()
        return rows

    def write(self, vals):
        self._check_scorer()
        return super().write(self._scored_by_user(vals))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_own(self):
        self._check_scorer()

    @api.model
    def _scored_by_user(self, vals):
        return vals if self.env.su else {**vals, "scorer_id": self.env.uid}

    def _check_scorer(self):
        if not self.env.su:
            self.assessment_id._refuse_own()
