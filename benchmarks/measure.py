"""Measuring: best of a few runs from a cold cache, ratios, and the table of figures."""

import gc
import time
from contextlib import contextmanager
from typing import NamedTuple

from odoo.tools import SQL

REPEATS = 3


class Figure(NamedTuple):
    """One line of the table."""

    name: str
    value: str  # what was measured here
    base: str  # what it is compared with
    ratio: float | None
    goal: str
    ok: bool | None  # None: for information only

    @classmethod
    def at_most(cls, name, seconds, base, limit):
        """``seconds`` may be ``limit`` times ``base``, both in seconds."""
        ratio = seconds / base
        return cls(
            name, milliseconds(seconds), milliseconds(base), ratio, f"≤ {limit:g}", ratio <= limit
        )

    @classmethod
    def at_least(cls, name, speed, base, limit, unit):
        """``speed`` must be ``limit`` times ``base``, both in ``unit``."""
        ratio = speed / base
        values = f"{speed:,.0f} {unit}", f"{base:,.0f} {unit}"
        return cls(name, *values, ratio, f"≥ {limit:g}", ratio >= limit)

    @classmethod
    def limit(cls, name, value, limit, unit, lowest=False):
        """A plain number with its own limit."""
        ok = value >= limit if lowest else value <= limit
        return cls(
            name, f"{value:,.4g} {unit}", "", None, f"{'≥' if lowest else '≤'} {limit:g}", ok
        )


def milliseconds(seconds):
    """:return: ``str`` for the table"""
    return f"{seconds * 1000:,.1f} ms"


def best(env, function, repeats=REPEATS):
    """Run ``function`` from a cold record cache; warm are the caches every worker shares.

    :return: (``float`` seconds of the best run, ``int`` queries of that run)
    """
    runs = []
    for _count in range(repeats):
        env.flush_all()
        env.invalidate_all()
        gc.collect()
        queries = env.cr.sql_log_count
        start = time.perf_counter()
        function()
        env.flush_all()
        runs.append((time.perf_counter() - start, env.cr.sql_log_count - queries))
    return min(runs)


def compete(env, *functions, repeats=REPEATS):
    """Like :func:`best` for each, in turns: what else the machine does meets all alike."""
    runs = [[best(env, function, 1) for function in functions] for _count in range(repeats)]
    return [min(column) for column in zip(*runs, strict=True)]


@contextmanager
def undone(env):
    """A block that leaves nothing behind, even where the code inside commits."""
    cr = env.cr
    env.flush_all()
    cr.execute("SAVEPOINT township_bench")
    commit = type(cr).commit
    cr.commit = cr.flush
    try:
        yield
        env.flush_all()
    finally:
        del cr.commit
        assert type(cr).commit is commit
        env.invalidate_all(flush=False)
        cr.execute("ROLLBACK TO SAVEPOINT township_bench")
        # Whatever waited for the commit (mails, notifications) was part of the block.
        for callbacks in (cr.precommit, cr.postcommit, cr.prerollback, cr.postrollback):
            callbacks.clear()


@contextmanager
def watched(env, expression, statements):
    """Note in ``statements`` the text of everything asked that the expression matches.

    :param expression: compiled, such as one for the table of cases
    :param list statements: filled while the block runs
    """
    cr = env.cr
    execute = cr.execute

    def noted(query, *args, **kwargs):
        text = query.code if isinstance(query, SQL) else query
        if expression.search(text):
            statements.append(text)
        return execute(query, *args, **kwargs)

    cr.execute = noted
    try:
        yield
    finally:
        del cr.execute


def as_user(env, user):
    """:return: ``env`` as the web client of ``user`` would have it"""
    return env(
        user=user.id,
        su=False,
        context={
            "lang": user.lang,
            "tz": user.tz,
            "uid": user.id,
            "allowed_company_ids": user.company_ids.ids,
        },
    )


def table(figures):
    """:return: ``str`` of the figures as a table of Markdown"""
    head = ("figure", "value", "base", "ratio", "goal", "ok")
    rows = [head]
    for figure in figures:
        ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
        mark = {True: "ok", False: "**NO**", None: ""}[figure.ok]
        rows.append((figure.name, figure.value, figure.base, ratio, figure.goal, mark))
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    rows.insert(1, tuple("-" * width for width in widths))
    lines = (
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join(f"| {line} |" for line in lines)
