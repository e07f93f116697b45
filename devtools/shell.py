"""``./dev shell``: Python with Odoo's env on a named database."""

from . import databases, odoo
from .base import ADDON, say


def main(arguments):
    """Make the database if needed, then run standard input or an interactive console."""
    name = arguments.database
    created = databases.ensure(name, demo=arguments.demo)
    if not created and arguments.update:
        say(f"updating {ADDON} in {name}")
        odoo.once(name, "-u", ADDON)
    return odoo.shell(name, f"--log-level={arguments.log_level}")
