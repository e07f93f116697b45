"""Assessing: 500 units on 20 computed items each, over the cases of all townships.

The figures are compared with the same records found by bare SQL, one statement per date axis.
"""

import re

from odoo import Command

from .measure import Figure, best, undone, watched

UNITS, ITEMS = 500, 20
AXES = 2  # closed on, flagged on
LIMIT = 3
ON_CASES = re.compile(r'\bFROM "?township_case"?\b')


def figures(bench):
    """:return: ``list`` of figures of assessing"""
    with undone(bench.env):
        return measured(bench.env)


def measured(env):
    """:return: ``list`` of figures"""
    rounds = prepare(env)
    letters = env["township.letter"].search([("company_id", "in", rounds.company_id.ids)])
    assert len(letters) == UNITS, f"{len(letters)} letters"
    first, last = rounds[0].date_from, rounds[0].date_to
    counted, queries = [], []
    seconds = best(env, lambda: counted.append(letters._figures(first, last)))[0]
    base = best(env, lambda: bare(env, rounds.company_id.ids, first, last))[0]
    assert sum(figure.denominator for figure in counted[0].values()), "nothing to count"
    with watched(env, ON_CASES, queries):
        filled = best(env, rounds.action_fill, 1)
    again = best(env, rounds.action_fill, 1)
    lines = rounds.assessment_ids.line_ids
    assert len(lines) == UNITS * ITEMS, f"{len(lines)} items"
    name = f"assess: {UNITS} units x {ITEMS} items"
    return [
        Figure.limit(f"{name}, SQL on cases", len(queries), AXES, "statements"),
        Figure.at_most(f"{name}, figures, against bare SQL", seconds, base, LIMIT),
        Figure(f"{name}, first time", f"{filled[0]:.1f} s", f"{filled[1]} queries", None, "", None),
        Figure(f"{name}, again", f"{again[0]:.1f} s", f"{again[1]} queries", None, "", None),
    ]


def prepare(env):
    """Letters in force for 500 units of as many townships as that takes, and their rounds.

    :return: the rounds, empty
    """
    year = env["township.calendar.day"]._today().year - 1
    units = env["township.unit"].search([], order="company_id, id", limit=UNITS)
    assert len(units) == UNITS, "too few units: call with --companies 42 or more"
    metrics = [key for key, _label in env["township.indicator"]._metric_selection()]
    metrics = [key for key in metrics if key.startswith("township.case:")]
    items = [
        Command.create(
            {
                "name": f"指标{place}",
                "kind": "computed",
                "metric": metrics[place % len(metrics)],
                "rule": "proportional",
                "weight": 100 / ITEMS,
            }
        )
        for place in range(ITEMS)
    ]
    letters = env["township.letter"].create(
        [
            {
                "title": "平安建设目标管理责任书",
                "unit_id": unit.id,
                "company_id": unit.company_id.id,
                "year": year,
                "line_ids": items,
                **env["township.letter"]._term_of(year),
            }
            for unit in units
        ]
    )
    letters._enter_state("in_force")
    return env["township.assessment.round"].create(
        [{"company_id": company.id, "year": year} for company in units.company_id]
    )


def bare(env, companies, first, last):
    """The records themselves, one statement for each date axis."""
    for statement in (CLOSED, FLAGGED):
        env.cr.execute(statement, {"companies": companies, "first": first, "last": last})
        env.cr.fetchall()


# Each figure with its records, as a letter's item keeps them.
CLOSED = """
SELECT unit_id,
       array_agg(id) FILTER (WHERE purpose IS DISTINCT FROM 'accusation'
                               AND deadline_done_date IS NOT NULL),
       array_agg(id) FILTER (WHERE purpose IS DISTINCT FROM 'accusation'
                               AND deadline_done_date <= deadline_date),
       array_agg(id) FILTER (WHERE kind = 'mediation' AND outcome IN ('settled', 'failed')),
       array_agg(id) FILTER (WHERE kind = 'mediation' AND outcome = 'settled'),
       array_agg(id) FILTER (WHERE purpose IS DISTINCT FROM 'accusation'),
       array_agg(id) FILTER (WHERE purpose IS DISTINCT FROM 'accusation'
                               AND state = 'archived'),
       array_agg(id) FILTER (WHERE kind = 'hazard' AND deadline_done_date IS NOT NULL),
       array_agg(id) FILTER (WHERE kind = 'hazard' AND deadline_done_date <= deadline_date),
       array_agg(id) FILTER (WHERE purpose IS DISTINCT FROM 'accusation'),
       array_agg(id) FILTER (WHERE purpose IS DISTINCT FROM 'accusation'
                               AND deadline_done_date > deadline_date)
  FROM township_case
 WHERE company_id = ANY(%(companies)s) AND state IN ('closed', 'archived')
   AND date_closed BETWEEN %(first)s AND %(last)s
 GROUP BY unit_id
"""
FLAGGED = """
SELECT unit_id, array_agg(id), array_agg(id)
  FROM township_case
 WHERE company_id = ANY(%(companies)s) AND purpose IS DISTINCT FROM 'accusation'
   AND overdue_flag_date BETWEEN %(first)s AND %(last)s
 GROUP BY unit_id
"""
