from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ..common.mechanism_mixin import Guard

_lt = LazyTranslate(__name__)
BREACH_KINDS = [
    ("prohibition", "Prohibition order"),
    ("rules", "Reporting, visitors, leave, change of place"),
    ("education", "Education"),
    ("review", "Health reports to be handed in"),
    ("other", "Other rule of supervision"),
]


class TownshipCorrectionBreach(models.Model):
    """Breach of a rule of supervision, as a person found and wrote it down: what, when, with
    which evidence, and what the person concerned said. Nothing writes one by itself."""

    _name = "township.correction.breach"
    _description = "Recorded breach"
    _inherit = ["township.correction.row.mixin", "township.scan.mixin"]
    _scan_fields = ("evidence_scan_ids",)
    _order = "date desc, id desc"
    _check_company_auto = True

    kind = fields.Selection(BREACH_KINDS, string="Rule broken", required=True, default="rules")
    date = fields.Date(string="Day of the breach", required=True)
    facts = fields.Text(required=True)
    evidence_scan_ids = fields.Many2many(
        "ir.attachment",
        "township_correction_breach_scan_rel",
        string="Scan of the evidence",
        copy=False,
    )
    heard_date = fields.Date(string="Person heard on")
    heard_statement = fields.Text(string="Statement of the person")
    measure_ids = fields.Many2many(
        "township.correction.measure",
        "township_correction_measure_breach_rel",
        "breach_id",
        "measure_id",
        string="Ground of",
        readonly=True,
        guard=Guard(hint=_lt("it is chosen on the measure.")),
    )

    @api.constrains("date", "heard_date")
    def _check_past(self):
        self._check_has_come("date", "heard_date")

    def write(self, vals):
        """:raise UserError: a measure stands on it"""
        if not self.env.su:
            self._check_no_ground()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_no_ground(self):
        self._check_no_ground()
        if not self.env.su and any(breach._is_proven() for breach in self):
            raise UserError(
                self.env._("The person was heard about this breach: it stays as it was recorded.")
            )

    def _check_no_ground(self):
        if any(measure.state != "draft" for measure in self.measure_ids):
            raise UserError(
                self.env._("A measure stands on this breach: it stays as it was recorded.")
            )

    def _is_proven(self):
        """:return: ``bool``: evidence is there and the person was heard; nothing is suggested
        from less"""
        return bool(self.evidence_scan_ids and self.heard_date)

    @api.depends("kind", "date")
    @api.depends_context("uid", "lang")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for breach in self - self._hidden_rows():
            breach.display_name = f"{kinds.get(breach.kind, '')} {breach.date or ''}".strip()
        return result
