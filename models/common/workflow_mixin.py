from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.rights import check_groups

# A refusal names that many records; the rest is a number.
MAX_NAMED = 10


class Transition(NamedTuple):
    """One row of a model's table of transitions."""

    name: str
    source: tuple  # states it may start from
    target: str
    groups: tuple = ()  # xml ids; one of them is needed. Empty: whoever may write
    guard: str = ""  # method of one record -> list of what is missing
    holds_in: tuple = ()  # states in which what the guard asks must still be true
    label: str = ""  # for people, where the model's `_transition_label` has no other


class TownshipWorkflowMixin(models.AbstractModel):
    """Workflow: a model lists its transitions in ``_transitions``; one method runs them.

    ``state`` is refused in ``create`` (other than the first), ``write`` and ``load``. A copy
    starts at the first state. What a guard asks stays visible as long as it must hold
    (``missing_items``), so a record that came in by import shows what it still lacks.
    """

    _name = "township.workflow.mixin"
    _description = "Workflow"
    _inherit = ["township.mechanism.mixin"]

    _transitions = ()

    missing_items = fields.Text(
        compute="_compute_missing_items",
        help="What must be completed before this record may be archived.",
    )

    # ------------------------------------------------------------------
    # State cannot be written by hand
    # ------------------------------------------------------------------

    @api.model
    def _initial_state(self):
        """:return: key of the first state"""
        return self._fields["state"].get_values(self.env)[0]

    @api.model_create_multi
    def create(self, vals_list):
        if self._is_entering():
            return super().create(vals_list)._without_token()
        initial = self._initial_state()
        if any(vals.get("state", initial) != initial for vals in vals_list):
            self._refuse_state()
        # set explicitly: a caller's context may hold default_state
        return super().create([{**vals, "state": initial} for vals in vals_list])

    def write(self, vals):
        if "state" in vals and not self._is_entering():
            self._refuse_state()
        return super().write(vals)

    def copy_data(self, default=None):
        return [{**vals, "state": self._initial_state()} for vals in super().copy_data(default)]

    @api.model
    def _refuse_state(self):
        raise AccessError(
            self.env._(
                "The state of “%(model)s” cannot be set directly. Use the buttons of the form: "
                "they check what is needed and keep the history.",
                model=self._description_label(),
            )
        )

    @api.model
    def _description_label(self):
        return self.env["ir.model"]._get(self._name).name

    def _enter_state(self, state, **vals):
        """Put records into a state without asking the guards (import of existing ledgers).
        What a guard would have asked shows in ``missing_items``.

        :param str state: key of the state
        :param vals: further values to write
        """
        self._entering().write({**vals, "state": state})

    # ------------------------------------------------------------------
    # Transitions
    # ------------------------------------------------------------------

    @api.model
    def _get_transition(self, name):
        """:return: the ``Transition`` of that name
        :raise KeyError: the model has none"""
        return {transition.name: transition for transition in self._transitions}[name]

    def _run_transition(self, name, **vals):
        """Run a transition on all records of ``self``: check rights, states and guards, write
        once, log once.

        :param str name: of the transition
        :param vals: further values written with the new state
        :raise AccessError: the user may not do this
        :raise UserError: a record is in another state or lacks something; the message says what
        """
        transition = self._get_transition(name)
        self._check_transition_rights(transition)
        self._check_transition_source(transition)
        records = self._as_step()
        if vals:
            records.write(vals)
        records._check_transition_guard(transition)
        previous = {record.id: record.state for record in records}
        records._enter_state(transition.target)
        records._log_transition(transition, previous)
        return True

    def _as_step(self):
        """:return: these records as a step writes them: its rights are checked, and it is logged
        as one line for all, not as a change of each field"""
        return self.sudo().with_context(tracking_disable=True)

    def _check_transition_rights(self, transition):
        if self.env.su:
            return
        if transition.groups:
            check_groups(self.env, self._transition_label(transition), transition.groups)
        self.check_access("write")

    def _check_transition_source(self, transition):
        wrong = self.filtered(lambda record: record.state not in transition.source)
        if not wrong:
            return
        labels = dict(self._fields["state"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "“%(action)s” is not possible in this state:\n%(records)s",
                action=self._transition_label(transition),
                records=wrong._named_lines(lambda record: [labels[record.state]]),
            )
        )

    def _check_transition_guard(self, transition):
        if not transition.guard:
            return
        missing = {record: getattr(record, transition.guard)() for record in self}
        lacking = self.filtered(lambda record: missing[record])
        if lacking:
            raise UserError(
                self.env._(
                    "“%(action)s” is not possible yet. Still missing:\n%(records)s",
                    action=self._transition_label(transition),
                    records=lacking._named_lines(missing.get),
                )
            )

    def _named_lines(self, reasons):
        """:param reasons: callable(record) -> list of ``str``
        :return: ``str``, one line per record, at most ``MAX_NAMED``"""
        lines = [
            f"- {record.display_name}: {'; '.join(map(str, reasons(record)))}"
            for record in self[:MAX_NAMED]
        ]
        if len(self) > MAX_NAMED:
            lines.append(self.env._("… and %(number)s more", number=len(self) - MAX_NAMED))
        return "\n".join(lines)

    def _transition_label(self, transition):
        """:return: the transition's name for people; models translate theirs"""
        return transition.label or transition.name

    def _log_transition(self, transition, previous):
        """:param previous: ``dict`` record id -> state before"""
        if not hasattr(self, "_message_log_batch"):
            return
        labels = dict(self._fields["state"]._description_selection(self.env))
        self._message_log_batch(
            {
                record.id: self.env._(
                    "%(action)s: %(before)s → %(after)s",
                    action=self._transition_label(transition),
                    before=labels[previous[record.id]],
                    after=labels[transition.target],
                )
                for record in self
            }
        )

    # ------------------------------------------------------------------
    # What is still missing
    # ------------------------------------------------------------------

    def _compute_missing_items(self):
        for record in self:
            record.missing_items = "\n".join(record._missing_items()) or False

    def _missing_items(self):
        """:return: ``list`` of ``str``: what the guards of the steps behind this record still
        ask; empty for a record that came through the buttons"""
        self.ensure_one()
        asked = [
            item
            for transition in self._transitions
            if transition.guard and self.state in transition.holds_in
            for item in getattr(self, transition.guard)()
        ]
        return list(dict.fromkeys(asked))
