"""Printing: the whole way to the PDF against wkhtmltopdf's own runs on the same HTML."""

import time
from unittest.mock import patch

from ..tools import printing
from .measure import Figure, as_user, undone

REPORTS = {
    "acceptance form": "township_governance.action_report_case_acceptance",
    "application": "township_governance.action_report_case_application",
    "file cover": "township_governance.action_report_case_cover",
    "ledger": "township_governance.action_report_case_ledger",
}
COUNTS = (1, 50)
LIMIT = 1.3


def figures(bench):
    """:return: ``list`` of figures of printing"""
    if not printing.is_ready():
        return [Figure("print", "no wkhtmltopdf", "", None, f"≤ {LIMIT}", None)]
    env = as_user(bench.env, bench.officer)
    cases = env["township.case"].search(
        [("kind", "=", "mediation"), ("state", "=", "archived")], limit=max(COUNTS)
    )
    return [
        figure(env, f"print: {label}, {count}", env.ref(xmlid).sudo(), cases[:count])
        for label, xmlid in REPORTS.items()
        for count in COUNTS
        if not (env.ref(xmlid).sudo().township_files and count > 5)
    ]


def figure(env, name, report, cases):
    """Render once to warm the caches of templates, then measure both in turns."""
    Report = env["ir.actions.report"]
    runs, times, bases = [], [], []
    original = printing._run

    def recorded(html, arguments):
        runs.append((html, arguments))
        return original(html, arguments)

    with undone(env):
        with patch.object(printing, "_run", recorded):
            Report._render_qweb_pdf(report.id, cases.ids)
            # A measured scale of the page, kept by the process, is no part of a print.
            runs.clear()
            Report._render_qweb_pdf(report.id, cases.ids)
        for _count in range(3):
            env.invalidate_all()
            start = time.perf_counter()
            Report._render_qweb_pdf(report.id, cases.ids)
            times.append(time.perf_counter() - start)
            start = time.perf_counter()
            for html, arguments in runs:
                original(html, arguments)
            bases.append(time.perf_counter() - start)
    return Figure.at_most(f"{name} ({len(runs)} runs)", min(times), min(bases), LIMIT)
