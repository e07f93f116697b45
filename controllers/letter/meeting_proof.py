"""Proof of identity at a signing meeting: who may read and sign the one letter at hand.

It stands in the session of a public visitor and opens nothing else; it never becomes a login.
"""

import time
from typing import Any, NamedTuple

from odoo.http import request
from odoo.tools import consteq

KEY = "township_meeting_proof"
SECONDS = 10 * 60


class Proof(NamedTuple):
    """``user`` and ``behalf``: ``res.users`` (sudo), the second empty for who signs as himself;
    ``seconds``: that are left."""

    user: Any
    behalf: Any
    seconds: int


def give(meeting, letter, user, behalf):
    """:param user: ``res.users`` whose password was right just now
    :param behalf: ``res.users`` on whose behalf, or empty"""
    request.session[KEY] = {
        "meeting": meeting.id,
        "letter": letter.id,
        "user": user.id,
        "behalf": behalf.id,
        "password": user._township_password_proof(),
        "until": time.time() + SECONDS,
    }


def held(meeting, letter):
    """:return: the ``Proof`` of this visitor for that letter; ``None`` when there is none, when
    time has run out, or when the password was changed since"""
    kept = request.session.get(KEY)
    if not kept or (kept["meeting"], kept["letter"]) != (meeting.id, letter.id):
        return None
    seconds = int(kept["until"] - time.time())
    users = request.env["res.users"].sudo()
    user = users.browse(kept["user"]).exists()
    if seconds <= 0 or not user.active:
        return None
    if not consteq(kept["password"], user._township_password_proof() or ""):
        return None
    return Proof(user, users.browse(kept["behalf"] or []), seconds)


def drop():
    """Whoever comes next proves identity again."""
    request.session.pop(KEY, None)
