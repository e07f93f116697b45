from odoo import fields, models
from odoo.tools import LazyTranslate

from ...tools.workflow import Transition
from ..common.mechanism_mixin import Guard

_lt = LazyTranslate(__name__)
SEAL = Guard(hint=_lt("it is set by the court's notice of sealing, or at intake by the rule."))


class TownshipCorrectionSubject(models.Model):
    """Sealed files (封存, domain 10.10): while correction runs, its handler and the head of the
    office work with one; everybody else, and afterwards they too, open it for a stated purpose
    only, by :class:`TownshipCorrectionSealedOpening`. What is sealed stays sealed."""

    _inherit = "township.correction.subject"

    original_sentence_months = fields.Integer(
        string="Original sentence (months)",
        help="As in the judgment. Up to five years, and under 18 at the offence: sealed at intake.",
    )
    joint_file = fields.Boolean(
        string="Joint file with adults",
        help="The file also concerns adults: their part is not sealed. They are not named here.",
    )
    sealed = fields.Boolean(readonly=True, copy=False, index=True, guard=SEAL)
    sealed_on = fields.Date(readonly=True, copy=False, guard=SEAL)
    sealing_ids = fields.One2many("township.correction.sealing", "subject_id", copy=False)
    opening_ids = fields.One2many("township.correction.sealed.opening", "subject_id", copy=False)

    _transitions = (
        Transition(name="expect", after="_seal_by_rule"),
        Transition(name="not_place", after="_open_for_finishing"),
        Transition(name="release", after="_open_for_finishing"),
        Transition(name="terminate", after="_open_for_finishing"),
        Transition(name="relocate", after="_open_for_finishing"),
    )

    def write(self, vals):
        result = super().write(vals)
        if {"original_sentence_months", "offence_date", "birth_date"} & vals.keys():
            self.filtered(lambda subject: subject.state != "draft")._seal_by_rule()
        return result

    def _imported(self, history):
        result = super()._imported(history)
        self._seal_by_rule()
        return result

    def _seal_by_rule(self):
        """Seal at intake: under 18 at the offence, and a sentence of no more than the setting."""
        self.filtered(
            lambda subject: (
                subject.minor_at_offence
                and 0
                < subject.original_sentence_months
                <= subject.company_id.sudo().township_correction_seal_months
            )
        )._seal()

    def _seal(self):
        """Seal the files that are not sealed yet; nothing opens one again."""
        unsealed = self.sudo().filtered(lambda subject: not subject.sealed)
        unsealed.write({"sealed": True, "sealed_on": self.env["township.calendar.day"]._today()})
        for subject in unsealed:
            subject._message_log(body=self.env._("The file is sealed."))
        unsealed._keep_from_outsiders()

    def _open_for_finishing(self):
        """The last papers of a sealed file are made right after the end by who ended it."""
        for subject in self.filtered("sealed"):
            self.env["township.correction.sealed.opening"]._open(
                subject, purpose="duty", reason=self.env._("Papers of the end of correction")
            )

    def action_record_sealing(self):
        """:return: ``dict`` of the dialog that records the court's notice of sealing"""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Record the sealing"),
            "res_model": "township.correction.sealing",
            "view_mode": "form",
            "target": "new",
            "context": {"default_subject_id": self.id},
        }
