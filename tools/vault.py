"""A few secrets at rest: encrypted in the database, the key in a file outside of it, so that a
copy or a backup of the database alone opens nothing.

No Odoo environment in here; messages for people belong to the caller.
"""

import base64
import contextlib
import hashlib
import os
import secrets
import tempfile
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES, NONCE_BYTES = 32, 12
# Says how a value is encrypted, so that another way can be told from it one day.
PREFIX = "k1:"


class KeyFileError(Exception):
    """The key file is missing, cannot be read or made, or holds no key; the text is its path."""


class WrongKey(Exception):
    """The value was encrypted with another key, or is none."""


def read_key(path):
    """:param Path path: of the key file
    :return: ``bytes``
    :raise KeyFileError: there is none"""
    try:
        key = bytes.fromhex(Path(path).read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise KeyFileError(str(path)) from error
    if len(key) != KEY_BYTES:
        raise KeyFileError(str(path))
    return key


def ensure_key(path):
    """Make the key file where there is none, readable by the server alone.

    :param Path path: of the key file
    :return: ``bytes``, its key
    :raise KeyFileError: it is there and no key file, or it cannot be made
    """
    path = Path(path)
    if not path.exists():
        try:
            _make_key(path)
        except OSError as error:
            raise KeyFileError(str(path)) from error
    return read_key(path)


def _make_key(path):
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # mkstemp gives mode 600; a link appears whole and never over the file of another worker.
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(KEY_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path)
    finally:
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
