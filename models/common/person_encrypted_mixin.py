from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .encrypted_char import EncryptedChar, locked_text
from .person_mixin import PHONE_SEPARATOR


class TownshipPersonEncryptedMixin(models.AbstractModel):
    """A person whose ID number and phones are encrypted at rest (PIP-09): a copy or a backup of
    the database does not tell them. For whoever uses it nothing changes: masks, exact search,
    :meth:`action_reveal` and prints are those of ``township.person.mixin``.

    While the key is not at hand the masks say so, both fields are neither revealed nor changed,
    and all else goes on.
    """

    _name = "township.person.encrypted.mixin"
    _inherit = "township.person.mixin"
    _description = "Person with encrypted numbers"

    id_number_full = EncryptedChar(
        string="ID number (full)",
        groups=fields.NO_ACCESS,
        hashed_in="id_number_hash",
        index=False,
        copy=False,
        prefetch=False,
    )
    id_number_hash = fields.Char(
        string="ID number (hash)",
        groups=fields.NO_ACCESS,
        index="btree_not_null",
        copy=False,
        prefetch=False,
    )
    phone_full = EncryptedChar(
        string="Phone (full)",
        groups=fields.NO_ACCESS,
        hashed_in="phone_hash",
        separator=PHONE_SEPARATOR,
        index=False,
        copy=False,
        prefetch=False,
    )
    phone_hash = fields.Char(
        string="Phone (hash)",
        groups=fields.NO_ACCESS,
        index="btree_not_null",
        copy=False,
        prefetch=False,
    )

    # In the place of the mixin's own on the phones themselves; see _phone_condition().
    _phones_idx = models.Index(
        "USING gin (string_to_array(phone_hash, ',')) WHERE strpos(phone_hash, ',') > 0"
    )

    @api.depends("id_number_full", "phone_full")
    def _compute_masks(self):
        result = super()._compute_masks()
        locked = locked_text(self.env)
        for masked, full in self._reveal_fields.items():
            for person in self:
                if person[full] == locked:
                    person[masked] = locked
        return result

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

    @api.model
    def _prepare_create_values(self, vals_list):
        # The hashes go into the same INSERT.
        vals_list = super()._prepare_create_values(vals_list)
        encrypted = [self._fields[name] for name in self._reveal_fields.values()]
        for vals in vals_list:
            for field in encrypted:
                if vals.get(field.name):
                    vals[field.hashed_in] = field._hash(self.env, vals[field.name])
        return vals_list

    def _take_typed(self, vals, fname):
        """:raise UserError: the key is not at hand"""
        if self and fname in vals:
            locked = locked_text(self.env)
            if vals[fname] == locked and all(person[fname] == locked for person in self):
                del vals[fname]
            elif not self.env["township.key"]._keyring().ready:
                # Also taking away what nobody can read.
                self.env["township.key"]._ready_keyring()
        return super()._take_typed(vals, fname)

    @api.model
    def _keyed_digest(self, digest):
        """:param str digest: of a row of a ledger
        :return: ``str`` that tells nothing to who tries all ID numbers with what else the database
            knows of a person; after a change of the key another one
        :raise UserError: the key is not at hand"""
        cipher = self.env["township.key"]._ready_keyring().current
        return cipher.hash(digest, f"{self._name}.ledger".encode())

    # ------------------------------------------------------------------
    # Exact search
    # ------------------------------------------------------------------

    @api.model
    def _full_value_domain(self, fname, numbers, condition):
        field = self._fields[fname]
        hashes = {number for number in numbers if number is None}
        for number in filter(None, numbers):
            hashes.update(field._hashes(self.env, number))
        return super()._full_value_domain(field.hashed_in, hashes, condition)

    @api.model
    def _number_domain(self, text):
        keys = self.env["township.key"]
        # Names are found also while the key is not at hand.
        lost = keys._known() and not keys._keyring().ready
        return Domain.FALSE if lost else super()._number_domain(text)

    # ------------------------------------------------------------------
    # Reveal
    # ------------------------------------------------------------------

    def _check_reveal(self, field):
        """:raises UserError: the key is not at hand"""
        result = super()._check_reveal(field)
        if self.sudo()[self._reveal_fields[field]] == locked_text(self.env):
            raise UserError(
                self.env["township.key"]._problem()
                or self.env._(
                    "This value opens with none of the keys at hand: it was changed in the "
                    "database, or its key was given up."
                )
            )
        return result
