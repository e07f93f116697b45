"""``./dev bench``: run benchmarks/run.py in Odoo's shell on a database of its own."""

import shlex
import shutil

from . import databases, odoo
from .base import (
    ADDON,
    ROOT,
    Failure,
    cache,
    checkout_key,
    fresh_folder,
    is_complete,
    lock,
    run,
    say,
    step,
    tree_hash,
)
from .python import odoo_python

# Compared with, never part of the addon: its licence (AGPL) is another one.
COMPARED = "odoo-addon-helpdesk_mgmt==19.0.*"


def main(arguments):
    """Make or update the benchmark database, then run the script."""
    script = ROOT / "benchmarks" / "run.py"
    if not script.exists():
        raise Failure(f"There is no {script.relative_to(ROOT)} yet.")
    database = databases.own_name("bench")
    if arguments.fresh:
        databases.drop(database)
    update(database)
    folder = compared_addons()
    variables = {
        "TOWNSHIP_BENCH_ARGS": shlex.join(arguments.arguments),
        "TOWNSHIP_BENCH_COMPARED": str(folder or ""),
    }
    return odoo.shell(
        database,
        script=f"__file__ = {str(script)!r}\n" + script.read_text(encoding="utf-8"),
        env=variables,
        more_addons=[folder] if folder else [],
    )


def update(database):
    """Bring the benchmark database up to the addon's present source."""
    seen = cache("checkouts", checkout_key(), "bench-tree")
    tree = tree_hash()
    if not databases.ensure(database) and (not seen.exists() or seen.read_text() != tree):
        with step(f"the addon has changed: updating {database}"):
            odoo.once(database, "-u", ADDON)
    seen.write_text(tree)


def compared_addons():
    """Return an addons folder with the addon that we compare with, if it can be had."""
    folder = cache("compared", "addons")
    with lock("compared"):
        if not is_complete(folder):
            try:
                with fresh_folder(folder) as temporary:
                    wheel = temporary / ".wheel"
                    pip = [odoo_python(), "-m", "pip", "install", "--quiet", "--no-deps"]
                    run([*pip, "--target", wheel, COMPARED])
                    for addon in (wheel / "odoo" / "addons").iterdir():
                        if (addon / "__manifest__.py").exists():
                            shutil.move(addon, temporary / addon.name)
                    shutil.rmtree(wheel)
            except (Failure, OSError) as failure:
                say(f"nothing to compare with: {failure}")
                return None
    return folder
