"""``./dev i18n``: export the translation template and merge it into the translations."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from . import databases, odoo, python
from .base import ADDON, LANGUAGES, ROOT, Failure, run, step

# Runs in the virtual environment, which has polib. Known terms keep their translation, terms
# that are gone are dropped, nothing is guessed. The moment of the export is left out, as it
# would change the files at every run.
MERGE = """
import sys
import polib
template, old_path, new_path, language = sys.argv[1:]
terms = polib.pofile(template, wrapwidth=78)
known = {}
if language:
    try:
        known = {(e.msgctxt, e.msgid): e for e in polib.pofile(old_path) if not e.obsolete}
    except OSError:
        pass
    terms.metadata["Language"] = language
    terms.metadata["Plural-Forms"] = "nplurals=1; plural=0;"
for name in ("POT-Creation-Date", "PO-Revision-Date"):
    terms.metadata[name] = ""
terms.metadata.pop("Language-Team", None)
for entry in terms:
    old = known.get((entry.msgctxt, entry.msgid))
    entry.msgstr = old.msgstr if old and "fuzzy" not in old.flags else ""
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    entry.occurrences.sort()
terms.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
terms.save(new_path)
blank = sum(not entry.msgstr for entry in terms)
print(f"{len(terms) - blank} of {len(terms)} terms are translated, {blank} are blank")
"""
TEMPLATE = f"{ADDON}.pot"


def main(arguments):
    """Write the template and the translations."""
    if arguments.check:
        found = outdated()
        print(f"out of date: {', '.join(found)}" if found else "i18n: ok")
        return 1 if found else 0
    folder = ROOT / "i18n"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as fresh:
        for name, report in make(Path(fresh)).items():
            shutil.copyfile(Path(fresh, name), folder / name)
            print(f"i18n/{name}: {report}")
    return 0


def outdated():
    """Return the names of the files that ``./dev i18n`` would change."""
    with tempfile.TemporaryDirectory() as fresh:
        names = make(Path(fresh))
        return [name for name in names if differ(Path(fresh, name), ROOT / "i18n" / name)]


def differ(one, other):
    """Whether two files have different text, or the other does not exist."""
    return not other.exists() or one.read_bytes() != other.read_bytes()


def make(folder):
    """Write the template and the merged translations into folder; return what to say of each."""
    exported = folder / "exported.pot"
    export(exported)
    reports = {}
    for language in ("", *LANGUAGES):
        name = f"{language}.po" if language else TEMPLATE
        merge = [python.odoo_python(), "-c", MERGE, exported]
        report = run([*merge, ROOT / "i18n" / name, folder / name, language]).strip()
        reports[name] = report if language else "written"
    return reports


def export(path):
    """Let Odoo export the terms of a database that has just the addon and its dependencies."""
    database = databases.own_name(f"i18n_{os.getpid()}")
    config = odoo.config_file()
    try:
        databases.create(database, setup=None)
        with step("exporting the terms"):
            options = ["-c", config, "-d", database, "-o", path]
            done = subprocess.run(
                odoo.command("i18n", "export", *options, ADDON),
                env=odoo.environment(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
        if done.returncode or not path.exists() or not path.stat().st_size:
            raise Failure(f"The export failed or found no terms:\n{done.stderr[-3000:]}")
    finally:
        config.unlink(missing_ok=True)
        databases.drop(database)
