"""The scheduled action on deadlines: with nothing to do, and with 1,000 newly overdue."""

from datetime import timedelta

from odoo.tools import SQL

from .measure import Figure, best, undone

OVERDUE = 1000
ACTIVITY_TYPE = "township_governance.mail_act_deadline_overdue"
FIXED_QUERIES = 10
MILLISECONDS_PER_MODEL = 2
LIMIT = 2


def figures(bench):
    """:return: ``list`` of figures of the scheduled action"""
    return [*idle(bench.env), busy(bench.env)]


def idle(env):
    """Nothing is due: one indexed query per model that inherits the deadline mixin."""
    flag = env["township.deadline.flag"]
    models = len(flag._deadline_models())

    with undone(env):
        flag._cron_flag_deadlines()
        seconds, queries = best(env, flag._cron_flag_deadlines, 9)
    return [
        Figure.limit(
            f"cron: nothing to do, queries ({models} models)",
            queries,
            models + FIXED_QUERIES,
            "queries",
        ),
        Figure.limit(
            f"cron: nothing to do, time ({models} models)",
            seconds * 1000,
            models * MILLISECONDS_PER_MODEL,
            "ms",
        ),
    ]


def busy(env):
    """1,000 clocks were over yesterday; against the bare minimum of the same work."""
    today = env["township.calendar.day"]._today()
    cases = [
        row[0]
        for row in env.execute_query(
            SQL(
                """SELECT c.id FROM township_case c
                    WHERE c.state IN ('registered', 'assigned', 'handling')
                      AND (c.purpose IS NULL OR c.purpose <> 'accusation')
                    ORDER BY md5(c.id::text) LIMIT %s""",
                OVERDUE,
            )
        )
    ]
    flag = env["township.deadline.flag"]
    Activity = env["mail.activity"].sudo()
    type_id = env.ref(ACTIVITY_TYPE).id
    seconds, queries, base = [], 0, []
    for _count in range(3):
        with undone(env):
            make_overdue(env, cases, today)
            found = best(env, flag._cron_flag_deadlines, 1)
            seconds.append(found[0])
            queries = found[1]
            told = Activity.search_count([("activity_type_id", "=", type_id)])
            flagged = env["township.case"].search_count(
                [("id", "in", cases), ("overdue_flag_date", "=", today)]
            )
            assert flagged == len(cases), f"{flagged} of {len(cases)} flagged"
            assert told >= len(cases), f"{told} told of {len(cases)}"
        with undone(env):
            make_overdue(env, cases, today)
            base.append(best(env, lambda: bare(env, cases, today, type_id), 1)[0])
    name = f"cron: {OVERDUE:,} newly overdue ({queries} queries)"
    return Figure.at_most(name, min(seconds), min(base), LIMIT)


def make_overdue(env, cases, today):
    """Let the first clock of these cases end yesterday, unflagged, and the others later."""
    values = {
        "cases": tuple(cases),
        "yesterday": today - timedelta(days=1),
        "today": today,
        "later": today + timedelta(days=20),
    }
    for statement in (OVERDUE_CASES, LATER_CLOCKS, OVERDUE_CLOCKS):
        env.cr.execute(statement, values)
    env.invalidate_all()


OVERDUE_CASES = """
UPDATE township_case
   SET deadline_date = %(yesterday)s, deadline_check_date = %(today)s,
       overdue_flag_date = NULL, escalation_level = 0
 WHERE id IN %(cases)s
"""
LATER_CLOCKS = """
UPDATE township_case_clock
   SET deadline_date = %(later)s, deadline_check_date = %(later)s,
       overdue_flag_date = NULL, escalation_level = 0
 WHERE case_id IN %(cases)s
"""
OVERDUE_CLOCKS = """
UPDATE township_case_clock
   SET deadline_date = %(yesterday)s, deadline_check_date = %(today)s
 WHERE id IN (SELECT min(id) FROM township_case_clock WHERE case_id IN %(cases)s GROUP BY case_id)
"""


def bare(env, cases, today, type_id):
    """One raw UPDATE, and as many activities."""
    env.cr.execute(
        "UPDATE township_case_clock SET overdue_flag_date = %(today)s, deadline_check_date = NULL"
        " WHERE deadline_check_date <= %(today)s",
        {"today": today},
    )
    handlers = dict(
        env.execute_query(SQL("SELECT id, user_id FROM township_case WHERE id IN %s", tuple(cases)))
    )
    model_id = env["ir.model"]._get_id("township.case")
    env["mail.activity"].sudo().with_context(mail_activity_quick_update=True).create(
        [
            {
                "res_model_id": model_id,
                "res_id": case,
                "user_id": handlers[case],
                "activity_type_id": type_id,
                "date_deadline": today,
                "automated": True,
            }
            for case in cases
        ]
    )
