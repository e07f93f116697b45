from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Command, Domain

# Compared with ``is``, see mechanism_mixin.
_TOKEN = object()
_COMPLETING_KEY = "township_completing_token"


class TownshipRowMixin(models.AbstractModel):
    """Row of an owner: seen, changed, deleted and frozen as the record it belongs to, so that
    rules are written once, on the owner, and a row never shows what its owner hides::

        _inherit = ["township.row.mixin"]
        _owner_field = "case_id"

    Where the owner is not required (deliveries, issued papers), each room that owns some names
    its field in an ``_inherit`` of its own; a row without an owner follows its own rules. In a
    frozen state (``_frozen`` of the owner's workflow) rows are neither changed nor deleted; those
    the state names may be added, and what is still empty in them be filled in.
    """

    _name = "township.row.mixin"
    _description = "Row of an owner"
    _inherit = ["township.mechanism.mixin"]

    _owner_field = None  # many2one to the owner
    _owner_write = "write"  # what one must be able to do with the owner to change its rows

    @api.model
    def _owner_fields(self):
        """:return: ``list`` of the many2ones that every class of this model names"""
        named = (vars(cls).get("_owner_field") for cls in type(self).__mro__)
        return list(dict.fromkeys(name for name in named if name))

    # ------------------------------------------------------------------
    # Seen, changed, deleted as the owner
    # ------------------------------------------------------------------

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result is not None or self.env.su or not any(self._ids):
            return result
        for name in self._owner_fields():
            owners = self.sudo()[name].with_env(self.env)
            refused = owners and owners._check_access(
                "read" if operation == "read" else self._owner_write
            )
            if refused:
                return self._rows_of(name, refused[0]), refused[1]
        frozen = self.browse() if operation == "read" else self._frozen_rows(operation)
        return (frozen, lambda: frozen._frozen_error()) if frozen else None

    def _rows_of(self, name, owners):
        rows = self.sudo().filtered(lambda row: row[name].id in owners._ids)
        return rows.with_env(self.env)

    def _frozen_rows(self, operation):
        """:return: of these rows those that the state of their owner freezes"""
        if self._is_entering() or self.env.context.get(_COMPLETING_KEY) is _TOKEN:
            return self.browse()
        if operation == "unlink":
            return self._frozen_for(self._name, operation)  # all of it goes
        return self._frozen_by_owner(self._name, operation)

    def _frozen_for(self, model_name, operation):
        """A row that has states of its own freezes what belongs to it, as its owner does; what of
        the row itself they freeze is asked by the workflow, field by field."""
        return super()._frozen_for(model_name, operation) | self._frozen_by_owner(
            model_name, operation
        )

    def _frozen_by_owner(self, model_name, operation):
        """:return: of these rows those whose owner's state refuses it"""
        frozen = self.browse()
        for name in self._owner_fields():
            owners = self.sudo()[name]._frozen_for(model_name, operation)
            frozen |= self._rows_of(name, owners)
        return frozen

    def _frozen_error(self):
        """:return: ``AccessError`` in words for people"""
        owners = [self.sudo()[name][:1] for name in self._owner_fields()]
        owner = next(owner for owner in owners if owner)
        return AccessError(
            self.env._(
                "%(owner)s is frozen in its state: its “%(rows)s” can no longer be changed. Add "
                "a new one where the form offers it, or write a note.",
                owner=owner.with_env(self.env).display_name,
                rows=self.env["ir.model"]._get(self._name).name,
            )
        )

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & self._readable_owner_domain()
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _readable_owner_domain(self):
        """:return: ``Domain`` of the rows without an owner or with one the user may read"""
        domain = Domain.TRUE
        for name in self._owner_fields():
            owners = self.env[self._fields[name].comodel_name]
            # who may not read any owner of that kind sees no row of one
            readable = (
                Domain(name, "any", Domain.TRUE) if owners.has_access("read") else Domain.FALSE
            )
            if not self._fields[name].required:
                readable |= Domain(name, "=", False)
            domain &= readable
        return domain

    @api.depends(lambda self: self._owner_fields())
    @api.depends_context("uid")
    def _compute_display_name(self):
        """A many2one shows its name whatever the reader may see, and an onchange resolves any id
        it is given: rows of an owner that is hidden have no name."""
        hidden = self._hidden_rows()
        for row in hidden:
            row.display_name = self.env._("Not visible to you")
        return super(TownshipRowMixin, self - hidden)._compute_display_name()

    def _hidden_rows(self):
        """:return: of these rows those of owners the user may not read, although the code may"""
        hidden = self.browse()
        for name in self._owner_fields():
            hidden |= self._rows_of(name, self[name]._hidden_from_user())
        return hidden

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

    def write(self, vals):
        """Odoo asks the rules before a write, not after: a row moved to another owner would get
        into a file its writer may not open.

        :raise AccessError: for a row that belongs to another owner already
        """
        self._check_owner_stays(vals)
        rows = self
        if not self.env.su and self._only_completes(vals):
            rows = self.with_context(**{_COMPLETING_KEY: _TOKEN})
        return super(TownshipRowMixin, rows).write(vals)

    def _check_owner_stays(self, vals):
        if self.env.su:
            return
        for name in vals.keys() & set(self._owner_fields()):
            if any(row[name] and row[name].id != vals[name] for row in self):
                label = self.env["ir.model"]._get(self._name).name
                raise AccessError(
                    self.env._("“%(model)s” stays with what it belongs to.", model=label)
                )
            self[name].browse(vals[name] or ()).check_access("read")

    def _only_completes(self, vals):
        """:return: whether these values only fill what is empty in frozen rows of which new ones
        might still be added: that rewrites nothing"""
        frozen = self._frozen_by_owner(self._name, "write")
        if not frozen or self._frozen_by_owner(self._name, "create"):
            return False
        return all(frozen._is_gap(name, value) for name, value in vals.items())

    def _is_gap(self, name, value):
        if name in self._owner_fields():
            return False
        if self._fields[name].type == "many2many":
            kinds = (Command.LINK, Command.CREATE)
            return all(len(command) and command[0] in kinds for command in value or ())
        return not any(row[name] for row in self)

    @api.model
    def _lacking_parts(self):
        names = self._owner_fields()
        if not names:
            return super()._lacking_parts()  # no room owns any yet
        return super()._lacking_parts() + [
            f"the field {name}, an indexed many2one to what its rows belong to"
            for name in names
            if name not in self._fields
            or self._fields[name].type != "many2one"
            or not self._fields[name].index
        ]
