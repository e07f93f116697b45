import logging
from typing import NamedTuple

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models, tools
from odoo.exceptions import ConcurrencyError, UserError

from ...tools import vault
from ...tools.cipher import Keyring

_logger = logging.getLogger(__name__)

# In the cache of a cursor: one transaction works with one set of keys.
RING = "township_keyring"


class Known(NamedTuple):
    """What the database knows of a key."""

    fingerprint: str
    given_up: bool


class TownshipKey(models.Model):
    """The keys that have encrypted something in this database: their names and fingerprints. The
    keys themselves are in the key file of the server (``tools/vault.py``), of which backups of the
    database know nothing.

    The first key to be used is noted here. From then on a key file that is missing or holds
    another key is told, and never replaced by a new one: what was encrypted would be lost.
    """

    _name = "township.key"
    _description = "Key of encrypted fields"
    _order = "id"

    name = fields.Char(required=True, readonly=True)
    fingerprint = fields.Char(required=True, readonly=True)
    given_up = fields.Boolean(
        string="Given up",
        readonly=True,
        help="Lost for good: its values are typed anew. It opens them again if it turns up.",
    )

    _name_unique = models.UniqueIndex("(name)")

    # ------------------------------------------------------------------
    # For encrypted fields
    # ------------------------------------------------------------------

    @api.model
    def _keyring(self):
        """:return: :class:`~odoo.addons.township_governance.tools.cipher.Keyring` of this
        transaction; an empty one opens nothing, and raises nothing"""
        cache = self.env.cr.cache
        if RING not in cache:
            cache[RING] = self._load()
        return cache[RING]

    @api.model
    def _ready_keyring(self):
        """:return: ``Keyring`` that can encrypt; makes the first key where nothing has been
            encrypted yet
        :raise UserError: the key is not at hand; says what is needed"""
        keyring = self._keyring()
        if not keyring.ready and not self._known():
            self._start()
            keyring = self._keyring()
        if not keyring.ready:
            raise UserError(self._problem())
        return keyring

    @api.model
    def _search_keyring(self):
        """:return: ``Keyring`` that hashes what is searched for; empty where nothing is encrypted
        :raise UserError: the key is not at hand"""
        return self._ready_keyring() if self._known() else self._keyring()

    @api.model
    def _check_replaceable(self):
        """Ask before a missing key file is made anew.

        :raise UserError: something is encrypted with the keys that were in it"""
        if self._state() == "missing":
            raise UserError(self._problem())

    # ------------------------------------------------------------------
    # For people
    # ------------------------------------------------------------------

    @api.model
    def _state(self):
        """:return: ``str``: unused, present, missing or wrong"""
        wanted = self._wanted()
        if not wanted:
            return "unused"
        try:
            found = {key.fingerprint for key in vault.read_keys(self._path())}
        except vault.KeyFileError:
            return "missing"
        return "present" if found.issuperset(wanted) else "wrong"

    @api.model
    def _problem(self):
        """:return: ``str`` for people: what is wrong and what is needed; empty if nothing is"""
        state = self._state()
        if state == "missing":
            return self.env._(
                "ID numbers and phones are encrypted, and the key file %(path)s is missing or "
                "cannot be read. Put it back from its copy, or type the key from its paper copy "
                "(fingerprint %(wanted)s) into a file of that name, for the server alone to read. "
                "Until then they are neither shown nor changed; everything else goes on working, "
                "and nothing is lost once the key is back.",
                path=self._path(),
                wanted=", ".join(self._wanted()),
            )
        if state == "wrong":
            return self.env._(
                "ID numbers and phones are encrypted, and the key file %(path)s lacks a key "
                "(fingerprints found: %(found)s; wanted: %(wanted)s). Put the right file back "
                "from its copy, or type the key from its paper copy into it. Until then they are "
                "neither shown nor changed; everything else goes on working, and nothing is lost "
                "once the key is back.",
                path=self._path(),
                found=", ".join(key.fingerprint for key in vault.read_keys(self._path())),
                wanted=self._wanted(),
            )
        return ""

    @api.model
    def _summary(self):
        """:return: ``str`` for people"""
        return self._problem() or self.env._(
            "The key file is %(path)s, the fingerprints in use are: %(wanted)s.",
            path=self._path(),
            wanted=", ".join(self._wanted()) or "-",
        )

    @api.model
    def _wanted(self):
        """:return: ``list`` of the fingerprints of the keys in use, the newest last"""
        return [known.fingerprint for known in self._known().values() if not known.given_up]

    def _register_hook(self):
        """A key that is not at hand, or at more than one hand, is named in the log when the server
        starts."""
        super()._register_hook()
        if problem := self._problem():
            _logger.error(problem)
        elif self._known() and not vault.is_private(self._path()):
            _logger.error("Others may read the key file %s: chmod 600", self._path())

    # ------------------------------------------------------------------
    # Keys
    # ------------------------------------------------------------------

    @api.model
    def _path(self):
        return self.env["township.certificate"]._key_path()

    @api.model
    @tools.ormcache()
    def _known(self):
        """:return: ``dict`` name -> :class:`Known`, the newest last"""
        return {key.name: Known(key.fingerprint, key.given_up) for key in self._all()}

    @api.model
    def _all(self):
        """:return: ``township.key`` (sudo), a handful, the newest last"""
        return self.sudo().search([("name", "!=", False)])

    @api.model
    def _load(self):
        """:return: ``Keyring`` of the keys that are both known here and in the file"""
        known = self._known()
        if not known:
            return Keyring()
        try:
            keys = vault.read_keys(self._path())
        except vault.KeyFileError:
            return Keyring()
        keys = [
            key
            for key in keys
            if key.name in known and known[key.name].fingerprint == key.fingerprint
        ]
        return Keyring(keys, newest=list(known)[-1])

    @api.model
    def _start(self):
        """Encrypt with the newest key of the file from now on, made where there is no file.

        :raise UserError: the file can be neither read nor made"""
        self.env["township.certificate"]._encryption_key()
        self._note(vault.read_keys(self._path())[-1])

    @api.model
    def _note(self, key):
        """:param vault.Key key: encrypts from now on"""
        try:
            with self.env.cr.savepoint():
                self.sudo().create({"name": key.name, "fingerprint": key.fingerprint})
        except UniqueViolation as error:
            raise ConcurrencyError(str(error)) from error

    @api.model_create_multi
    def create(self, vals_list):
        keys = super().create(vals_list)
        self._forget()
        return keys

    def write(self, vals):
        self._forget()
        return super().write(vals)

    def unlink(self):
        self._forget()
        return super().unlink()

    @api.model
    def _forget(self):
        """The keys have changed: look at them anew."""
        self.env.registry.clear_cache()
        self.env.cr.cache.pop(RING, None)
