"""Secrets at rest: encrypted in the database, the keys in a file outside of it, so that a copy or
a backup of the database alone opens nothing.

The file holds one key a line, the newest last: ``k2:AES-GCM:`` and 64 hexadecimal digits. A line
of digits alone is the first key. A few secrets (certificates) are encrypted in here with the key
itself; what is encrypted by the thousand belongs to ``cipher.py``.

No Odoo environment in here; messages for people belong to the caller.
"""

import base64
import contextlib
import hashlib
import os
import re
import secrets
import stat
import tempfile
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES, NONCE_BYTES = 32, 12
# Says how a value is encrypted, so that another way can be told from it one day.
PREFIX = "k1:"
FIRST_KEY, DEFAULT_CIPHER = "k1", "AES-GCM"
_LINE = re.compile(rf"(?:(k[1-9]\d*):([\w-]+):)?([0-9a-fA-F]{{{2 * KEY_BYTES}}})")


class Key(NamedTuple):
    """One line of the key file."""

    name: str
    cipher: str  # of cipher.CIPHERS
    secret: bytes

    @property
    def number(self):
        """Later keys have higher ones."""
        return int(self.name[1:])

    @property
    def fingerprint(self):
        """See :func:`fingerprint`."""
        return fingerprint(self.secret)


class KeyFileError(Exception):
    """The key file is missing, cannot be read or made, or holds no key; the text is its path."""


class WrongKey(Exception):
    """The value was encrypted with another key, or is none."""


def read_keys(path):
    """:param Path path: of the key file
    :return: ``list`` of :class:`Key`, the newest last, never empty
    :raise KeyFileError: there is none"""
    try:
        lines = Path(path).read_text(encoding="ascii").split()
    except (OSError, ValueError) as error:
        raise KeyFileError(str(path)) from error
    found = [_LINE.fullmatch(line) for line in lines]
    if not found or not all(found):
        raise KeyFileError(str(path))
    keys = [
        Key(name or FIRST_KEY, cipher or DEFAULT_CIPHER, bytes.fromhex(digits))
        for name, cipher, digits in (line.groups() for line in found)
    ]
    if len({key.name for key in keys}) < len(keys):
        raise KeyFileError(str(path))
    return sorted(keys, key=lambda key: key.number)


def is_private(path):
    """:return: ``bool``: nobody but its owner may do anything with the file"""
    return not stat.S_IMODE(Path(path).stat().st_mode) & 0o077


def read_key(path, wanted=None):
    """:param Path path: of the key file
    :param str wanted: fingerprint
    :return: ``bytes``, the key with that fingerprint, else the newest
    :raise KeyFileError: there is none"""
    keys = read_keys(path)
    return next((key for key in keys if key.fingerprint == wanted), keys[-1]).secret


def ensure_key(path):
    """Make the key file where there is none, readable by the server alone.

    :param Path path: of the key file
    :return: ``bytes``, its newest key
    :raise KeyFileError: it is there and no key file, or it cannot be made
    """
    path = Path(path)
    if not path.exists():
        # A link appears whole and never over the file of another worker.
        with _written(path, [new_key(1)]) as temporary, contextlib.suppress(FileExistsError):
            os.link(temporary, path)
    return read_key(path)


def new_key(number, cipher=DEFAULT_CIPHER):
    """:return: :class:`Key` nobody has had before"""
    return Key(f"k{number}", cipher, secrets.token_bytes(KEY_BYTES))


def write_keys(path, keys):
    """Put a whole new key file in the place of the old one, or leave the old one.

    :raise KeyFileError: it cannot be written"""
    with _written(Path(path), keys) as temporary:
        os.replace(temporary, path)


@contextlib.contextmanager
def _written(path, keys):
    """A file beside ``path`` that holds these keys, on the disk; gone afterwards."""
    text = "".join(f"{key.name}:{key.cipher}:{key.secret.hex()}\n" for key in keys)
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # mkstemp gives mode 600.
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        yield temporary
    except OSError as error:
        raise KeyFileError(str(path)) from error
    finally:
        if temporary and os.path.exists(temporary):
            os.unlink(temporary)


def fingerprint(key):
    """:return: ``str`` that tells one key from another and nothing about it"""
    return hashlib.sha256(b"township key fingerprint" + key).hexdigest()[:16]


def encrypt(key, value, purpose):
    """:param bytes key: of :func:`ensure_key`
    :param bytes value: secret
    :param str purpose: must be the same to decrypt, so that no value passes for another
    :return: ``str``"""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, value, purpose.encode())
    return PREFIX + base64.b64encode(nonce + sealed).decode()


def decrypt(key, text, purpose):
    """:param str text: of :func:`encrypt`
    :return: ``bytes``
    :raise WrongKey: another key, another purpose, or no such text"""
    if not (text or "").startswith(PREFIX):
        raise WrongKey
    try:
        sealed = base64.b64decode(text.removeprefix(PREFIX), validate=True)
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], purpose.encode())
    except (InvalidTag, ValueError) as error:
        raise WrongKey from error
