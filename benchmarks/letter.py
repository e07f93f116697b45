"""Letters: issuing hundreds of them, and signing one against rendering its PDF."""

import base64
import io
import time

from PIL import Image, ImageDraw

from odoo.fields import Command

from ..tools import pades, printing
from .measure import Figure, as_user, best, undone

FEW, MANY, ITEMS = 50, 500, 20
REPEATS = 5
MORE_QUERIES = 50
LIMIT = 1.5


def figures(bench):
    """:return: ``list`` of figures of letters"""
    env = as_user(bench.env, bench.officer)
    with undone(env):
        found = issuing(env, bench)
        if printing.is_ready() and pades.is_ready():
            found += signing(env, bench)
    return found


def issuing(env, bench):
    """Queries of issuing many letters against those of few."""
    few = best(env, letters(env, bench, FEW).action_issue, 1)
    many = best(env, letters(env, bench, MANY).action_issue, 1)
    more = (many[1] - few[1]) / (MANY - FEW) * 100
    name = f"letter: issue {MANY} letters of {ITEMS} items"
    return [
        Figure.limit(f"{name}, more queries per 100 letters", more, MORE_QUERIES, "queries"),
        Figure(name, f"{many[0]:.2f} s", f"{many[1]} queries", None, "", None),
    ]


def signing(env, bench):
    """Signing, from the drawing to the chain, and the last pen with the seal of the
    certificate, each against rendering the same PDF alone."""
    render, pen, bind = [], [], []
    for letter in letters(env, bench, REPEATS + 1):
        letter.action_issue()
        start = time.perf_counter()
        letter.with_user(bench.reporter)._sign("party_b", drawn())
        signed = time.perf_counter()
        letter.with_user(bench.supervisor)._bind_now(image=drawn())
        env.flush_all()
        bound = time.perf_counter()
        letter.sudo()._render_original()
        end = time.perf_counter()
        pen.append(signed - start)
        bind.append(bound - signed)
        render.append(end - bound)
    return [
        Figure.at_most("letter: party B signs in the app", min(pen), min(render), LIMIT),
        Figure.at_most("letter: last pen and seal of the file", min(bind), min(render), LIMIT),
    ]


def letters(env, bench, count):
    """:return: ``count`` draft letters, each of a unit of its own; the reporter signs them, the
    supervisor countersigns"""
    number = env["township.letter"].search_count([])
    company = env.company
    units = (
        env["township.unit"]
        .sudo()
        .create(
            [
                {
                    "name": f"Bench unit {number + place}",
                    "kind": "department",
                    "leader_id": bench.reporter.id,
                    "company_id": company.id,
                }
                for place in range(count)
            ]
        )
    )
    basis = env["township.letter.basis"].create(
        {
            "name": "关于签订目标管理责任书的通知",
            "number": f"〔2026〕{number}号",
            "level": "county",
            "entry": "第1项",
            "scan_ids": [Command.create({"name": "scan.pdf", "raw": b"%PDF scan"})],
        }
    )
    today = env["township.calendar.day"]._today()
    items = [
        Command.create({"name": f"第{place}项工作", "kind": "manual", "weight": 100 / ITEMS})
        for place in range(ITEMS)
    ]
    return env["township.letter"].create(
        [
            {
                "title": "平安建设目标管理责任书",
                "unit_id": unit.id,
                "basis_id": basis.id,
                "sign_by": today,
                "goals": "完成各项工作目标。",
                "head_ids": [Command.set(bench.supervisor.ids)],
                "line_ids": items,
            }
            for unit in units
        ]
    )


def drawn():
    """:return: base64 of a signature"""
    picture = Image.new("RGBA", (800, 336), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line(
        [(60, 250), (200, 60), (350, 240), (560, 80), (740, 260)], fill="black", width=7
    )
    data = io.BytesIO()
    picture.save(data, "PNG")
    return base64.b64encode(data.getvalue())
