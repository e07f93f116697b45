"""Importing a ledger of 10,000 cases: rows per second, and memory from batch to batch."""

import base64
import io
import time
from datetime import timedelta
from pathlib import Path

import xlsxwriter

from ..tools import identity
from .data import GIVEN, ID_AREA, SURNAMES
from .measure import Figure, as_user, undone

ROWS = 10_000
SPEED = 300
# What a batch may leave behind, of a process of hundreds: caches that are never emptied.
GROWTH = 10
HEADING = (
    "序号",
    "受理时间",
    "申请人",
    "身份证号",
    "联系电话",
    "被申请人",
    "所属村居",
    "纠纷类型",
    "简要案情",
    "涉及金额",
    "承办人",
    "化解情况",
    "结案时间",
)


def figures(bench):
    """:return: ``list`` of figures of the import"""
    content = workbook(bench, ROWS)
    with undone(bench.env):
        start = time.perf_counter()
        job, peaks = import_ledger(bench, content)
        seconds = time.perf_counter() - start
        assert job.state == "done", job.error
        assert job.imported_count == ROWS, f"{job.imported_count} imported: {job.warnings}"
    found = [Figure.limit(f"import: {ROWS:,} rows", ROWS / seconds, SPEED, "rows / s", lowest=True)]
    if peaks:
        third, last = peaks[2], peaks[-1]
        name = f"import: memory, last batch beyond the third ({third:,.0f} MB)"
        found.append(Figure.limit(name, last - third, GROWTH, "MB"))
    return found


def import_ledger(bench, content):
    """As an officer and then the scheduled action do it.

    :return: (the finished job, ``list`` of the peak of memory in MB while each batch ran)
    """
    env = as_user(bench.env, bench.officer)
    wizard = env["township.ledger.import"].create(
        {"data": base64.b64encode(content), "filename": "台账.xlsx", "target": "case"}
    )
    wizard.action_import()
    job = wizard.job_id.sudo()
    assert job, f"no job: {wizard.imported_count} imported"
    job = bench.env["township.ledger.job"].browse(job.id)
    peaks = []
    while job.state in ("waiting", "running"):
        reset_peak()
        batch = bool(job.parts)
        job._step()
        bench.env.flush_all()
        bench.env.invalidate_all()
        if batch and job.state == "running":
            peaks.append(peak())
    return job, [value for value in peaks if value]


def workbook(bench, count):
    """:return: ``bytes`` of an ``.xlsx`` ledger, nine cases of ten settled"""
    today = bench.env["township.calendar.day"]._today()
    company = [("company_id", "=", bench.company.id)]
    villages = bench.env["township.unit"].search([*company, ("kind", "=", "village")])
    mediators = bench.env["township.mediator"].search(company)
    types = bench.env["township.case.type"].search([("kind", "=", "mediation")])
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    sheet = book.add_worksheet("台账")
    sheet.write_row(0, 0, ["矛盾纠纷排查化解台账"])
    sheet.write_row(1, 0, HEADING)
    for number in range(count):
        received = today - timedelta(days=10 + number % 300)
        settled = number % 10
        body = (
            f"{ID_AREA}19{50 + number % 49}0{1 + number % 9}{10 + number % 18}{number % 1000:03d}"
        )
        row = [
            number + 1,
            received.isoformat(),
            name_of(number),
            body + identity.check_character(body),
            f"{13000000000 + number}",
            name_of(number * 7 + 3),
            villages[number % len(villages)].name,
            types[number % len(types)].name,
            f"双方因{number}号地块排水沟堵塞发生争执，申请人要求对方疏通并赔偿损失。",
            number % 5000,
            mediators[number % len(mediators)].name,
            "调解成功" if settled else "调解中",
            (received + timedelta(days=3)).isoformat() if settled else "",
        ]
        sheet.write_row(number + 2, 0, row)
    book.close()
    return buffer.getvalue()


def name_of(number):
    """:return: ``str``, a person's name"""
    length = len(GIVEN)
    parts = (
        SURNAMES[number % len(SURNAMES)],
        GIVEN[number // 3 % length],
        GIVEN[number // 7 % length],
    )
    return "".join(parts)


def reset_peak():
    """Let the process's peak of memory begin anew (Linux)."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return


def peak():
    """:return: ``float``, peak of memory in MB since the last reset; 0 where it is not told"""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
