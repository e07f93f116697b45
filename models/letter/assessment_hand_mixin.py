from odoo import api, fields, models


class TownshipAssessmentHandMixin(models.AbstractModel):
    """Row that a scorer adds to an assessment by hand; nobody does to the own unit's."""

    _name = "township.assessment.hand.mixin"
    _description = "Row of an assessment by hand"
    _inherit = ["township.assessment.proof.mixin"]
    _order = "assessment_id, date, id"

    reason = fields.Text(required=True)
    date = fields.Date(
        required=True, default=lambda self: self.env["township.calendar.day"]._today()
    )
    scorer_id = fields.Many2one("res.users", string="Scored by", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        """:raise AccessError: the scorer is of the unit itself"""
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
