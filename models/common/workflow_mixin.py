from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.rights import check_groups
from ...tools.workflow import merged_frozen, merged_transitions

# A refusal names that many records; the rest is a number.
MAX_NAMED = 10


class TownshipWorkflowMixin(models.AbstractModel):
    """Workflow: a model lists its steps in ``_transitions``; one method runs them. What a state
    freezes is listed in ``_frozen``. The tables of all classes of a model merge.

    ``state`` is refused in ``create`` (other than the first), ``write`` and ``load``. A copy
    starts at the first state. What a guard asks stays visible as long as it must hold
    (``missing_items``), so a record that came in by import shows what it still lacks.
    """

    _name = "township.workflow.mixin"
    _description = "Workflow"
    _inherit = ["township.mechanism.mixin"]

    _transitions = ()  # of tools.workflow.Transition
    _frozen = {}  # state -> tools.workflow.Frozen

    missing_items = fields.Text(
        compute="_compute_missing_items",
        help="What must be completed before this record may be archived.",
    )
    may_write = fields.Boolean(compute="_compute_may_edit", export_string_translation=False)
    may_edit = fields.Boolean(compute="_compute_may_edit", export_string_translation=False)
    may_complete = fields.Boolean(compute="_compute_may_edit", export_string_translation=False)

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
        if not self._is_entering():
            if "state" in vals:
                self._refuse_state()
            self._check_frozen(vals)
        return super().write(vals)

    def copy_data(self, default=None):
        return [{**vals, "state": self._initial_state()} for vals in super().copy_data(default)]

    @api.model
    def _refuse_state(self):
        raise AccessError(
            self.env._(
                "The state of “%(model)s” cannot be set directly. Use the buttons of the form: "
                "they check what is needed and keep the history.",
                model=self.env["ir.model"]._get(self._name).name,
            )
        )

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
    def _steps(self):
        """:return: ``dict`` name -> ``Transition``, of all classes this model is made of"""
        return merged_transitions(type(self).__mro__)

    def _run_transition(self, name, **vals):
        """Run a step on all records of ``self``: check rights and states, do what comes before,
        ask the guards, enter the state and log once, do what comes after.

        :param str name: of the step
        :param vals: further values written with the new state
        :raise AccessError: the user may not do this
        :raise UserError: a record is in another state or lacks something; the message says what
        """
        step = self._steps()[name]
        self._check_step_rights(step)
        self._check_step_source(step)
        records = self._step_sudo()
        if vals:
            records.write(vals)
        for method in step.before:
            getattr(records, method)()
        records._check_step_guards(step)
        previous = {record.id: record.state for record in records}
        if step.target:
            records._enter_state(step.target)
        records._log_step(step, previous)
        for method in step.after:
            getattr(records, method)()
        return True

    def _step_sudo(self):
        """:return: these records with all rights, as a step writes them: who may take it is
        checked before, and it is logged as one line for all, not as a change of each field"""
        return self.sudo().with_context(tracking_disable=True)

    def _check_step_rights(self, step):
        if self.env.su:
            return
        if step.groups:
            check_groups(self.env, self._step_label(step.name), step.groups)
        self.check_access("write")

    def _check_step_source(self, step):
        wrong = self.filtered(lambda record: record.state not in step.source)
        if not wrong:
            return
        labels = dict(self._fields["state"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "“%(action)s” is not possible in this state:\n%(records)s",
                action=self._step_label(step.name),
                records=wrong._named_lines(lambda record: [labels[record.state]]),
            )
        )

    def _check_step_guards(self, step):
        missing = {record: record._asked_by(step) for record in self if step.guard}
        lacking = self.filtered(missing.get)
        if lacking:
            raise UserError(
                self.env._(
                    "“%(action)s” is not possible yet. Still missing:\n%(records)s",
                    action=self._step_label(step.name),
                    records=lacking._named_lines(missing.get),
                )
            )

    def _asked_by(self, step):
        """:return: ``list`` of ``str``: what the guards of a step miss in this record"""
        return [item for guard in step.guard for item in getattr(self, guard)()]

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

    @api.model
    def _step_label(self, name):
        """:return: ``str`` the step's name for people"""
        return self.env._(self._steps()[name].label)

    def _log_step(self, step, previous):
        """:param previous: ``dict`` record id -> state before"""
        labels = dict(self._fields["state"]._description_selection(self.env))
        action = self._step_label(step.name)
        bodies = {}
        for record in self:
            before, after = labels[previous[record.id]], labels[record.state]
            bodies[record.id] = (
                self.env._(
                    "%(action)s: %(before)s → %(after)s", action=action, before=before, after=after
                )
                if before != after
                else action
            )
        self._message_log_batch(bodies)

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
            for step in self._steps().values()
            if self.state in step.holds_in
            for item in self._asked_by(step)
        ]
        return list(dict.fromkeys(asked))

    # ------------------------------------------------------------------
    # Frozen content
    # ------------------------------------------------------------------

    @api.model
    def _frozen_states(self):
        """:return: ``dict`` state -> ``Frozen``, of all classes this model is made of"""
        return merged_frozen(type(self).__mro__)

    def _check_frozen(self, vals):
        """:raise UserError: ``vals`` touch what the state of a record freezes"""
        table = self._frozen_states()
        for state, records in self.grouped("state").items():
            touched = table[state].fields & vals.keys() if state in table else ()
            gaps = touched & table[state].completable if touched else ()
            for record in records:
                kept = [name for name in touched if name not in gaps or record[name]]
                if kept:
                    record._refuse_frozen(kept)

    def _refuse_frozen(self, names):
        labels = [self._fields[name]._description_string(self.env) for name in sorted(names)]
        raise UserError(
            self.env._(
                "%(record)s is “%(state)s”: %(fields)s can no longer be changed. %(hint)s",
                record=self.display_name,
                state=dict(self._fields["state"]._description_selection(self.env))[self.state],
                fields=", ".join(labels),
                hint=self._frozen_hint(),
            ).strip()
        )

    def _frozen_hint(self):
        """:return: ``str``: what to do instead, extended by models that have a way"""
        return self.env._("Write a note instead.")

    def _frozen_for(self, model_name, operation):
        frozen = self._frozen_states()

        def is_frozen(record):
            state = frozen.get(record.state)
            return state and not (operation == "create" and model_name in state.rows)

        return super()._frozen_for(model_name, operation) | self.filtered(is_frozen)

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_may_edit(self):
        """Whether the form lets the user type: he may write the record and it is not frozen."""
        frozen = self._frozen_states()
        editable = self._filtered_access("write")
        for record in self:
            state = frozen.get(record.state)
            record.may_write = record in editable
            record.may_edit = record in editable and not state
            record.may_complete = bool(
                state and state.completable and record in editable and record.missing_items
            )

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """A form that cannot be saved does not look as if it could, and a button of a step that
        has no words takes the step's. Parameters and result are core's."""
        arch, view = super()._get_view(view_id, view_type, **options)
        for node in arch.xpath("//button[@type='object'][not(@string)]"):
            name = (node.get("name") or "").removeprefix("action_")
            if name in self._steps():
                node.set("string", self._step_label(name))
        if view_type == "form":
            self._show_frozen(arch)
        return arch, view

    @api.model
    def _show_frozen(self, arch):
        for node in arch.xpath("//field[not(ancestor::field)]"):
            name, given = node.get("name"), node.get("readonly")
            if given is None and self._fields[name].readonly:
                continue
            shut = self._shut_when(name)
            if shut:
                node.set("readonly", f"({given}) or ({shut})" if given else shut)

    @api.model
    def _shut_when(self, name):
        """:return: ``str`` condition under which a form keeps a field from typing, or ``None``;
        what only later states freeze is typed until they come"""
        table = self._frozen_states()
        states = sorted(state for state, frozen in table.items() if name in frozen.fields)
        if not states:
            return None
        if any(name in frozen.completable for frozen in table.values()):
            return "not may_edit and not may_complete"
        return (
            "not may_edit" if len(states) == len(table) else f"state in {states} or not may_write"
        )

    # ------------------------------------------------------------------
    # Start-up
    # ------------------------------------------------------------------

    @api.model
    def _lacking_parts(self):
        lacking = super()._lacking_parts()
        if "message_ids" not in self._fields:
            lacking.append("mail.thread, where its steps are logged")
        if "state" not in self._fields:
            return [*lacking, "a field state, which its steps change"]
        states = {"", *self._fields["state"].get_values(self.env)}
        for step in self._steps().values():
            named = {*step.source, *step.holds_in, step.target}
            lacking += [f"the state {state} of step {step.name}" for state in named - states]
            lacking += [
                f"the method {method} of step {step.name}"
                for method in step.methods
                if not hasattr(self, method)
            ]
            if not step.label:
                lacking.append(f"a label of step {step.name}")
        for state, frozen in self._frozen_states().items():
            unknown = (frozen.fields | frozen.completable) - self._fields.keys()
            lacking += [f"the field {name}, frozen in {state}" for name in sorted(unknown)]
            lacking += [
                f"the model {name}, a row in {state}"
                for name in sorted(frozen.rows)
                if name not in self.env
            ]
        return lacking
