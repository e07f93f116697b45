import logging

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools import vault
from ...tools.cipher import CIPHERS
from .encrypted_char import EncryptedChar

_logger = logging.getLogger(__name__)
BATCH = 1000


class TownshipKey(models.Model):
    """Changing the key (轮换密钥): a new one is added, what older ones encrypted is encrypted and
    hashed anew, and a key that nothing uses any more is dropped.

    Meanwhile both are at hand, so that all is readable and found. It may stop anywhere and goes
    on where it stopped.
    """

    _inherit = "township.key"

    @api.model
    def _rotate(self, cipher=vault.DEFAULT_CIPHER):
        """Change the key, or go on with a change that was interrupted.

        :param str cipher: name of the cipher of the new key
        :return: iterator of lines for people; commit after each
        :raise UserError: a key is not at hand, or there is no such cipher
        """
        if problem := self._problem():
            raise UserError(problem)
        if len(self._wanted()) < 2:
            yield self._add_key(cipher)
        newest = self._keyring().current.prefix
        for field in self._encrypted_fields():
            yield from self._reencrypt(field, newest)
        self._certificates().search([("key_fingerprint", "!=", self._wanted()[-1])])._rekey()
        yield self.env._("Certificates are stored with the newest key.")
        yield from self._drop_unused()

    @api.model
    def _give_up(self):
        """The keys that are not at hand are lost for good: go on with a new one. What they
        encrypted stays locked, is typed anew, and opens again if they turn up.

        :return: ``str`` for people
        :raise UserError: none is lost
        """
        if not self._problem():
            raise UserError(self.env._("No key is lost."))
        at_hand = self._keyring().names
        lost = self.sudo().search([("name", "not in", at_hand)])
        lost.given_up = True
        _logger.warning("Keys given up as lost: %s", ", ".join(lost.mapped("fingerprint")))
        return self._add_key(vault.DEFAULT_CIPHER)

    @api.model
    def _add_key(self, cipher):
        """:return: ``str`` for people"""
        if cipher not in CIPHERS:
            raise UserError(self.env._("There is no cipher %(name)s here.", name=cipher))
        path = self._path()
        try:
            keys = vault.read_keys(path)
        except vault.KeyFileError:
            keys = []
        known = [int(name[1:]) for name in self._known()]
        last = max([0, *known, *(key.number for key in keys)])
        if not keys or keys[-1].name in self._known() or keys[-1].cipher != cipher:
            keys.append(vault.new_key(last + 1, cipher))
            self._write_file(keys)
        # Else the file has one already that an interrupted change has left there.
        self._note(keys[-1])
        return self.env._(
            "Key %(name)s (fingerprint %(fingerprint)s) is in %(path)s: print that file for the "
            "safe.",
            name=keys[-1].name,
            fingerprint=keys[-1].fingerprint,
            path=path,
        )

    @api.model
    def _write_file(self, keys):
        try:
            vault.write_keys(self._path(), keys)
        except vault.KeyFileError as error:
            raise UserError(
                self.env._("The key file %(path)s cannot be written.", path=error)
            ) from error

    @api.model
    def _encrypted_fields(self):
        """:return: ``list`` of the encrypted fields of all tables"""
        return [
            field
            for model in self.env.values()
            if model._auto and not model._abstract
            for field in model._fields.values()
            if isinstance(field, EncryptedChar) and field.store
        ]

    @api.model
    def _reencrypt(self, field, newest):
        """:param str newest: how values begin that need nothing
        :return: iterator of lines for people, one a batch"""
        model, keyring, last = self.env[field.model_name], self._keyring(), 0
        model.flush_model([field.name])
        names = {
            "table": SQL.identifier(model._table),
            "value": SQL.identifier(field.name),
            "hash": SQL.identifier(field.hashed_in),
        }
        while rows := self.env.execute_query(
            SQL(
                "SELECT id, %(value)s FROM %(table)s WHERE id > %(last)s AND"
                " %(value)s NOT LIKE %(newest)s ORDER BY id LIMIT %(limit)s FOR UPDATE",
                **names,
                last=last,
                newest=f"{newest}%",
                limit=BATCH,
            )
        ):
            last = rows[-1][0]
            found = [(id_, field._reencrypted(keyring, sealed)) for id_, sealed in rows]
            done = [(id_, *columns) for id_, columns in found if columns]
            if done:
                self._update(names, done)
            model.invalidate_model([field.name, field.hashed_in], flush=False)
            yield self.env._(
                "%(field)s: %(done)s encrypted anew, %(locked)s do not open.",
                field=str(field),
                done=len(done),
                locked=len(rows) - len(done),
            )

    @api.model
    def _update(self, names, rows):
        """:param rows: ``list`` of (id, value, hash)"""
        ids, values, hashes = map(list, zip(*rows, strict=True))
        self.env.cr.execute(
            SQL(
                "UPDATE %(table)s SET %(value)s = new.value, %(hash)s = new.hash"
                " FROM unnest(%(ids)s, %(values)s, %(hashes)s) AS new (id, value, hash)"
                " WHERE %(table)s.id = new.id",
                **names,
                ids=ids,
                values=values,
                hashes=hashes,
            )
        )

    @api.model
    def _drop_unused(self):
        """:return: iterator of lines for people"""
        known = self._all()
        unused = known[:-1].filtered(lambda key: not key._is_used())
        kept = known - unused
        for name in unused.mapped("name"):
            yield self.env._("Nothing uses the key %(name)s any more.", name=name)
        fingerprints = set(unused.mapped("fingerprint"))
        unused.unlink()
        # The database first: a key too many in the file does no harm.
        yield self.env._("In use: %(names)s.", names=", ".join(kept.mapped("name")))
        keys = vault.read_keys(self._path())
        self._write_file([key for key in keys if key.fingerprint not in fingerprints])

    def _is_used(self):
        self.ensure_one()
        for field in self._encrypted_fields():
            if self.env.execute_query(
                SQL(
                    "SELECT 1 FROM %s WHERE %s LIKE %s LIMIT 1",
                    SQL.identifier(self.env[field.model_name]._table),
                    SQL.identifier(field.name),
                    f"{self.name}:%",
                )
            ):
                return True
        return bool(
            self._certificates().search_count([("key_fingerprint", "=", self.fingerprint)], limit=1)
        )

    @api.model
    def _certificates(self):
        return self.env["township.certificate"].sudo().with_context(active_test=False)
