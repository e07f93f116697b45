from odoo import api, fields, models

from ...tools.workflow import Frozen, Transition
from .correction_relocation import STEP
from .correction_subject import ENDED_STATES

ORIGIN = frozenset({"by_transfer", "origin_body", "origin_decision_number", "origin_decision_date"})
TRANSFER_IN = "correction_transfer_in"


class TownshipCorrectionSubject(models.Model):
    """A subject who moves to another place, or was received from one: the term goes on."""

    _inherit = "township.correction.subject"

    relocation_ids = fields.One2many("township.correction.relocation", "subject_id", copy=False)
    by_transfer = fields.Boolean(
        string="Received from another place",
        help="By a change of the place of execution: the term goes on.",
    )
    origin_body = fields.Char(string="Corrections body of the former place")
    origin_decision_number = fields.Char(string="Number of the change of place")
    origin_decision_date = fields.Date(string="Change of place decided on")
    transfer_clock_id = fields.Many2one(
        "township.correction.clock", index="btree_not_null", copy=False, guard=STEP
    )

    may_relocate = fields.Boolean(compute="_compute_may_relocate", export_string_translation=False)

    _transitions = (
        Transition(name="expect", guard="_guard_transfer", after="_after_expect_transfer"),
        Transition(name="receive", after="_after_receive_transfer"),
        Transition(name="relocate", guard="_guard_relocation"),
        Transition(name="release", after="_end_relocations"),
        Transition(name="terminate", after="_end_relocations"),
    )
    _frozen = dict.fromkeys(ENDED_STATES, Frozen(fields=ORIGIN))

    def _guard_transfer(self):
        if not self.by_transfer:
            return []
        return self._missing_fields("origin_body", "origin_decision_date")

    @api.depends("relocation_ids.state")
    def _compute_may_relocate(self):
        for subject in self:
            subject.may_relocate = any(move.state == "done" for move in subject.relocation_ids)

    def _guard_relocation(self):
        if self.may_relocate:
            return []
        return [self.env._("a change of place with its decision and the new body's receipt")]

    def _clock_rules(self, rules, event):
        """Who comes from another place reports in by the rule on changes of place: the judgment
        took effect long ago."""
        if self.by_transfer and event == "effective":
            return rules.browse()
        return super()._clock_rules(rules, event)

    def _after_expect_transfer(self):
        for subject in self.filtered("by_transfer"):
            rule = self.env["township.deadline.rule"]._own_first(
                [("code", "=", TRANSFER_IN)], subject.company_id
            )
            clock = subject._start_given_clock(
                rule._deadline(subject.origin_decision_date),
                self.env._("Reporting in after a change of place"),
            )
            subject._entering().transfer_clock_id = clock

    def _after_receive_transfer(self):
        for subject in self:
            subject.transfer_clock_id._deadline_stop(subject.reported_date)

    def _end_relocations(self):
        self.relocation_ids._end_with_subject()

    def action_new_relocation(self):
        """:return: action that opens a new application for a change of place"""
        return self._new_row(
            "township.correction.relocation", self.env._("Change of place of execution")
        )
