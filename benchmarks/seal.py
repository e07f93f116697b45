"""Sealing: rendering a one-page form and sealing it against rendering it alone."""

import time

from ..tools import pades, printing
from .measure import Figure, as_user, undone

REPORT = "township_governance.action_report_case_acceptance"
REPEATS = 5
LIMIT = 1.5


def figures(bench):
    """:return: ``list`` of figures of sealing"""
    if not (printing.is_ready() and pades.is_ready()):
        return [Figure("seal", "no wkhtmltopdf or pyhanko", "", None, f"≤ {LIMIT}", None)]
    env = as_user(bench.env, bench.officer)
    case = env["township.case"].search(
        [("kind", "=", "mediation"), ("state", "=", "archived")], limit=1
    )
    with undone(env):
        return [figure(env, case)]


def figure(env, case):
    """Render and seal once to warm up, then measure both in turns of the same print."""
    Report, Certificate = env["ir.actions.report"], env["township.certificate"]
    report = env.ref(REPORT).sudo()
    rendered, both = [], []
    for number in range(REPEATS + 1):
        env.invalidate_all()
        start = time.perf_counter()
        pdf = Report._render_qweb_pdf(report.id, case.ids)[0]
        middle = time.perf_counter()
        Certificate._seal_pdf(pdf, case.company_id)
        end = time.perf_counter()
        if number:
            rendered.append(middle - start)
            both.append(end - start)
    name = "seal: acceptance form, rendered and sealed"
    return Figure.at_most(name, min(both), min(rendered), LIMIT)
