"""``./dev lint``: ruff, pylint-odoo, OCA's checks, dead code and core's own test_lint."""

import os
import re
import subprocess

from . import databases, deadcode, i18n, odoo, python, testing
from .base import ADDON, ROOT, say, step

# Core's checks that tell something about an addon; the others need tools that core ships itself.
TEST_LINT = (
    "ManifestLinter",
    "PotLinter",
    "RoutesLinter",
    "TestDocstring",
    "TestDunderinit",
    "TestI18n",
    "TestIndex",
    "TestJsTranslations",
    "TestLintOverrideSignatures",
    "TestNaming",
    "TestOnchangeDomains",
    "TestTestHoles",
)


def main(arguments):
    """Run all linters; end with ``lint: ok`` or the list of those that found something."""
    found = []
    checks = [
        ("ruff check", lambda: tool("ruff", "check", "--no-cache", "--output-format=concise", ".")),
        ("ruff format", lambda: tool("ruff", "format", "--check", "--no-cache", ".")),
        ("pylint-odoo", pylint),
        ("oca-checks-odoo-module", oca_module),
        ("oca-checks-po", oca_po),
        ("dead code", deadcode.findings),
    ]
    if not arguments.no_odoo:
        checks += [("i18n", i18n_up_to_date), ("test_lint", test_lint)]
    for name, check in checks:
        with step(name):
            output = check()
        if output:
            print(output.rstrip(), flush=True)
            found.append(name)
    print(f"lint: problems found by {', '.join(found)}" if found else "lint: ok", flush=True)
    return 1 if found else 0


def tool(name, *args, cwd=ROOT):
    """Run a linter; return its output if it found something."""
    done = subprocess.run(
        [str(python.lint_tool(name)), *map(str, args)],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=dict(os.environ, PYTHONDONTWRITEBYTECODE="1"),
        check=False,
    )
    return done.stdout or f"{name} ends with {done.returncode}" if done.returncode else ""


def linked():
    """Return the addon's path under its technical name, which the linters look at."""
    return odoo.addons_folder() / ADDON


def pylint():
    """Run pylint with the rules of the OCA; the developer tools are no part of the addon."""
    common = (
        "pylint",
        f"--rcfile={ROOT / '.pylintrc'}",
        f"--manifest-required-authors={odoo.manifest()['author']}",
    )
    addons = odoo.addons_folder()
    # No user reads the errors that a test raises.
    tests = tool(*common, "--disable=translation-required", f"{ADDON}/tests", cwd=addons)
    return tool(*common, "--ignore=tests", ADDON, cwd=addons) + tests


def oca_module():
    """Run OCA's checks of XML, CSV and manifest."""
    # Markdown is what code hosts and this project's readers prefer.
    return tool("oca-checks-odoo-module", "--disable=prefer-readme-rst", linked())


def oca_po():
    """Run OCA's checks of the translations."""
    files = sorted((ROOT / "i18n").glob("*.po*"))
    # Its format empties terms that are the same in both languages, such as "ID"; here an
    # empty term is one that nobody has translated. ``./dev i18n`` keeps the format.
    return tool("oca-checks-po", "--disable=po-pretty-format", *files) if files else ""


def i18n_up_to_date():
    """Check that the translations have all terms of the source and no others."""
    if not (ROOT / "i18n").exists():
        return ""
    outdated = i18n.outdated()
    return f"run ./dev i18n, these are out of date: {', '.join(outdated)}" if outdated else ""


class Findings(testing.Progress):
    """Collects what core's checks say about this addon instead of printing it."""

    def __init__(self):
        super().__init__()
        self.texts = []

    def take_start(self, event):
        """Nothing to print."""

    def take_test(self, event):
        outcome = event["outcome"]
        self.counts[outcome] += 1
        if outcome == "failed":
            self.texts += [shorten(text) for text in event["problems"] if concerns_us(text)]
        elif outcome == "skipped":
            say(f"skipped {event['class']}.{event['test']}: {event['reason']}")

    def take_log(self, event):
        if not any(re.search(pattern, event["text"]) for pattern in testing.ALLOWED_LOGS):
            self.texts.append(f"{event['level']} {event['logger']}: {event['text']}")


def concerns_us(text):
    """Whether a finding is about this addon: its path, its models, its fields."""
    return re.search(r"\btownship[._]", text)


def shorten(text):
    """Leave out the traceback, which only shows core's check."""
    head, traceback, tail = text.partition("Traceback (most recent call last):\n")
    if not traceback:
        return text
    lines = tail.splitlines()
    while lines and lines[0].startswith(" "):
        lines.pop(0)
    return head + "\n".join(lines)


def test_lint():
    """Run core's checks on a database that has test_lint and this addon."""
    database = databases.own_name(f"lint_{os.getpid()}")
    findings = Findings()
    try:
        databases.ensure_template()
        databases.copy_template(database)
        change = ["-i", f"{ADDON},test_lint"]
        expression = ",".join(f"/test_lint:{name}" for name in TEST_LINT)
        environment = {"TOWNSHIP_LINT": "1"}
        testing.run_tests(database, change, expression, findings, environment)
    finally:
        databases.drop(database)
    if not findings.counts["passed"] + findings.counts["failed"]:
        findings.texts.append("no test of test_lint ran")
    return "\n".join(findings.texts)
