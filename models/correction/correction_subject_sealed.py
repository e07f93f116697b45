from odoo import fields, models

from ...tools.workflow import Frozen, Transition
from .correction_subject import ENDED_STATES


class TownshipCorrectionSubject(models.Model):
    """When a subject's file is sealed: on the court's notice, at any time, or at intake by rule."""

    _inherit = "township.correction.subject"

    original_sentence_months = fields.Integer(
        string="Original sentence (months)",
        help="As in the judgment. Up to five years, and under 18 at the offence: sealed at intake.",
    )
    sealing_ids = fields.One2many("township.correction.sealing", "subject_id", copy=False)
    opening_ids = fields.One2many("township.correction.sealed.opening", "subject_id", copy=False)

    # A court's notice also comes after the end.
    _frozen = dict.fromkeys(
        ENDED_STATES,
        Frozen(rows=frozenset({"township.correction.sealing"})),
    )
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
        """The record of aftercare that was made out of the file is sealed with it."""
        sealed = super()._seal()
        people = self.env["township.aftercare"].sudo()
        people.search([("subject_id", "in", self.ids)])._seal()
        return sealed
