"""``odoo-bin township_key``: what the keys of encrypted fields are, and changing them.

Odoo finds commands in the folder ``cli`` of an addon and loads them without the addon.
"""

import optparse
import sys

from odoo import SUPERUSER_ID, api
from odoo.cli import Command
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tools import config


class TownshipKey(Command):
    """Show whether the key file of a database is in order, or change the key.

    The addons path comes first, for Odoo to find this command:

        odoo-bin --addons-path=PATHS township_key -c odoo.conf -d DATABASE [--rotate]

    Stop the server before --rotate and --lost, and run them as the user of the server. An
    interrupted change goes on when it is called again. Print the key file afterwards and put it
    into the safe.
    """

    name = "township_key"

    def run(self, args):
        """:param list args: of the command line
        :raise SystemExit: with a message, when it cannot be done"""
        parser = config.parser
        parser.prog = self.prog
        group = optparse.OptionGroup(parser, "Keys of encrypted fields")
        group.add_option(
            "--rotate",
            action="store_true",
            help="add a new key, encrypt everything with it, drop the old one",
        )
        group.add_option("--cipher", help="of the new key (default AES-GCM)")
        group.add_option(
            "--lost",
            action="store_true",
            help="give up the key that is missing and go on with a new one: "
            "what it encrypted has to be typed anew",
        )
        parser.add_option_group(group)
        options = config.parse_config([*args, "--no-http"], setup_logging=True)
        databases = config["db_name"]
        if len(databases) != 1:
            sys.exit("Name one database with -d.")
        registry = Registry(databases[0])
        with registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env = env(context={"lang": env.user.lang})
            try:
                for line in self.lines(env, options):
                    cr.commit()
                    registry.signal_changes()
                    sys.stdout.write(f"{line}\n")
            except UserError as error:
                sys.exit(str(error))

    @staticmethod
    def lines(env, options):
        """:return: iterator of lines for people; commit after each"""
        keys = env["township.key"]
        if options.lost:
            yield keys._give_up()
        if options.rotate:
            yield from keys._rotate(*([options.cipher] if options.cipher else []))
        yield keys._summary()
