"""What makes values of a database unreadable without a key that is not in it, and yet found by
exact search: one interface, so that another cipher can stand in (SM4, where a commercial-cipher
assessment asks for it).

A sealed value is the name of its key and text: ``k1:…``. It opens only with that key and for the
purpose it was sealed for, which names the column. Both the key that encrypts and the key that
hashes are derived from the one of the key file; equal values have equal hashes, and whoever has
the key can try all ID numbers: it is guarded as the values are.

No Odoo environment in here.
"""

import binascii
import hashlib
import os
import re

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .vault import DEFAULT_CIPHER, KEY_BYTES, NONCE_BYTES, WrongKey

HASH_BYTES = 16
CIPHERS = {}
_SEALED = re.compile(r"k[1-9]\d*:")


class NoKey(Exception):
    """Nothing can be sealed or hashed: the newest key is not at hand."""


class Cipher:
    """One key at work. A subclass gives itself a name and says how bytes are sealed and opened;
    keys of the key file name it."""

    name = None

    def __init_subclass__(cls):
        CIPHERS[cls.name] = cls

    def __init__(self, key):
        """:param vault.Key key: of the key file"""
        self.prefix = f"{key.name}:"
        self._hasher = hashlib.blake2b(
            digest_size=HASH_BYTES, key=self._derive(key.secret, b"hash")
        )
        self._start(self._derive(key.secret, b"seal"))

    @staticmethod
    def _derive(secret, use):
        return hashlib.blake2b(use, key=secret, digest_size=KEY_BYTES).digest()

    def encrypt(self, text, purpose):
        """:param str text: not empty
        :param bytes purpose: must be the same to decrypt
        :return: ``str``, never the same twice"""
        sealed = self._seal(text.encode(), purpose)
        return self.prefix + binascii.b2a_base64(sealed, newline=False).decode()

    def decrypt(self, sealed, purpose):
        """:param str sealed: of :meth:`encrypt`
        :return: ``str``
        :raise WrongKey: another key, another purpose, or it was changed"""
        try:
            data = binascii.a2b_base64(sealed[len(self.prefix) :])
            return self._open(data, purpose).decode()
        except ValueError as error:
            raise WrongKey from error

    def hash(self, text, purpose):
        """:return: ``str`` without a comma, the same for the same text and purpose"""
        hasher = self._hasher.copy()
        hasher.update(purpose + b"\0" + text.encode())
        return binascii.b2a_base64(hasher.digest(), newline=False).decode()

    def _start(self, secret):
        """:param bytes secret: 32, of this use alone"""
        raise NotImplementedError

    def _seal(self, data, purpose):
        """:return: ``bytes`` that :meth:`_open` opens with the same purpose"""
        raise NotImplementedError

    def _open(self, sealed, purpose):
        """:raise WrongKey: it does not open"""
        raise NotImplementedError


class AesGcm(Cipher):
    """AES-256 in Galois/counter mode, a random nonce for each value."""

    name = DEFAULT_CIPHER

    def _start(self, secret):
        self._aead = AESGCM(secret)

    def _seal(self, data, purpose):
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, data, purpose)

    def _open(self, sealed, purpose):
        try:
            return self._aead.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], purpose)
        except InvalidTag as error:
            raise WrongKey from error


class Keyring:
    """The keys at hand. The newest seals; the others open what it has not sealed yet."""

    def __init__(self, keys=(), newest=None):
        """:param keys: of the key file, those that may be used
        :param str newest: name of the key to seal with, at hand or not"""
        self._ciphers = {
            key.name: CIPHERS[key.cipher](key) for key in keys if key.cipher in CIPHERS
        }
        self._current = self._ciphers.get(newest)

    @property
    def ready(self):
        """Whether it can seal."""
        return self._current is not None

    @property
    def names(self):
        """``list`` of the names of the keys at hand, the newest last."""
        return list(self._ciphers)

    @property
    def current(self):
        """:raise NoKey: the newest key is not at hand"""
        if self._current is None:
            raise NoKey
        return self._current

    def decrypt(self, sealed, purpose):
        """:return: ``str``; the sealed text itself where no key opens it"""
        cipher = self._ciphers.get(sealed.partition(":")[0])
        if cipher is None:
            return sealed
        try:
            return cipher.decrypt(sealed, purpose)
        except WrongKey:
            return sealed

    def hashes(self, text, purpose):
        """:return: ``list`` of the hashes a stored value may have, one for each key"""
        return [cipher.hash(text, purpose) for cipher in self._ciphers.values()]


def is_sealed(text):
    """:return: ``bool``; no ID number and no phone looks like that"""
    return bool(text) and text[0] == "k" and _SEALED.match(text) is not None
