from odoo import models
from odoo.tools import LazyTranslate

from ...tools.workflow import Frozen, Transition
from .letter_workflow import DIRECTOR, OFFICER

_lt = LazyTranslate(__name__)

TOLD = "township_governance.mail_act_assessment_announced"
LATER_ROWS = frozenset({"township.assessment.objection"})


class TownshipAssessment(models.Model):
    """Steps of an assessment: scored, announced to the unit, closed with its round."""

    _inherit = "township.assessment"

    _transitions = (
        Transition(
            name="announce",
            source=("open",),
            target="announced",
            groups=OFFICER,
            before="_refuse_own",
            guard="_guard_announce",
            after="_after_announce",
            label=_lt("Announce to the unit"),
        ),
        Transition(
            name="close",
            source=("announced",),
            target="closed",
            groups=DIRECTOR,
            guard="_guard_close",
            label=_lt("Close"),
        ),
    )
    _frozen = {
        "announced": Frozen(
            fields=frozenset({"line_ids", "bonus_ids", "check_ids", "round_id", "letter_id"}),
            rows=LATER_ROWS,
        ),
        "closed": Frozen(
            fields=frozenset(
                {"line_ids", "bonus_ids", "check_ids", "objection_ids", "round_id", "letter_id"}
            )
        ),
    }

    def action_announce(self):
        """Tell the units their scores and why; from now on they may object.

        :raise AccessError: the user is no officer, or of the unit assessed
        :raise UserError: an item is not scored, or a deduction lacks reason, date or evidence
        """
        return self._run_transition("announce")

    def _guard_announce(self):
        missing = [
            self.env._("the score of “%(item)s”", item=line.name) for line in self._pending()
        ]
        rows = self.line_ids.filtered(lambda line: line._is_deduction())
        for row in [*rows, *self.bonus_ids]:
            lacking = row._lacking_proof()
            if lacking and row not in self._pending():
                missing.append(
                    self.env._(
                        "%(fields)s of “%(item)s”", fields="、".join(lacking), item=row.proof_name
                    )
                )
        return missing

    def _after_announce(self):
        self.write(
            {
                "announced_date": self.env["township.calendar.day"]._today(),
                "announced_by_id": self.env.uid,
            }
        )
        self.env["township.activity"]._schedule(
            [(one, user) for one in self for user in one.letter_id.duty_user_id], TOLD
        )

    def _guard_close(self):
        return [self.env._("an answer to its objection")] if self._unanswered() else []

    def _unanswered(self):
        """:return: the objections to this one assessment that wait for an answer"""
        return self.objection_ids.filtered(lambda objection: not objection.decision)
