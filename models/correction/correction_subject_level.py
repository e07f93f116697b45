from odoo import api, fields, models
from odoo.tools import LazyTranslate

from ..common.mechanism_mixin import Guard

_lt = LazyTranslate(__name__)


class TownshipCorrectionSubject(models.Model):
    """Management class of a subject: what the latest change on record says."""

    _inherit = "township.correction.subject"

    level_change_ids = fields.One2many(
        "township.correction.level.change", "subject_id", string="Management classes", copy=False
    )
    # No change lies in the future, so this changes with the rows alone and can be stored.
    level_id = fields.Many2one(
        "township.correction.level",
        string="Management class",
        compute="_compute_level",
        store=True,
        index="btree_not_null",
        ondelete="restrict",
        guard=Guard(hint=_lt("it follows from the changes on record.")),
    )

    @api.depends("level_change_ids.level_id", "level_change_ids.date")
    def _compute_level(self):
        for subject in self:
            latest = subject.level_change_ids.sorted(lambda change: (change.date, change.id))[-1:]
            subject.level_id = latest.level_id
