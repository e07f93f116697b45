from odoo import api, fields, models
from odoo.exceptions import ValidationError


class TownshipCorrectionEnd(models.Model):
    """Why the correction of a subject ended before its term (终止社区矫正, Community Corrections
    Law arts. 45, 51), by the paper of the body that said so; of a death, the certificate."""

    _name = "township.correction.end"
    _description = "Termination of correction"
    _inherit = ["township.correction.row.mixin", "township.decision.mixin"]
    _order = "subject_id, date desc, id desc"
    _rec_name = "reason"
    _scan_fields = ("decision_scan_ids",)

    reason = fields.Selection(
        [
            ("probation_revoked", "Probation revoked"),
            ("parole_revoked", "Parole revoked"),
            ("returned", "Returned to prison"),
            ("death", "Death"),
            ("other", "Other reason"),
        ],
        required=True,
    )
    date = fields.Date(
        string="On", required=True, default=lambda self: self.env["township.calendar.day"]._today()
    )
    note = fields.Text(string="Explanation")
    decision_scan_ids = fields.Many2many(relation="township_correction_end_decision_rel")

    @api.constrains("reason", "note")
    def _check_note(self):
        for end in self:
            if end.reason == "other" and not (end.note or "").strip():
                raise ValidationError(self.env._("Explain the other reason."))

    @api.constrains("date")
    def _check_date(self):
        self._check_has_come("date")
