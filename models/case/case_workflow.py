from odoo import models
from odoo.exceptions import UserError

from ...tools.rights import check_groups
from ..common.workflow_mixin import Transition
from .case import OPEN_STATES

REPORTER = ("township_governance.group_reporter",)
MEDIATOR = ("township_governance.group_mediator",)
OFFICER = ("township_governance.group_officer",)
DIRECTOR = ("township_governance.group_director",)
ENDED = ("closed", "archived")


class TownshipCase(models.Model):
    """Steps of a case, the one table of them, and the actions that run them.

    Registration accepts a mediation, hazard or service and gives the number; a petition is
    registered with its 15-day clock and accepted by its own act, which starts the 60 days
    (PET-09, PET-27). Every action takes any number of cases.
    """

    _inherit = "township.case"

    _transitions = (
        Transition(
            "register",
            ("draft",),
            "registered",
            REPORTER,
            "_guard_register",
            ("registered", "assigned", "handling", *ENDED),
        ),
        Transition(
            "assign", ("registered", "assigned", "handling"), "assigned", OFFICER, "_guard_assign"
        ),
        Transition("handle", ("assigned",), "handling", MEDIATOR, "_guard_handle"),
        Transition("close", ("handling",), "closed", MEDIATOR, "_guard_close", ENDED),
        Transition("archive", ("closed",), "archived", OFFICER, "_guard_archive"),
        Transition("reject", ("registered",), "rejected", OFFICER, "_guard_end"),
        Transition("withdraw", OPEN_STATES, "withdrawn", MEDIATOR, "_guard_end"),
        Transition("transfer", OPEN_STATES, "transferred", OFFICER, "_guard_end"),
        Transition("reopen", ("closed",), "handling", DIRECTOR),
        Transition("confirm", ("handling",), "closed", OFFICER, "_guard_close", ()),
    )

    def _transition_label(self, transition):
        labels = {
            "register": self.env._("Register"),
            "assign": self.env._("Assign"),
            "handle": self.env._("Start handling"),
            "close": self.env._("Close"),
            "archive": self.env._("Archive file"),
            "reject": self.env._("Reject"),
            "withdraw": self.env._("Withdraw"),
            "transfer": self.env._("Transfer"),
            "reopen": self.env._("Reopen"),
            "confirm": self.env._("Confirm settlement"),
        }
        return labels[transition.name]

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

    def _guard_archive(self):
        return self._missing_items()

    def _missing_items(self):
        """Besides what closing asked, what the file needs: the parties' copies are signed after
        the case is closed, so their text may follow until it is archived (MED-24)."""
        missing = super()._missing_items()
        settled = self.kind == "mediation" and self.outcome == "settled"
        if settled and self.state == "closed" and not self.settlement:
            missing.append(self.env._("what was agreed"))
        return missing

    def _guard_end(self):
        return [] if self.end_reason else [self.env._("the reason")]

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_register(self):
        """Register (登记): number, clocks; mediation, hazard and service are accepted at once."""
        today = self._today()
        accepted = self.filtered(lambda case: case.kind != "petition")
        self._check_transition_rights(self._get_transition("register"))
        accepted._as_step().filtered(lambda case: not case.date_accepted).write(
            {"date_accepted": today}
        )
        self._run_transition("register")
        cases = self._as_step()
        cases._start_clocks("received", "accepted")
        cases._assign_all_numbers()
        return True

    def action_accept(self):
        """Accept (受理) a petition: ends the 15 days, starts the 60 (PET-09, PET-27)."""
        check_groups(self.env, self.env._("Accept"), OFFICER)
        self.check_access("write")
        wrong = self.filtered(
            lambda case: case.kind != "petition" or case.date_accepted or case.state != "registered"
        )
        if wrong:
            raise UserError(
                self.env._(
                    "%(case)s: only a registered petition that is not accepted yet can be "
                    "accepted.",
                    case=wrong[0].display_name,
                )
            )
        cases = self._as_step()
        today = self._today()
        cases._stop_clocks(today, "received")
        cases.write({"date_accepted": today})  # which starts the clock of handling
        cases._log_step(self.env._("Accept"))
        return True

    def action_assign(self):
        """Assign (分流交办) to a unit, mediator or handler."""
        self._run_transition("assign")
        cases = self._as_step()
        cases._fill_committee()
        cases._assign_all_numbers()
        return True

    def action_handle(self):
        """Start handling (开始办理)."""
        return self._run_transition("handle")

    def action_close(self):
        """Close (结案) with the outcome on record; ends all clocks for good."""
        self._check_transition_rights(self._get_transition("close"))
        self._check_not_pending()
        self._fill_closing_date()
        self._run_transition("close")
        self._as_step()._stop_clocks_on_close()
        return True

    def action_archive_file(self):
        """Archive the file (归档): nothing may be missing."""
        return self._run_transition("archive")

    def action_reject(self, reason=None):
        """Reject (不予受理).

        :param str reason: kept on the case; needed unless it is on record already
        """
        return self._end("reject", "rejected", reason)

    def action_withdraw(self, reason=None):
        """The parties give up (撤回、终止调解, MED-64). See :meth:`action_reject`."""
        return self._end("withdraw", "withdrawn", reason)

    def action_transfer(self, reason=None):
        """Transfer out of the township (移交). See :meth:`action_reject`."""
        return self._end("transfer", "transferred", reason)

    def action_reopen(self, reason=None):
        """Reopen (重新办理) a closed case: its content thaws, its clocks stay ended.

        :param str reason: kept in the history
        :raise UserError: no reason, or the case is not closed (an archived one never thaws)
        """
        transition = self._get_transition("reopen")
        self._check_transition_rights(transition)
        self._check_transition_source(transition)
        if not (reason or "").strip():
            raise UserError(self.env._("Please give the reason for reopening."))
        self._run_transition("reopen")
        cases = self._as_step()
        cases.write({"outcome": False, "date_closed": False, "settlement_state": False})
        cases._log_step(self.env._("Reopened: %(reason)s", reason=reason))
        return True

    def action_settle_on_spot(self):
        """Settle on the spot (就地化解): registers and settles at once; an officer confirms."""
        check_groups(self.env, self.env._("Settle on the spot"), REPORTER)
        self.check_access("write")
        lacking = self.filtered(lambda case: not case.settlement)
        if lacking:
            raise UserError(self.env._("Please enter what was agreed."))
        drafts = self.filtered(lambda case: case.state == "draft")
        drafts.action_register()
        cases = self._as_step()
        cases._check_settle_state()
        cases._enter_state(
            "handling", outcome="settled", settlement_state="pending", date_closed=self._today()
        )
        cases._log_step(self.env._("Settle on the spot"))
        return True

    def action_confirm_settlement(self):
        """An officer confirms what was settled on the spot: the case is closed."""
        check_groups(self.env, self.env._("Confirm settlement"), OFFICER)
        if any(case.settlement_state != "pending" for case in self):
            raise UserError(
                self.env._("Only a case settled on the spot that waits for it can be confirmed.")
            )
        self._run_transition("confirm", settlement_state="confirmed")
        self._as_step()._stop_clocks_on_close()
        return True

    # ------------------------------------------------------------------
    # Shared pieces
    # ------------------------------------------------------------------

    def _today(self):
        return self.env["township.calendar.day"]._today()

    def _check_not_pending(self):
        """What was settled on the spot is closed by an officer's confirmation alone."""
        pending = self.filtered(lambda case: case.settlement_state == "pending")
        if pending:
            raise UserError(
                self.env._(
                    "%(case)s was settled on the spot: an officer closes it with “%(action)s”.",
                    case=pending[0].display_name,
                    action=self.env._("Confirm settlement"),
                )
            )

    def _check_settle_state(self):
        wrong = self.filtered(lambda case: case.state not in OPEN_STATES)
        if wrong:
            raise UserError(self.env._("%(case)s has ended already.", case=wrong[0].display_name))
        petitions = self.filtered(lambda case: case.kind == "petition")
        if petitions:
            raise UserError(
                self.env._(
                    "%(case)s is a petition: it is accepted and answered, not settled on the spot.",
                    case=petitions[0].display_name,
                )
            )

    def _end(self, transition, outcome, reason):
        vals = {"end_reason": reason} if reason else {}
        self._run_transition(transition, **vals)
        cases = self._as_step()
        today = self._today()
        cases._entering().write(
            {"outcome": outcome, "date_closed": today, "settlement_state": False}
        )
        cases._stop_clocks(today)
        return True

    def _fill_closing_date(self):
        self._as_step().filtered(
            lambda case: not case.date_closed and case.state == "handling"
        ).write({"date_closed": self._today()})

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

    def _log_step(self, label):
        self._message_log_batch(dict.fromkeys(self.ids, label))
