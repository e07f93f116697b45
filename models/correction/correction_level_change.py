from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import LazyTranslate

from ..common.mechanism_mixin import Guard

_lt = LazyTranslate(__name__)


class TownshipCorrectionLevelChange(models.Model):
    """Since when a subject is in a management class, why, and who decided it. The latest row
    holds; no row is overwritten."""

    _name = "township.correction.level.change"
    _description = "Change of the management class"
    _inherit = ["township.correction.kept.mixin", "township.decision.mixin"]
    _order = "date desc, id desc"
    _rec_name = "level_id"
    _check_company_auto = True
    _scan_fields = ("decision_scan_ids",)
    _kept_fields = frozenset(
        {
            *("level_id", "date", "reason", "decided_by"),
            *("decision_body", "decision_number", "decision_date"),
        }
    )

    level_id = fields.Many2one(
        "township.correction.level",
        string="Management class",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('in_force', '=', True)]",
    )
    former_level_id = fields.Many2one(
        "township.correction.level",
        string="Class before",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
        copy=False,
        guard=Guard(hint=_lt("it is the class that held before this change.")),
    )
    date = fields.Date(
        string="Since",
        required=True,
        default=lambda self: self.env["township.calendar.day"]._today(),
    )
    reason = fields.Text(
        string="Facts and reason", required=True, help="Facts alone: no points are counted."
    )
    decided_by = fields.Selection(
        [("office", "Justice office, as entrusted"), ("county", "County body")],
        required=True,
        default="office",
    )
    decision_scan_ids = fields.Many2many(relation="township_correction_level_decision_rel")

    @api.model_create_multi
    def create(self, vals_list):
        subject_ids = [vals["subject_id"] for vals in vals_list if vals.get("subject_id")]
        subjects = self.env["township.correction.subject"].browse(subject_ids)
        former = {subject: subject.level_id for subject in subjects}
        changes = super().create(vals_list)
        for change in changes:
            change._entering().former_level_id = former[change.subject_id]
            former[change.subject_id] = change.level_id
        changes.subject_id._replan_checkins()
        return changes

    @api.constrains("date", "subject_id")
    def _check_date(self):
        """The latest row holds, so none begins later than today or before one that is there."""
        self._check_has_come("date")
        for change in self:
            others = change.sudo().subject_id.level_change_ids - change
            if any(other.date > change.date and other.id < change.id for other in others):
                raise ValidationError(
                    self.env._("There is a later change of the class already: see its date.")
                )

    @api.constrains("decided_by", "decision_number", "decision_date", "decision_body")
    def _check_decided(self):
        """What the county body decided is on record by its paper; the scan may follow."""
        names = ("decision_body", "decision_number", "decision_date")
        for change in self:
            if change.decided_by == "county" and not all(change[name] for name in names):
                raise ValidationError(
                    self.env._("The county body decided: enter body, number and day of its paper.")
                )
