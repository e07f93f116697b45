"""The digest by which a row is known again."""

import hashlib
import json
from datetime import date


def digest_of(values):
    """The digest of a row's normalised content: what was read, not how it was typed.

    :param dict values: column -> value read; empty ones do not count
    :return: ``str``, 40 hexadecimal digits
    """
    content = json.dumps(
        {key: value for key, value in values.items() if value not in (None, "", [])},
        sort_keys=True,
        ensure_ascii=False,
        default=lambda value: value.isoformat() if isinstance(value, date) else str(value),
    )
    return hashlib.blake2b(content.encode(), digest_size=20).hexdigest()
