"""Start Odoo inside its virtual environment and report tests and warnings as JSON lines.

Called as ``python boot.py SOURCE EVENTS ODOO-ARGUMENTS...``: SOURCE is the folder that contains
Odoo's package, EVENTS the number of an open file descriptor or ``-`` for no reports.
"""

import contextlib
import functools
import json
import logging
import os
import sys
import threading
import time

ADDON_PATH = os.path.realpath(os.path.join(os.path.dirname(__file__), os.pardir))


class Events:
    """Writes one JSON line per event; threads may use it at the same time."""

    def __init__(self, descriptor):
        os.set_inheritable(descriptor, False)
        self.stream = os.fdopen(descriptor, "w", encoding="utf-8", buffering=1)
        self.lock = threading.Lock()

    def send(self, kind, **values):
        with self.lock, contextlib.suppress(OSError, ValueError):
            self.stream.write(json.dumps({"kind": kind, **values}, default=str) + "\n")
            self.stream.flush()


class Reporter(logging.Handler):
    """Reports log lines that ask for attention; failing tests have their own reports."""

    def __init__(self, events):
        super().__init__(logging.WARNING)
        self.events = events
        self.muted = threading.local()
        self.setFormatter(logging.Formatter())

    def emit(self, record):
        if getattr(self.muted, "now", False):
            return
        self.events.send(
            "log",
            level=record.levelname,
            logger=record.name,
            text=self.format(record),
            file=os.path.realpath(record.pathname),
        )


def describe(test):
    """Return the test's short name, its class and whether it needs a browser or server."""
    from odoo.tests.common import HttpCase

    while hasattr(test, "test_case") and test.test_case:
        test = test.test_case
    cls = type(test)
    if cls.__name__ == "_ErrorHolder":
        # setUpClass of a whole class: "setUpClass (module.Class)"
        method, _, path = test.description.partition(" (")
        module, _, name = path.rstrip(")").rpartition(".")
        cls = getattr(sys.modules.get(module), name, cls)
        return {"test": method, "class": name, "browser": issubclass(cls, HttpCase)}
    return {
        "test": getattr(test, "_testMethodName", str(test)),
        "class": cls.__qualname__,
        "browser": isinstance(test, HttpCase),
    }


def watch_results(events, reporter):
    """Make Odoo's test result tell us about each test."""
    from odoo.tests.result import OdooTestResult

    original = {
        name: getattr(OdooTestResult, name)
        for name in ("startTest", "stopTest", "addSkip", "addError", "addFailure", "logError")
    }

    @functools.wraps(original["startTest"])
    def start_test(self, test):
        self.dev_problems, self.dev_skip, self.dev_start = [], None, time.monotonic()
        events.send("start", **describe(test))
        return original["startTest"](self, test)

    @functools.wraps(original["stopTest"])
    def stop_test(self, test):
        result = original["stopTest"](self, test)
        outcome = "failed" if self.dev_problems else "skipped" if self.dev_skip else "passed"
        events.send(
            "test",
            outcome=outcome,
            reason=self.dev_skip,
            problems=self.dev_problems,
            seconds=time.monotonic() - self.dev_start,
            **describe(test),
        )
        self.dev_problems = None
        return result

    @functools.wraps(original["addSkip"])
    def add_skip(self, test, reason):
        if getattr(self, "dev_problems", None) is None:
            events.send("test", outcome="skipped", reason=str(reason), **describe(test))
        else:
            self.dev_skip = str(reason) or "no reason given"
        return original["addSkip"](self, test, reason)

    def add_problem(name):
        @functools.wraps(original[name])
        def add(self, test, error):
            if not self._soft_fail:
                text = self._exc_info_to_string(error, test)
                text = f"{self.getDescription(test)}\n{text}"
                if getattr(self, "dev_problems", None) is None:
                    events.send("test", outcome="failed", problems=[text], **describe(test))
                else:
                    self.dev_problems.append(text)
            return original[name](self, test, error)

        return add

    @functools.wraps(original["logError"])
    def log_error(self, *args, **kwargs):
        reporter.muted.now = True
        try:
            return original["logError"](self, *args, **kwargs)
        finally:
            reporter.muted.now = False

    OdooTestResult.startTest = start_test
    OdooTestResult.stopTest = stop_test
    OdooTestResult.addSkip = add_skip
    OdooTestResult.addError = add_problem("addError")
    OdooTestResult.addFailure = add_problem("addFailure")
    OdooTestResult.logError = log_error


def only_our_addon():
    """Let core's file checks (test_lint) look at this addon alone, not at all of Odoo."""
    from odoo.modules import module
    from odoo.modules.module import Manifest

    every = Manifest.all_addon_manifests

    def ours():
        found = every()
        if module.current_test:
            return [one for one in found if os.path.realpath(one.path) == ADDON_PATH]
        return found

    Manifest.all_addon_manifests = staticmethod(ours)


def main():
    source, descriptor = sys.argv[1:3]
    sys.argv = ["odoo", *sys.argv[3:]]
    sys.path[0:1] = []  # the folder of this file
    if source not in sys.path:
        sys.path.append(source)

    import odoo.cli
    import odoo.cli.server
    from odoo.service import server
    from odoo.tools import config

    odoo.cli.server.check_root_user = lambda: None
    start = server.start

    @functools.wraps(start)
    def reporting_start(*args, **kwargs):
        if descriptor != "-":
            events = Events(int(descriptor))
            reporter = Reporter(events)
            logging.getLogger().addHandler(reporter)
            if config["test_enable"]:
                watch_results(events, reporter)
        if os.environ.get("TOWNSHIP_LINT"):
            only_our_addon()
        return start(*args, **kwargs)

    server.start = reporting_start
    odoo.cli.main()


if __name__ == "__main__":
    main()
