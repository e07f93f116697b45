from odoo import api, fields, models
from odoo.exceptions import UserError


class TownshipCorrectionSealing(models.Model):
    """Notice by which a court has a record sealed (犯罪记录封存通知): the court's paper; recording
    it seals the file."""

    _name = "township.correction.sealing"
    _description = "Notice of sealing"
    _inherit = ["township.correction.person.row.mixin", "township.decision.mixin"]
    _scan_fields = ("decision_scan_ids",)
    _order = "id desc"
    _rec_name = "decision_number"

    joint_file = fields.Boolean(related="subject_id.joint_file", readonly=False)
    decision_scan_ids = fields.Many2many(relation="township_correction_sealing_scan_rel")

    @api.model_create_multi
    def create(self, vals_list):
        """:raise UserError: the notice is not complete, or the person is under no rule for
        minors"""
        notices = super().create(vals_list)
        for notice in notices:
            if missing := notice._missing_decision():
                raise UserError(
                    self.env._("Still missing: %(missing)s", missing=self.env._(", ").join(missing))
                )
            if not notice._person().is_minor:
                raise UserError(self.env._("Only files under the rules for minors are sealed."))
        for person in [notice._person() for notice in notices]:
            person._seal()
            if not person.has_access("read"):
                person._open_for_finishing()
        return notices
