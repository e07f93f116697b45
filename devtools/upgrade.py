"""Compare what a database holds before and after an upgrade."""

import json
import re
import tempfile
from pathlib import Path

from . import databases, odoo, release
from .base import ADDON, ROOT, Failure

SCRIPTS = Path(__file__).with_name("scripts")
LEDGER = ROOT / "tests" / "data" / "township_ledger_2026.xls"
# What this release renames, old name to new: the snapshot before is read with the new names.
# Fields as "old.model field": "new_field".
RENAMED = {"models": {}, "fields": {}, "xmlids": {}}
# What this release stores that the one before did not, as the upgrade must have filled it.
FILLED = """
for company in env['res.company'].search([]):
    assert company.township_correction_number_pattern, 'pattern of corrections numbers'
    assert company.township_small_count == 5, 'smallest count handed out'
    assert company.township_correction_seal_months == 60, 'sentences sealed at intake'
    assert company._correction_missing(), 'the room is shut until its papers are recorded'
for name in ('correction_report_in', 'correction_release', 'correction_checkin_report'):
    assert env['township.deadline.rule'].search([('code', '=', name)]), f'rule {name}'
assert env['township.correction.level'].search([]), 'management classes'
"""
# What this release means to change: patterns of the path that compare() prints, each with the
# reason. Everything else that differs is a loss.
INTENDED = {}


def check(database):
    """Install the release before in the database, fill it, upgrade it to this checkout.

    Return a list of texts, empty when nothing is lost.
    """
    old = release.addons_folder()
    databases.copy_template(database)
    odoo.once(database, "-i", ADDON, *databases.demo_options(database, True), addons=old)
    if not databases.check_demo(database):
        raise Failure("The demo data of the release before does not load.")
    run_script(database, "fill.py", addons=old, TOWNSHIP_LEDGER=str(LEDGER))
    before = snapshot(database, addons=old)
    odoo.once(database, "-u", ADDON)
    return compare(before, snapshot(database)) + run_check(database)


def run_check(database):
    """Return what new columns must hold of old records and do not."""
    if odoo.shell(database, "--log-level=error", script=FILLED):
        return ["new columns were not filled: see the assertion above"]
    return []


def snapshot(database, addons=None):
    """Return what the database holds, as the addon in that folder reads it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "snapshot.json")
        run_script(database, "snapshot.py", addons=addons, TOWNSHIP_SNAPSHOT=str(path))
        return json.loads(path.read_text(encoding="utf-8"))


def run_script(database, name, addons=None, **env):
    """Run one of our scripts in Odoo's shell."""
    script = (SCRIPTS / name).read_text(encoding="utf-8")
    if odoo.shell(database, "--log-level=error", script=script, addons=addons, env=env):
        raise Failure(f"devtools/scripts/{name} failed on {database}.")


def renamed(snapshot):
    """Return the snapshot before as it reads with the names of this release."""
    models = RENAMED["models"]
    rows = {}
    for model, found in snapshot["rows"].items():
        rows[models.get(model, model)] = {
            key: {RENAMED["fields"].get(f"{model} {name}", name): one for name, one in row.items()}
            for key, row in found.items()
        }
    by_model = {
        part: {
            owner: {models.get(model, model): one for model, one in found.items()}
            for owner, found in snapshot[part].items()
        }
        for part in ("hanging", "groups", "rights")
    }
    names = {
        RENAMED["xmlids"].get(name, name): [models.get(model, model), key]
        for name, (model, key) in snapshot["names"].items()
    }
    groups = {rename_group(name): one for name, one in by_model.pop("groups").items()}
    settings = {rename_setting(name): one for name, one in snapshot["settings"].items()}
    more = {"rows": rows, "names": names, "groups": groups, "settings": settings}
    return {**snapshot, **by_model, **more}


def rename_group(name):
    """Return the XML id of a group, with its module, as this release calls it."""
    module, _dot, xmlid = name.partition(".")
    return f"{module}.{RENAMED['xmlids'].get(xmlid, xmlid)}" if xmlid else name


def rename_setting(name):
    """Return the key of a setting as this release calls it."""
    kind, _space, rest = name.partition(" ")
    if kind == "cron":
        return f"{kind} {rename_group(rest)}"
    if kind == "default":
        path, _space, number = rest.partition(" ")
        model, _dot, field = path.rpartition(".")
        field = RENAMED["fields"].get(f"{model} {field}", field)
        return f"{kind} {RENAMED['models'].get(model, model)}.{field} {number}"
    return name


def compare(before, after):
    """Return a list of what the upgrade has lost, changed or given away, one text each."""
    before = renamed(before)
    found = []
    differ("", before, with_known_rights(after, before["rows"]), found)
    named = {(model, key) for model, key in after["names"].values()}
    for model, rows in before["rows"].items():
        for key in after["rows"].get(model, {}).keys() - rows.keys():
            if model.startswith("township.") and (model, int(key)) not in named:
                found.append(f"rows/{model}/{key}: the upgrade has made this record")
    return [text for text in found if not any(re.match(one, text) for one in INTENDED)]


def with_known_rights(snapshot, rows):
    """Return the snapshot after with the rights to those records that stood there before."""
    rights = {
        login: {
            model: {
                verb: [key for key in value if str(key) in rows.get(model, {})]
                if isinstance(value, list)
                else value
                for verb, value in verbs.items()
            }
            for model, verbs in models.items()
        }
        for login, models in snapshot["rights"].items()
    }
    return {**snapshot, "rights": rights}


def differ(path, before, after, found):
    """Note each value of before that after lacks or has otherwise; what is new may come."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key, value in before.items():
            here = f"{path}/{key}".lstrip("/")
            if key in after:
                differ(here, value, after[key], found)
            else:
                found.append(f"{here}: gone")
    elif before != after:
        found.append(f"{path}: {str(before)[:100]} has become {str(after)[:100]}")
