"""The commands of ``./dev`` and their options."""

import argparse
import signal
import sys

from .base import Failure, say

DESCRIPTION = """\
Run, test and check the addon. A fresh machine needs only Python 3.10 or newer; Odoo 19,
PostgreSQL, wkhtmltopdf, fonts and Python packages are fetched into a cache folder."""

EPILOG = """\
environment variables:
  TOWNSHIP_CACHE      cache folder (default: ~/.cache/township-governance)
  TOWNSHIP_ODOO       folder of your own Odoo 19: the one that contains odoo/release.py
  TOWNSHIP_PYTHON     interpreter that has Odoo's Python packages already
  PGHOST, PGPORT, PGUSER, PGPASSWORD ...
                      your own PostgreSQL; the role needs CREATEDB and must not be `postgres`
  TOWNSHIP_WKHTMLTOPDF_PATCHED, TOWNSHIP_WKHTMLTOPDF_UNPATCHED
                      your own wkhtmltopdf, with and without patched Qt
"""


def parser():
    """Return the parser of the command line."""
    main_parser = argparse.ArgumentParser(
        prog="./dev",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = main_parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name, help_text):
        return commands.add_parser(name, help=help_text, description=help_text)

    run = add("run", "serve a database in Chinese with the demo township")
    run.add_argument("-d", "--database", help="name of the database (default: one per checkout)")
    run.add_argument("--port", type=int, default=8069, help="port on localhost (default: 8069)")

    test = add("test", "run the tests on a throw-away database")
    test.add_argument("tags", nargs="*", help="Odoo's --test-tags, e.g. /township_governance:TestX")
    test.add_argument("--demo", action="store_true", help="install the demo data as well")
    test.add_argument("--keep", action="store_true", help="keep the database")
    test.add_argument("-d", "--database", help="update and test this database instead")

    shell = add("shell", "run Python from standard input with Odoo's env at hand")
    shell.add_argument("-d", "--database", required=True, help="made if it does not exist")
    shell.add_argument("--demo", action="store_true", help="make it with the demo data")
    shell.add_argument("-u", "--update", action="store_true", help="update the addon first")
    shell.add_argument("--log-level", default="warn", help="Odoo's log level (default: warn)")

    bench = add("bench", "run the benchmarks on a database of this checkout")
    bench.add_argument("--fresh", action="store_true", help="make the database anew")
    bench.add_argument("arguments", nargs=argparse.REMAINDER, help="passed to benchmarks/run.py")

    lint = add("lint", "check style and Odoo's rules")
    lint.add_argument("--no-odoo", action="store_true", help="leave out checks that need Odoo")
    i18n = add("i18n", "export the translation template and merge it into the translations")
    i18n.add_argument("--check", action="store_true", help="only tell whether they are up to date")
    return main_parser


def main(argv=None):
    """Run the command; return the exit code."""
    arguments = parser().parse_args(argv)
    signal.signal(signal.SIGTERM, interrupt)
    try:
        return dispatch(arguments)
    except Failure as failure:
        say(f"FAILED: {failure}")
        return 1
    except KeyboardInterrupt:
        say("interrupted")
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 141


def interrupt(_number, _frame):
    """Treat SIGTERM like Ctrl-C, so that throw-away databases are removed."""
    raise KeyboardInterrupt


def dispatch(arguments):
    """Call the function behind the command."""
    from . import bench, i18n, lint, serve, shell, testing

    functions = {
        "run": serve.main,
        "test": testing.main,
        "shell": shell.main,
        "bench": bench.main,
        "lint": lint.main,
        "i18n": i18n.main,
    }
    return functions[arguments.command](arguments)
