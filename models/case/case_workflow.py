from odoo import models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ...tools.workflow import Transition
from .case import OPEN_STATES

_lt = LazyTranslate(__name__)

REPORTER = ("township_governance.group_reporter",)
MEDIATOR = ("township_governance.group_mediator",)
OFFICER = ("township_governance.group_officer",)
DIRECTOR = ("township_governance.group_director",)
CLOSED = ("closed", "archived")


class TownshipCase(models.Model):
    """Steps of a case, the one table of them, and the actions that run them.

    Registration accepts a mediation, hazard or service and gives the number; a petition is
    registered with its 15-day clock and accepted by its own act, which starts the 60 days
    (PET-09, PET-27). Every action takes any number of cases.
    """

    _inherit = "township.case"

    _transitions = (
        Transition(
            name="register",
            source=("draft",),
            target="registered",
            groups=REPORTER,
            before="_before_register",
            guard="_guard_register",
            holds_in=(*OPEN_STATES, *CLOSED),
            after="_after_register",
            label=_lt("Register"),
        ),
        Transition(
            name="accept",
            source=("registered",),
            groups=OFFICER,
            guard="_guard_accept",
            after="_after_accept",
            label=_lt("Accept"),
        ),
        Transition(
            name="assign",
            source=OPEN_STATES,
            target="assigned",
            groups=OFFICER,
            guard="_guard_assign",
            after="_after_assign",
            label=_lt("Assign"),
        ),
        Transition(
            name="handle",
            source=("assigned",),
            target="handling",
            groups=MEDIATOR,
            guard="_guard_handle",
            label=_lt("Start handling"),
        ),
        Transition(
            name="close",
            source=("handling",),
            target="closed",
            groups=MEDIATOR,
            before="_fill_closing_date",
            guard=("_guard_not_pending", "_guard_close"),
            holds_in=CLOSED,
            after="_stop_clocks_on_close",
            label=_lt("Close"),
        ),
        Transition(
            name="settle_on_spot",
            source=("draft", *OPEN_STATES),
            target="handling",
            groups=REPORTER,
            before="_before_settle_on_spot",
            guard="_guard_settle_on_spot",
            after="_after_settle_on_spot",
            label=_lt("Settle on the spot"),
        ),
        Transition(
            name="confirm_settlement",
            source=("handling",),
            target="closed",
            groups=OFFICER,
            guard=("_guard_pending", "_guard_close"),
            after=("_after_confirm_settlement", "_stop_clocks_on_close"),
            label=_lt("Confirm settlement"),
        ),
        Transition(
            name="archive_file",
            source=("closed",),
            target="archived",
            groups=OFFICER,
            before="_assign_all_numbers",
            guard="_guard_archive",
            label=_lt("Archive file"),
        ),
        Transition(
            name="reject",
            source=("registered",),
            target="rejected",
            groups=OFFICER,
            guard=("_guard_reject", "_guard_end"),
            after="_after_end",
            label=_lt("Reject"),
        ),
        Transition(
            name="withdraw",
            source=OPEN_STATES,
            target="withdrawn",
            groups=MEDIATOR,
            guard="_guard_end",
            after="_after_end",
            label=_lt("Withdraw"),
        ),
        Transition(
            name="transfer",
            source=OPEN_STATES,
            target="transferred",
            groups=OFFICER,
            guard="_guard_end",
            after="_after_end",
            label=_lt("Transfer"),
        ),
        Transition(
            name="reopen",
            source=("closed",),
            target="handling",
            groups=DIRECTOR,
            after="_after_reopen",
            label=_lt("Reopen"),
        ),
    )

    # ------------------------------------------------------------------
    # Guards: what is missing, in words for people
    # ------------------------------------------------------------------

    def _guard_register(self):
        missing = []
        if not self.type_id:
            missing.append(self.env._("the type"))
        if not (self.name or self.summary):
            missing.append(self.env._("the title or a summary"))
        needs_applicant = self.kind in ("mediation", "petition")
        if needs_applicant and not any(party.role == "applicant" for party in self.party_ids):
            missing.append(self.env._("an applicant"))
        return missing

    def _guard_accept(self):
        if self.kind == "petition" and not self.date_accepted:
            return []
        return [self.env._("a registered petition that is not accepted yet")]

    def _guard_assign(self):
        if self.purpose == "accusation" and not self.user_id:
            return [self.env._("the handler: an accusation has one by name")]
        if self.unit_id or self.mediator_id or self.user_id:
            return []
        return [self.env._("who handles it: responsible unit, mediator or handler")]

    def _guard_handle(self):
        if self.kind == "petition" and not self.date_accepted:
            return [self.env._("the acceptance of the petition")]
        return []

    def _guard_close(self):
        missing = []
        if self.outcome not in ("settled", "failed"):
            missing.append(self.env._("the outcome"))
        if not self.date_closed:
            missing.append(self.env._("the closing date"))
        if self.kind == "mediation" and self.outcome == "failed" and not self.routes_told:
            missing.append(self.env._("that the parties were told of the other routes"))
        return missing

    def _guard_not_pending(self):
        """What was settled on the spot is closed by an officer's confirmation alone."""
        if self.settlement_state != "pending":
            return []
        label = self._step_label("confirm_settlement")
        return [self.env._("an officer's “%(action)s”: it was settled on the spot", action=label)]

    def _guard_pending(self):
        if self.settlement_state == "pending":
            return []
        return [self.env._("a settlement on the spot that waits for it")]

    def _guard_settle_on_spot(self):
        missing = [] if self.settlement else [self.env._("what was agreed")]
        if self.kind == "petition":
            missing.append(self.env._("acceptance and an answer: it is a petition"))
        return missing

    def _guard_archive(self):
        return self._missing_items()

    def _missing_items(self):
        """Besides what closing asked, what the file needs: the parties' copies are signed after
        the case is closed, so their text may follow until it is archived (MED-24)."""
        missing = super()._missing_items()
        if self.kind != "mediation" or self.state != "closed":
            return missing
        if self.outcome == "settled" and not self.settlement:
            missing.append(self.env._("what was agreed"))
        if not self.committee_id:
            missing.append(self.env._("the committee, which gives the file number"))
        if not self.mediator_id:
            missing.append(self.env._("the mediator"))
        return missing

    def _guard_reject(self):
        """What was accepted is answered, not turned away (PET-11)."""
        if self.kind == "petition" and self.date_accepted:
            return [self.env._("an answer: the petition has been accepted")]
        return []

    def _guard_end(self):
        return [] if self.end_reason else [self.env._("the reason")]

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_register(self):
        """Register (登记): number, clocks; mediation, hazard and service are accepted at once."""
        return self._run_transition("register")

    def action_accept(self):
        """Accept (受理) a petition: ends the 15 days, starts the 60 (PET-09, PET-27)."""
        return self._run_transition("accept")

    def action_assign(self):
        """Assign (分流交办) to a unit, mediator or handler."""
        return self._run_transition("assign")

    def action_handle(self):
        """Start handling (开始办理)."""
        return self._run_transition("handle")

    def action_close(self):
        """Close (结案) with the outcome on record; ends all clocks for good."""
        return self._run_transition("close")

    def action_settle_on_spot(self):
        """Settle on the spot (就地化解): registers and settles at once; an officer confirms."""
        return self._run_transition("settle_on_spot")

    def action_confirm_settlement(self):
        """An officer confirms what was settled on the spot: the case is closed."""
        return self._run_transition("confirm_settlement")

    def action_archive_file(self):
        """Archive the file (归档): nothing may be missing."""
        return self._run_transition("archive_file")

    def action_reject(self, reason=None):
        """Reject (不予受理).

        :param str reason: kept on the case; needed unless it is on record already
        """
        return self._end("reject", reason)

    def action_withdraw(self, reason=None):
        """The parties give up (撤回、终止调解, MED-64). See :meth:`action_reject`."""
        return self._end("withdraw", reason)

    def action_transfer(self, reason=None):
        """Transfer out of the township (移交). See :meth:`action_reject`."""
        return self._end("transfer", reason)

    def _end(self, step, reason):
        return self._run_transition(step, **({"end_reason": reason} if reason else {}))

    def action_reopen(self, reason=None):
        """Reopen (重新办理) a closed case: its content thaws, its clocks stay ended.

        :param str reason: kept in the history
        :raise UserError: no reason, or the case is not closed (an archived one never thaws)
        """
        step = self._steps()["reopen"]
        self._check_step_rights(step)
        self._check_step_source(step)
        if not (reason or "").strip():
            raise UserError(self.env._("Please give the reason for reopening."))
        self._run_transition("reopen")
        body = self.env._("Reopened: %(reason)s", reason=reason)
        self.sudo()._message_log_batch(dict.fromkeys(self.ids, body))
        return True

    # ------------------------------------------------------------------
    # Before and after
    # ------------------------------------------------------------------

    def _before_register(self):
        self.filtered(lambda case: case.kind != "petition" and not case.date_accepted).write(
            {"date_accepted": self._today()}
        )

    def _after_register(self):
        self._start_clocks("received", "accepted")
        self._assign_all_numbers()

    def _after_accept(self):
        today = self._today()
        self._stop_clocks(today, "received")
        self.write({"date_accepted": today})  # which starts the clock of handling

    def _after_assign(self):
        self._fill_committee()
        self._assign_all_numbers()

    def _before_settle_on_spot(self):
        """As one step for who takes it: what is not registered yet is, by the same person."""
        drafts = self.filtered(lambda case: case.state == "draft")
        drafts._run_transition("register")

    def _after_settle_on_spot(self):
        self._entering().write(
            {
                "outcome": "settled",
                "settlement_state": "pending",
                "date_closed": self._today(),
            }
        )

    def _after_confirm_settlement(self):
        self._entering().write({"settlement_state": "confirmed"})

    def _after_end(self):
        """Each such end is an outcome of the same name."""
        today = self._today()
        for state, cases in self.grouped("state").items():
            cases._entering().write(
                {"outcome": state, "date_closed": today, "settlement_state": False}
            )
        self._stop_clocks(today)

    def _after_reopen(self):
        self.write({"outcome": False, "date_closed": False, "settlement_state": False})

    def _fill_closing_date(self):
        self.filtered(lambda case: not case.date_closed).write({"date_closed": self._today()})

    def _stop_clocks_on_close(self):
        for day, cases in self.grouped("date_closed").items():
            cases._stop_clocks(day)

    def _fill_committee(self):
        """The committee and handler of the chosen mediator, and the unit of the committee, unless
        named otherwise: every open case has a unit that answers for it. That is no referral:
        the staff of the unit are the parties' neighbours and do not read the case."""
        for mediator, cases in self.filtered("mediator_id").grouped("mediator_id").items():
            cases.filtered(lambda case: not case.committee_id).write(
                {"committee_id": mediator.committee_id.id}
            )
            if mediator.user_id:
                cases.filtered(lambda case: not case.user_id).write(
                    {"user_id": mediator.user_id.id}
                )
        without = self.filtered(lambda case: not case.unit_id and case.committee_id.unit_id)
        for unit, cases in without.grouped(lambda case: case.committee_id.unit_id).items():
            cases.write({"unit_id": unit.id, "unit_referred": False})

    def _assign_all_numbers(self):
        """Registration and file numbers, as the last step of an action."""
        entering = self._entering()
        for name in self._number_fields:
            entering._assign_numbers(name)
