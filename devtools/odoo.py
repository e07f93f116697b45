"""Start Odoo as a child process with this checkout as its addon."""

import ast
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from . import debian, postgres, python
from .base import ADDON, ROOT, Failure, cache, checkout_key

BOOT = Path(__file__).with_name("boot.py")


def manifest():
    """Return the addon's manifest."""
    return ast.literal_eval((ROOT / "__manifest__.py").read_text(encoding="utf-8"))


def data_folder():
    """Return Odoo's data folder (file stores and sessions)."""
    return cache("data", "x").parent


def addons_folder():
    """Return the folder that shows this checkout under the addon's technical name."""
    link = cache("checkouts", checkout_key(), "addons", ADDON)
    if not link.is_symlink() or os.readlink(link) != str(ROOT):
        link.unlink(missing_ok=True)
        link.symlink_to(ROOT)
    return link.parent


def config_file(more_addons=(), addons=None):
    """Write Odoo's configuration, so that a user's own ~/.odoorc has no effect.

    ``addons`` is the folder that has the addon, this checkout unless given.
    """
    folder = cache("checkouts", checkout_key(), "x").parent
    handle, path = tempfile.mkstemp(prefix="odoo-", suffix=".conf", dir=folder)
    paths = ",".join(map(str, (addons or addons_folder(), *more_addons)))
    settings = {
        "addons_path": paths,
        "data_dir": data_folder(),
        "http_interface": "127.0.0.1",
        "list_db": False,
        "max_cron_threads": 0,
    }
    text = "".join(f"{name} = {value}\n" for name, value in settings.items())
    with open(handle, "w", encoding="utf-8") as stream:
        stream.write(f"[options]\n{text}")
    return Path(path)


def environment(**more):
    """Return the environment of every Odoo process."""
    variables = dict(os.environ)
    for name in ("PYTHONPATH", "PYTHONHOME", "ODOO_RC", "OPENERP_SERVER"):
        variables.pop(name, None)
    variables.update(postgres.environment())
    variables.update(debian.font_environment())
    variables.update(python.print_environment())
    variables["PYTHONDONTWRITEBYTECODE"] = "1"
    variables.update(more)
    return variables


def command(*args, events="-"):
    """Return the command line of Odoo with these arguments."""
    return [
        str(python.odoo_python()),
        "-B",
        "-W",
        "ignore::DeprecationWarning",
        str(BOOT),
        str(debian.odoo_source()),
        str(events),
        *map(str, args),
    ]


def options(database, config):
    """Return the options that all our calls share."""
    return ["-c", config, "-d", database]


def once(database, *args, log=None, env=None, addons=None):
    """Run Odoo until it has installed or updated what args say."""
    log = log or cache("log", f"{database}.log")
    config = config_file(addons=addons)
    log.unlink(missing_ok=True)
    line = command(
        "server",
        *options(database, config),
        "--stop-after-init",
        "--no-http",
        f"--logfile={log}",
        *args,
    )
    try:
        done = subprocess.run(
            line,
            env=environment(**(env or {})),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        config.unlink(missing_ok=True)
    text = log.read_text(errors="replace") if log.exists() else ""
    if done.returncode:
        raise Failure(f"Odoo failed:\n{problem(text) or done.stderr[-3000:]}\nWhole log: {log}")
    return text


def problem(text):
    """Return the first error of a log with its traceback, at most sixty lines of its end."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if " ERROR " in line or " CRITICAL " in line:
            return "\n".join(lines[number:][-60:])
    return "\n".join(lines[-20:])


def shell(database, *args, script=None, env=None, more_addons=(), addons=None):
    """Run Odoo's shell; Python comes from standard input or is the text script."""
    config = config_file(more_addons, addons)
    level = [] if any(str(arg).startswith("--log-level") for arg in args) else ["--log-level=warn"]
    line = command("shell", *options(database, config), "--no-http", *level, *args)
    given = {"input": script, "text": True} if script is not None else {}
    sys.stdout.flush()
    try:
        done = subprocess.run(line, env=environment(**(env or {})), check=False, **given)
    except KeyboardInterrupt:
        return 130
    finally:
        config.unlink(missing_ok=True)
    return done.returncode
