from odoo import fields
from odoo.fields import Domain

from ...tools.cipher import is_sealed

EQUALITY = ("in", "not in")


class EncryptedChar(fields.Char):
    """A text that is encrypted in its column and plain in the cache of records.

    It is found by exact values alone, through the keyed hashes in the column ``hashed_in``, which
    whoever creates records fills (``_hash``); ``write`` does it by itself. Sorting and grouping
    would see what is in the column: the field belongs to nobody (``groups=NO_ACCESS``).

    A value whose key is not at hand stays as it is in the column and the cache; a record gives
    :func:`locked_text` in its place.
    """

    hashed_in = None  # name of the field that holds the hash
    separator = None  # between several values in one, each of which is hashed

    # ------------------------------------------------------------------
    # Column and cache
    # ------------------------------------------------------------------

    def convert_to_column(self, value, record, values=None, validate=True):
        """Encrypt; parameters and result are core's."""
        value = super().convert_to_column(value, record, values, validate)
        if not value or is_sealed(value):
            return value
        return record.env["township.key"]._keyring().current.encrypt(value, self._purpose())

    def _insert_cache(self, records, values):
        keyring, purpose = records.env["township.key"]._keyring(), self._purpose()
        plain = [value and keyring.decrypt(value, purpose) for value in values]
        return super()._insert_cache(records, plain)

    def convert_to_record(self, value, record):
        """:return: the plain value, or :func:`locked_text`"""
        if is_sealed(value):
            return locked_text(record.env)
        return super().convert_to_record(value, record)

    def write(self, records, value):
        """Write the hash as well. What cannot be encrypted is refused now, not when it is flushed.

        :raise UserError: the key is not at hand"""
        cache_value = self.convert_to_cache(value, records)
        changed = self._filter_not_equal(records, cache_value)
        if changed:
            changed._fields[self.hashed_in].write(changed, self._hash(changed.env, cache_value))
        return super().write(changed, value)

    # ------------------------------------------------------------------
    # Exact search
    # ------------------------------------------------------------------

    def _hash(self, env, value):
        """:param str value: normalised
        :return: ``str`` for the column of hashes, or ``False``
        :raise UserError: the key is not at hand"""
        if not value:
            return False
        cipher, purpose = env["township.key"]._ready_keyring().current, self._purpose()
        return self._joined(cipher.hash(part, purpose) for part in self._parts(value))

    def _hashes(self, env, value):
        """:param str value: one value, not several
        :return: ``list`` of what the column of hashes may hold for it; while keys are changed
            one for each key
        :raise UserError: the key is not at hand"""
        return env["township.key"]._search_keyring().hashes(value, self._purpose())

    def _condition_to_sql(self, field_expr, operator, value, model, alias, query):
        if operator not in EQUALITY:
            raise NotImplementedError(f"{self} is encrypted: no condition but equality")
        hashes = set()
        for one in value:
            if not one:
                hashes.add(False)
                continue
            rings = (self._hashes(model.env, part) for part in self._parts(one))
            hashes.update(map(self._joined, zip(*rings, strict=True)))
        domain = Domain(self.hashed_in, operator, hashes)
        return domain.optimize_full(model.sudo())._to_sql(model.sudo(), alias, query)

    # ------------------------------------------------------------------
    # Rotation
    # ------------------------------------------------------------------

    def _reencrypted(self, keyring, sealed):
        """:return: ``tuple`` (value, hash) for the columns with the newest key, or ``None`` when
        the value opens with no key"""
        purpose = self._purpose()
        value = keyring.decrypt(sealed, purpose)
        if is_sealed(value):
            return None
        cipher = keyring.current
        hashes = self._joined(cipher.hash(part, purpose) for part in self._parts(value))
        return cipher.encrypt(value, purpose), hashes

    def _purpose(self):
        """:return: ``bytes``: a value moved to another column does not open there"""
        return f"{self.model_name}.{self.name}".encode()

    def _parts(self, value):
        return value.split(self.separator) if self.separator else [value]

    def _joined(self, hashes):
        return (self.separator or "").join(hashes)


def locked_text(env):
    """:return: ``str`` that stands for a value whose key is not at hand"""
    return env._("(key missing)")
