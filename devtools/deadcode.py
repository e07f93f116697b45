"""Code, data files and dependencies that nothing uses."""

import ast
import re
import subprocess
from pathlib import Path

from . import odoo, python
from .base import ROOT

FLOORS = ("models", "wizards", "controllers", "tools", "devtools", "tests", "benchmarks", "demo")
# A name in these may be called by the web client, by a view or by Odoo.
OTHER_FILES = (".xml", ".js", ".csv", ".scss")
# What Odoo, a library or our own naming calls, each with the reason.
CALLED_BY_OTHERS = {
    r"_(gc|compute|search|check|inverse|onchange|default|unlink)_\w+": "methods that fields name",
    r"_(get_report_values|message_auto_subscribe_notify|condition_to_sql)": "hooks of core",
    r"_\w+_(idx|unique|order|positive)": "table objects",
    r"_[a-z]+(_[a-z]+)?_(name|create|access|auto|fields?|names_search)": "attributes of models",
    r"_(name|description|inherit|order|auto|abstract|transient|module)": "attributes of models",
    r"(test_|setUp|tearDown)\w*": "tests",
    r"(browser_size|touch_enabled|allow_end_on_form|session_token)": "attributes of core's tests",
    r"allow_inherited_tests_method": "attributes of core's tests",
    r"(action_\w+|migrate|change_first_password|parent_path)": "called by Odoo",
    r"read_\w+": "how cells of a kind of column are read (ledger_reading)",
    r"_rows_from_\w+": "sources of accounts (account_create)",
    r"take_\w+": "kinds of events (testing)",
    r"(\w+Handler|buffer_text)": "expat",
    r"__init_subclass__": "Python",
    r"(autocommit|check_root_user|dont_write_bytecode)": "switches of libraries",
}


def findings():
    """Return what is unused, one line each; empty when all is used."""
    return "".join(f"{line}\n" for line in (*unused_names(), *unused_files(), *unused_packages()))


def unused_names():
    """Yield what vulture finds that neither another file, a string nor Odoo names."""
    done = subprocess.run(
        [str(python.lint_tool("vulture")), *FLOORS, "__init__.py", "dev"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    known, calls = named_elsewhere(), re.compile("|".join(CALLED_BY_OTHERS))
    for line in (done.stdout + done.stderr).splitlines():
        found = re.search(r": unused (\w+) '(\w+)'", line)
        if (
            not found
            or found[1] != "class"
            and found[2] not in known
            and not calls.fullmatch(found[2])
        ):
            yield line


def named_elsewhere():
    """Return all words of files that are no Python, and the last words of Python's strings."""
    words = set()
    for path in ROOT.rglob("*"):
        if path.suffix in OTHER_FILES and "i18n" not in path.parts:
            words.update(re.findall(r"\w+", path.read_text(encoding="utf-8", errors="replace")))
        elif path.suffix == ".py":
            text = path.read_text(encoding="utf-8")
            words.update(re.findall(r"[\"'](?:[\w.]*\.)?(\w+)[\"']", text))
    return words


def unused_files():
    """Yield data files that the manifest names and are not there, or the other way round."""
    manifest = odoo.manifest()
    listed = {*manifest["data"], *manifest["demo"]}
    for name in sorted(listed):
        if not (ROOT / name).exists():
            yield f"__manifest__.py: {name} is not there"
    for floor in ("data", "demo", "views", "reports", "security"):
        for path in sorted((ROOT / floor).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.suffix in (".xml", ".csv") and name not in listed and not read_by_code(path):
                yield f"{name}: not in the manifest"


def read_by_code(path):
    """Whether a Python file beside it names the file."""
    return any(path.name in other.read_text(encoding="utf-8") for other in path.parent.glob("*.py"))


def unused_packages():
    """Yield Python packages that the manifest asks for and nothing imports."""
    imported = set()
    for floor in ("models", "wizards", "controllers", "tools"):
        for path in Path(ROOT, floor).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    imported.update(alias.name.split(".")[0] for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    imported.add(node.module.split(".")[0])
    for package in odoo.manifest()["external_dependencies"]["python"]:
        name = {"python-stdnum": "stdnum", "zxing-cpp": "zxingcpp"}.get(package, package)
        if name not in imported:
            yield f"__manifest__.py: nothing imports {package}"
