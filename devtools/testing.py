"""``./dev test``: run Odoo's tests on a throw-away database and count them."""

import contextlib
import itertools
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections import Counter

from . import databases, lifecycle, odoo, postgres, python, recovery
from .base import ADDON, ROOT, Failure, cache, in_ci, say

# Log lines (WARNING and above) that a clean run may have, each with the reason.
ALLOWED_LOGS = (
    # Odoo asks for a newer or older Python than the one at hand; it works.
    r"Python [\d.]+ is not officially supported",
    # Odoo's own sums of failed tests, which are counted one by one already.
    r"^Module \w+: \d+ failures?, \d+ errors? of \d+ tests",
    r"^At least one test failed when loading the modules",
    r"^\d+ failed, \d+ error\(s\) of \d+ tests",
)


class Progress:
    """Prints one line per finished test class and every problem at once."""

    def __init__(self):
        self.counts = Counter()
        self.skipped = []
        self.failed = []
        self.logs = []
        self.current = None
        self.class_counts = Counter()
        self.class_seconds = 0

    def take(self, event):
        """Note one event of the Odoo process."""
        getattr(self, f"take_{event.pop('kind')}")(event)

    def enter(self, name):
        """Begin the line of another class."""
        if name != self.current:
            self.close_class()
            self.current = name

    def take_start(self, event):
        self.enter(event["class"])
        if sys.stderr.isatty():
            print(f"\r\033[K  {event['class']}.{event['test']}", end="", file=sys.stderr)

    def take_test(self, event):
        name = f"{event['class']}.{event['test']}"
        outcome = event["outcome"]
        self.enter(event["class"])
        if outcome == "skipped":
            if in_ci() and event["browser"]:
                outcome = "failed"
                event["problems"] = [f"{name}\nskipped browser test in CI: {event['reason']}"]
            else:
                self.skipped.append(f"{name}: {event['reason']}")
        if outcome == "failed":
            self.failed.append(name)
            for text in event["problems"]:
                show(f"FAILED {text.rstrip()}")
        self.counts[outcome] += 1
        self.class_counts[outcome] += 1
        self.class_seconds += event.get("seconds") or 0

    def take_log(self, event):
        if any(re.search(pattern, event["text"]) for pattern in ALLOWED_LOGS):
            return
        if any(event["text"] == known["text"] for known in self.logs):
            return
        self.logs.append(event)
        self.counts["failed"] += 1
        show(f"{event['level']} in the log, {event['logger']}: {event['text']}")

    def close_class(self):
        """Print the line of the class that has ended."""
        if self.current:
            numbers = ", ".join(f"{count} {what}" for what, count in self.class_counts.items())
            show(f"  {self.current}: {numbers or 'not finished'} ({self.class_seconds:.1f} s)")
        self.current = None
        self.class_counts = Counter()
        self.class_seconds = 0

    def close(self):
        """Print what was skipped and why, what failed, and the counts as the last line."""
        self.close_class()
        for line in self.skipped:
            show(f"skipped {line}")
        for name in self.failed:
            show(f"failed {name}")
        for event in self.logs:
            show(f"failed by its log: {event['logger']}: {event['text'].splitlines()[0]}")


def show(text):
    """Print a line, clearing the progress line of a terminal."""
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    print(text.replace(str(odoo.addons_folder() / ADDON), str(ROOT)), flush=True)


def free_port():
    """Return a port on localhost that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main(arguments):
    """Run the tests; the exit code is 0 only if some ran and none failed."""
    python.test_programs()
    python.print_environment(install=True)
    database = arguments.database or databases.own_name(f"test_{os.getpid()}")
    if arguments.keep and not arguments.database:
        database = databases.own_name(f"kept_{os.getpid()}")
    keep = arguments.keep or bool(arguments.database)
    progress = Progress()
    try:
        change = prepare(database, arguments)
        code = run_tests(database, change, tags(arguments.tags), progress)
        if arguments.demo and not databases.check_demo(database):
            progress.take_log(no_demo())
        if not arguments.tags and not keep:
            check_lifecycle(databases.own_name(f"upgrade_{os.getpid()}"), progress)
    finally:
        with contextlib.suppress(KeyboardInterrupt):
            if keep:
                databases.say_kept(database)
            else:
                databases.drop(database)
    return finish(progress, code)


def prepare(database, arguments):
    """Make the database; return the options that install or update the addon."""
    if arguments.database and postgres.exists(database):
        return ["-u" if databases.is_installed(database) else "-i", ADDON]
    databases.ensure_template()
    databases.copy_template(database)
    return ["-i", ADDON, *databases.demo_options(database, arguments.demo)]


def tags(given):
    """Return Odoo's expression for the tags that the user gave."""
    return ",".join(given) or f"/{ADDON}"


def no_demo():
    """Return the event for demo data that Odoo left out."""
    text = "the demo data did not load"
    return {"level": "ERROR", "logger": "demo", "text": text, "file": ""}


def run_tests(database, change, expression, progress, env=None):
    """Start Odoo with the tests and follow its reports; return its exit code."""
    port = free_port()
    # Prints fetch their styles from this server, never from another one on port 8069.
    databases.set_parameters(database, {"report.url": f"http://127.0.0.1:{port}"})
    log = cache("log", f"{database}.log")
    log.unlink(missing_ok=True)
    config = odoo.config_file()
    reader, writer = os.pipe()
    line = odoo.command(
        "server",
        *odoo.options(database, config),
        *change,
        "--stop-after-init",
        "--test-enable",
        f"--test-tags={expression}",
        f"--http-port={port}",
        "--limit-time-real=3600",
        "--limit-time-cpu=3600",
        f"--logfile={log}",
        events=writer,
    )
    say(f"running {expression}; log: {log}")
    process = subprocess.Popen(
        line,
        env=odoo.environment(**(env or {})),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        pass_fds=[writer],
        text=True,
        errors="replace",
    )
    os.close(writer)
    try:
        with open(reader, encoding="utf-8") as events:
            for text in events:
                progress.take(json.loads(text))
        errors = process.communicate()[1]
    except BaseException:
        stop(process)
        raise
    finally:
        config.unlink(missing_ok=True)
    if process.returncode and not progress.counts["failed"]:
        text = log.read_text(errors="replace") if log.exists() else ""
        raise Failure(f"Odoo stopped before the end:\n{odoo.problem(text)}\n{errors[-3000:]}")
    return process.returncode


def check_lifecycle(database, progress):
    """Upgrade and uninstall the addon on a database of its own, kill a server of its own; each
    is counted as a test."""
    start = time.monotonic()
    try:
        trials = () if postgres.is_named() else recovery.check()
        for name, problem in itertools.chain(lifecycle.check(database), trials):
            seconds, start = time.monotonic() - start, time.monotonic()
            event = {"class": "Lifecycle", "test": name, "browser": False, "seconds": seconds}
            outcome = "failed" if problem else "passed"
            progress.take_test({**event, "outcome": outcome, "problems": [problem]})
    finally:
        databases.drop(database)


def stop(process):
    """End the Odoo process, which a Ctrl-C may have reached already."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def finish(progress, code):
    """Print the closing lines; return the exit code of ``./dev test``."""
    progress.close()
    passed, failed, skipped = (progress.counts[what] for what in ("passed", "failed", "skipped"))
    if not passed + failed + skipped:
        show("no test ran: are the tags right, does tests/__init__.py import the files?")
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return 0 if passed and not failed and not code else 1
