"""Databases: a ready template with all that the addon depends on, and copies of it."""

import os
import re
import shutil
import time
from pathlib import Path

from . import debian, odoo, postgres
from .base import ADDON, LANGUAGES, Failure, cache, checkout_key, digest, lock, say, step

# What Odoo does itself when a database is made in Chinese.
CHINESE = """
env['ir.default'].set('res.partner', 'lang', 'zh_CN')
env['ir.default'].set('res.partner', 'tz', 'Asia/Shanghai')
users = env['res.users'].with_context(active_test=False).search([])
users.write({'lang': 'zh_CN', 'tz': 'Asia/Shanghai'})
env['res.company'].search([]).partner_id.lang = 'zh_CN'
env.cr.commit()
"""
# The first language becomes the default of new users: English, as tests expect.
TEMPLATE_LANGUAGES = ("en_US", *LANGUAGES)


def own_name(purpose):
    """Return the name of one of this checkout's databases."""
    return f"township_{checkout_key()}_{purpose}"


def filestore(database):
    """Return the folder of the database's attachments."""
    return odoo.data_folder() / "filestore" / database


def template_name():
    """Return a name that changes with Odoo, the dependencies and the languages."""
    source = debian.odoo_source()
    release = source / "odoo" / "release.py"
    base = source / "odoo" / "addons" / "base"
    identity = (source, release.read_text(), base.stat().st_mtime_ns)
    parts = (*identity, *sorted(odoo.manifest()["depends"]), *TEMPLATE_LANGUAGES)
    return f"township_template_{digest(*parts)}"


def ensure_template():
    """Create the template at the first call; return its name."""
    name = template_name()
    if postgres.exists(name):
        return name
    with lock("template"):
        if not postgres.exists(name):
            make_template(name)
    return name


def make_template(name):
    """Let Odoo create a database (it adds pg_trgm) with the dependencies and languages."""
    building = f"{name}_new"
    depends = ",".join(odoo.manifest()["depends"])
    drop(building)
    with step(f"preparing a database with {depends} in Chinese, once"):
        languages = ",".join(TEMPLATE_LANGUAGES)
        odoo.once(building, "-i", depends, f"--load-language={languages}")
        postgres.sql("postgres", f"ALTER DATABASE {building} RENAME TO {name}")
        shutil.rmtree(filestore(name), ignore_errors=True)
        if filestore(building).exists():
            filestore(building).rename(filestore(name))


def copy_template(database):
    """Create the database as a copy of the template."""
    template = ensure_template()
    drop_leftovers()
    query = f"CREATE DATABASE {postgres.quote(database)} TEMPLATE {postgres.quote(template)}"
    for attempt in range(5):
        try:
            postgres.sql("postgres", query)
            break
        except Failure as failure:
            if "being accessed" not in str(failure) or attempt == 4:
                raise
            time.sleep(1)
    shutil.rmtree(filestore(database), ignore_errors=True)
    if filestore(template).exists():
        # Odoo never changes a stored file, so a hard link is a copy.
        shutil.copytree(filestore(template), filestore(database), copy_function=os.link)
    identity = "UPDATE ir_config_parameter SET value = gen_random_uuid() WHERE key IN "
    postgres.sql(database, identity + "('database.uuid', 'database.secret')")


def demo_options(database, demo):
    """Return Odoo's option for demo data.

    Only the addon's own: the template has none, and Odoo asks whether all dependencies have it.
    """
    if demo:
        flag = "UPDATE ir_module_module SET demo = true WHERE state = 'installed'"
        postgres.sql(database, flag)
        return ["--with-demo"]
    return []


def check_demo(database):
    """Fail when Odoo could not load the demo data; undo the flags of the dependencies."""
    others = "UPDATE ir_module_module SET demo = false WHERE name <> %s AND demo"
    postgres.sql(database, others, [ADDON])
    loaded = postgres.sql(database, "SELECT demo FROM ir_module_module WHERE name = %s", [ADDON])
    return bool(loaded and loaded[0][0])


def retry_demo(database):
    """Let the next update load the demo data again, which Odoo gives up after an error."""
    flag = "UPDATE ir_module_module SET demo = true WHERE name = %s"
    postgres.sql(database, flag, [ADDON])


def create(database, demo=False, setup=CHINESE):
    """Create a database with the addon; leave nothing behind when that fails."""
    ensure_template()
    try:
        with step(f"creating the database {database}" + (" with demo data" if demo else "")):
            copy_template(database)
            log = odoo.once(database, "-i", ADDON, *demo_options(database, demo))
            if demo and not check_demo(database):
                raise Failure(f"The demo data does not load:\n{demo_problem(log)}")
            if setup and odoo.shell(database, script=setup):
                raise Failure("The database could not be set up.")
    except BaseException:
        drop(database)
        raise


def demo_problem(log):
    """Return the part of the log that tells why demo data failed."""
    _before, found, after = log.partition("demo data failed to install")
    if not found:
        return "Odoo's log does not tell why."
    return "\n".join(re.split(r"\n(?=\d{4}-\d\d-\d\d )", after)[0].splitlines()[-30:])


def drop(database):
    """Remove the database, its attachments and the key of its secrets."""
    postgres.sql("postgres", f"DROP DATABASE IF EXISTS {postgres.quote(database)} WITH (FORCE)")
    shutil.rmtree(filestore(database), ignore_errors=True)
    (odoo.data_folder() / ADDON / f"{database}.key").unlink(missing_ok=True)


def drop_leftovers():
    """Remove throw-away databases and old logs of runs that were killed."""
    throw_away = re.compile(re.escape(own_name("")) + r"(?:test|lint|i18n|upgrade)_(\d+)$")
    for (name,) in postgres.sql("postgres", "SELECT datname FROM pg_database"):
        found = throw_away.match(name)
        if found and not Path("/proc", found[1]).exists():
            drop(name)
    for log in cache("log", "x").parent.glob("*.log"):
        if time.time() - log.stat().st_mtime > 7 * 86400:
            log.unlink(missing_ok=True)


def is_installed(database):
    """Whether the addon is installed in the database."""
    query = "SELECT 1 FROM ir_module_module WHERE name = %s AND state = 'installed'"
    return bool(postgres.sql(database, query, [ADDON]))


def ensure(database, demo=False, setup=CHINESE):
    """Create the database unless it exists; tell whether it was created."""
    with lock(f"database-{digest(database)}"):
        if postgres.exists(database):
            return False
        create(database, demo, setup)
    return True


def set_parameters(database, values):
    """Set system parameters before a server starts on the database."""
    for key, value in values.items():
        query = (
            "INSERT INTO ir_config_parameter (key, value, create_uid, write_uid, create_date, "
            "write_date) VALUES (%s, %s, 1, 1, now(), now()) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        )
        postgres.sql(database, query, [key, value])


def say_kept(database):
    """Tell how to get at a database that stays."""
    say(f"the database {database} is kept: ./dev shell -d {database}")
