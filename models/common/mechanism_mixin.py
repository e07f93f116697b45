from dataclasses import dataclass

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import LazyTranslate

from ...tools.rights import refusal

_lt = LazyTranslate(__name__)
# Compared with ``is``: no JSON of an RPC call can make this object, so no caller can put it
# into a context.
_TOKEN = object()
_TOKEN_KEY = "township_entering_token"
ADMINISTRATOR = "base.group_system"


@dataclass(frozen=True, kw_only=True, eq=False)
class Guard:
    """What a field says when somebody types into it who may not, in any state of the record.

    ``hint``: lazy text, what to do instead; where groups are named, what they may do.
    ``groups``: xml ids of those who may type all the same; nobody by default.
    """

    hint: str
    groups: tuple = ()


# What Odoo computes and stores it still takes from a call: read-only in a form guards nothing.
FOLLOWS = Guard(hint=_lt("it follows from other facts of the record."))


class TownshipMechanismMixin(models.AbstractModel):
    """What the mechanisms of the ground floor have in common.

    - **Nobody types this**: a field that only a mechanism sets carries ``guard=Guard(…)``; what
      is computed, stored and read-only has one by itself. It is refused whatever the way in
      (write, create, load, defaults of a context or a person, copy), shows read-only in every
      view, and its refusal says what to do instead. System code (``sudo``) and
      :meth:`_entering` set it.
    - **Start-up**: a mechanism that needs something of its model says so (:meth:`_lacking_parts`)
      when the server starts, and never just stays silent.
    - **Import**: what it means that a record came in by a ledger is said by each mechanism in
      :meth:`_imported`, so that every ledger gets it.
    """

    _name = "township.mechanism.mixin"
    _description = "Ground of the mechanisms"

    # ------------------------------------------------------------------
    # Nobody types this
    # ------------------------------------------------------------------

    def _valid_field_parameter(self, field, name):
        return name == "guard" or super()._valid_field_parameter(field, name)

    @api.model
    def _field_guard(self, field):
        """:return: the ``Guard`` of a field, or ``None`` when it may be typed"""
        guard = getattr(field, "guard", None)
        follows = field.store and field.compute and field.readonly and not field.inverse
        return guard or (FOLLOWS if follows else None)

    @api.model
    def _may_type(self, field):
        guard = self._field_guard(field)
        return (
            guard is None
            or self.env.su
            or self._is_entering()
            or any(self.env.user.has_group(group) for group in guard.groups)
        )

    @api.model
    def _has_field_access(self, field, operation):
        if operation == "write" and not self._may_type(field):
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def _check_field_access(self, field, operation):
        """:raise AccessError: in words for people, where core's are technical English"""
        if operation == "write" and not self._may_type(field):
            guard = self._field_guard(field)
            hint = self.env._(guard.hint)
            if guard.groups:
                raise refusal(self.env, hint, guard.groups)
            raise AccessError(
                self.env._(
                    "“%(field)s” cannot be set by hand: %(hint)s",
                    field=field._description_string(self.env),
                    hint=hint,
                )
            )
        return super()._check_field_access(field, operation)

    @api.model
    def default_get(self, fields):
        """A guarded field takes no default but its own: neither of a context nor of a person,
        also when system code creates the record. Parameters and result are core's."""
        guarded = [name for name in fields if self._is_guarded(name)]
        defaults = super().default_get([name for name in fields if name not in guarded])
        for name in guarded:
            if default := self._fields[name].default:
                defaults[name] = default(self)
        return defaults

    @api.model
    def _is_guarded(self, name):
        return name in self._fields and self._field_guard(self._fields[name]) is not None

    # ------------------------------------------------------------------
    # A record stays in its township
    # ------------------------------------------------------------------

    def write(self, vals):
        """Odoo asks its rules before a write, not after: a record would get into a township its
        writer may not enter, or become one of all townships.

        :raise AccessError: the company is none of the user's
        """
        if "company_id" in vals and not self._may_enter(vals["company_id"]):
            raise AccessError(
                self.env._("A record stays in its township; make a new one in the other.")
            )
        return super().write(vals)

    @api.model
    def _may_enter(self, company_id):
        above = self.env.su or self.env.user.has_group(ADMINISTRATOR)
        return above or company_id in self.env.companies.ids

    # ------------------------------------------------------------------
    # Code of the addon itself
    # ------------------------------------------------------------------

    def _entering(self):
        """:return: ``self`` allowed to set guarded fields and ``state`` in ``create`` and
        ``write`` under the rights of its user; for this module's own code only"""
        return self.with_context(**{_TOKEN_KEY: _TOKEN})

    @api.model
    def _is_entering(self):
        return self.env.context.get(_TOKEN_KEY) is _TOKEN

    def _without_token(self):
        """:return: ``self`` with the context as it was before :meth:`_entering`"""
        context = {key: value for key, value in self.env.context.items() if key != _TOKEN_KEY}
        return self.with_env(self.env(context=context))

    # ------------------------------------------------------------------
    # What guards and constraints say
    # ------------------------------------------------------------------

    @api.model
    def _today(self):
        """:return: ``date`` of today in the townships"""
        return self.env["township.calendar.day"]._today()

    def _missing_fields(self, *names):
        """For guards.

        :return: ``list`` of the labels of those fields of this one record that are empty"""
        return [
            self._fields[name]._description_string(self.env) for name in names if not self[name]
        ]

    def _check_has_come(self, *names):
        """For constraints: what is recorded has happened.

        :param names: of date fields
        :raise ValidationError: one of the days is still to come
        """
        today = self._today()
        for record in self:
            for name in names:
                if record[name] and record[name] > today:
                    raise ValidationError(
                        self.env._(
                            "%(field)s: %(date)s is still to come.",
                            field=self._fields[name]._description_string(self.env),
                            date=record[name],
                        )
                    )

    # ------------------------------------------------------------------
    # Frozen and hidden records
    # ------------------------------------------------------------------

    def _frozen_for(self, model_name, operation):
        """Extended by workflow (by state) and rows (by their owner).

        :param str model_name: of what belongs to these records: rows, or ``ir.attachment``
        :param str operation: ``create``, ``write`` or ``unlink`` of such a row
        :return: of these records those whose state refuses it
        """
        return self.browse()

    def _hidden_from_user(self):
        """:return: of these records those the user may not read, although the code may"""
        if not self.env.su or self.env.uid == SUPERUSER_ID:
            return self.browse()
        refused = self.filtered("id").sudo(False)._check_access("read")
        return refused[0].sudo() if refused else self.browse()

    # ------------------------------------------------------------------
    # Start-up
    # ------------------------------------------------------------------

    def _register_hook(self):
        super()._register_hook()
        lacking = [] if self._abstract else self._lacking_parts()
        if lacking:
            raise TypeError(f"Model {self._name} lacks: {'; '.join(lacking)}")

    @api.model
    def _lacking_parts(self):
        """Extended by each mechanism.

        :return: ``list`` of ``str`` for developers: what the model has not that a mechanism it
            inherits needs, and what for"""
        return []

    @api.model
    def _lacking_company(self, purpose):
        """:return: ``list`` for :meth:`_lacking_parts`"""
        return [] if "company_id" in self._fields else [f"a field company_id, {purpose}"]

    # ------------------------------------------------------------------
    # Import
    # ------------------------------------------------------------------

    def _imported(self, history):
        """These records were just made out of a ledger, in one batch, some of them in a late
        state and with an official number. Each mechanism extends this with what that means.

        :param bool history: imported as history: no alarm, no to-do
        """
