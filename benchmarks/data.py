"""The yardstick (design 7): a county that has run all its townships in one database for years.

Small tables are made by the ORM, the three large ones by SQL. The data stay in the bench
database and are used again; what has become overdue since is flagged as the scheduled action
would have done.
"""

import time
from typing import Any, NamedTuple

from odoo import Command
from odoo.tools import SQL

from ..models.common.deadline_mixin import MAX_ESCALATION

PARAMETER = "township_bench.size"
YEARS = 10
VILLAGES, DEPARTMENTS, GRIDS = 8, 4, 32
MEDIATORS = 8
OPEN_SHARE = 0.02
SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文建国玉兰海燕红梅志雪飞龙云鹏辉峰宇晨阳"
    "佳欣怡雨婷浩博子涵梓轩俊雅琪思远天成春生永福德胜金凤淑珍爱民立新小东晓光庆长江山河林森木水"
)
# The area code is nobody's; phones begin with 12, which no network has.
ID_AREA = "619929"


class Bench(NamedTuple):
    """What every part measures on."""

    env: Any
    size: str
    company: Any  # the township of reporter and officer
    reporter: Any
    officer: Any
    supervisor: Any
    subjects: int  # of the corrections room; made by the part that needs them


def ensure(env, companies, cases, subjects):
    """Townships, and their cases where any are asked for; made when there are none.

    :param int cases: of each township; 0: none are needed
    :param int subjects: of the corrections room, of all townships together
    :return: ``Bench``
    :raise SystemExit: the database holds data of another size
    """
    supervisor = env.ref("township_bench.supervisor", raise_if_not_found=False)
    if not supervisor:
        make_small_tables(env, companies)
        env.cr.commit()
        supervisor = env.ref("township_bench.supervisor")
    size = f"{companies} townships"
    check_size(f"{len(supervisor.company_ids)} townships", size)
    if cases:
        size = f"{size} x {cases:,} cases"
        make_once(env, PARAMETER, size, lambda: make_large_tables(env, cases, say_duration))
        settle(env)
    env.cr.commit()
    users = {role: env.ref(f"township_bench.{role}") for role in ("reporter", "officer")}
    return Bench(
        env=env,
        size=size,
        company=users["officer"].company_id,
        supervisor=supervisor,
        subjects=subjects,
        **users,
    )


def make_once(env, parameter, wanted, make):
    """Call ``make`` when there are no such data yet.

    :param str parameter: keeps what there is
    :param str wanted: what there is to be
    :raise SystemExit: the database holds data of another size
    """
    parameters = env["ir.config_parameter"].sudo()
    found = parameters.get_param(parameter)
    if found:
        check_size(found, wanted)
        return
    start = time.perf_counter()
    print(f"[bench] making {wanted}", flush=True)
    make()
    env.cr.commit()
    vacuum(env)
    parameters.set_param(parameter, wanted)
    print(f"[bench] data made in {time.perf_counter() - start:.0f} s", flush=True)


def check_size(found, wanted):
    """:raise SystemExit: the database holds data of another size"""
    if found != wanted:
        raise SystemExit(f"The database holds {found}: ask for these, or call with --fresh.")


def vacuum(env):
    """VACUUM ANALYZE of all tables, which cannot run inside a transaction."""
    with env.registry.cursor() as cr:
        cr._cnx.autocommit = True
        try:
            cr.execute("VACUUM ANALYZE")
        finally:
            cr._cnx.autocommit = False


def say_duration(label, seconds):
    """Show how far it has come."""
    print(f"[bench]   {label}: {seconds:.0f} s", flush=True)


def make_small_tables(env, companies):
    """Townships, their people and places.

    :return: ``dict`` company -> list of users: officer, reporter, mediators
    """
    townships = env["res.company"].create(
        [
            {
                "name": f"Township {index:03d}",
                "township_short_name": f"镇{index:03d}",
                "township_case_number_pattern": "{year}-{seq:05d}",
            }
            for index in range(companies)
        ]
    )
    env.user.company_ids += townships
    users = make_users(env, townships)
    make_places(env, townships, users)
    env.flush_all()
    return users


def make_users(env, townships):
    """One officer, one reporter and the mediators of each township, and the county's supervisor.

    All get their notifications by mail, Odoo's default.

    :return: ``dict`` company -> list of users: officer, reporter, mediators
    """
    roles = ["officer", "reporter", *["mediator"] * MEDIATORS]
    groups = {role: env.ref(f"township_governance.group_{role}").id for role in {*roles}}
    vals_list = [
        {
            "name": f"{role} {number} of {company.name}",
            "login": f"bench_{company.id}_{role}_{number}",
            "email": f"bench_{company.id}_{role}_{number}@example.org",
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
            "group_ids": [Command.set([groups[role]])],
            "lang": "zh_CN",
            "tz": "Asia/Shanghai",
        }
        for company in townships
        for number, role in enumerate(roles)
    ]
    vals_list.append(
        {
            "name": "supervisor",
            "login": "bench_supervisor",
            "company_id": townships[0].id,
            "company_ids": [Command.set(townships.ids)],
            "group_ids": [Command.set([env.ref("township_governance.group_supervisor").id])],
            "lang": "zh_CN",
            "tz": "Asia/Shanghai",
        }
    )
    users = env["res.users"].with_context(no_reset_password=True).create(vals_list)
    env["ir.model.data"]._update_xmlids(
        [
            {"xml_id": f"township_bench.{name}", "record": record}
            for name, record in zip(
                ("officer", "reporter", "supervisor"), (users[0], users[1], users[-1]), strict=True
            )
        ]
    )
    width = len(roles)
    return {
        company: users[index * width : (index + 1) * width]
        for index, company in enumerate(townships)
    }


def make_places(env, townships, users):
    """Units, grids, a committee and its mediators; the reporter works in the first grid and
    belongs to the first village."""
    kinds = ["village"] * VILLAGES + ["department"] * DEPARTMENTS
    units = env["township.unit"].create(
        [
            {
                "name": f"{'东西南北'[number % 4]}{number}{'村' if kind == 'village' else '所'}",
                "kind": kind,
                "company_id": company.id,
                "user_ids": [Command.set(users[company][1].ids if not number else [])],
            }
            for company in townships
            for number, kind in enumerate(kinds)
        ]
    )
    villages = units.filtered(lambda unit: unit.kind == "village")
    env["township.grid"].create(
        [
            {
                "name": f"{village.name}第{number + 1}网格",
                "unit_id": village.id,
                "company_id": village.company_id.id,
                "worker_ids": [
                    Command.set([] if number or not village.user_ids else village.user_ids.ids)
                ],
            }
            for village in villages
            for number in range(GRIDS // VILLAGES)
        ]
    )
    committees = env["township.committee"].create(
        [
            {
                "name": f"{company.name}人民调解委员会",
                "short_name": company.township_short_name,
                "kind": "town",
                "company_id": company.id,
            }
            for company in townships
        ]
    )
    env["township.mediator"].create(
        [
            {
                "name": f"{SURNAMES[number]}{GIVEN[number]}{GIVEN[number + 1]}",
                "committee_id": committee.id,
                "user_id": user.id,
                "company_id": committee.company_id.id,
            }
            for committee in committees
            for number, user in enumerate(users[committee.company_id][2:])
        ]
    )


def make_large_tables(env, cases, report=None):
    """Cases, parties, clocks, and one activity for each open case.

    :param int cases: of each township
    :param report: called with the name and the seconds of each step
    """
    today = env["township.calendar.day"]._today()
    values = {
        "cases": cases,
        "today": today,
        "days": YEARS * 365,
        "recent": 1 - OPEN_SHARE * 0.75,
        "rest": OPEN_SHARE * 0.25,
        "surnames": SURNAMES,
        "given": GIVEN,
        "area": ID_AREA,
        "uid": env.uid,
        "maximum": MAX_ESCALATION,
        "activity_type": env.ref("township_governance.mail_act_case_assigned").id,
        "model": env["ir.model"]._get_id("township.case"),
        "rule": env.ref("township_governance.rule_mediation_ordinary").id,
        "rule_standard": env.ref("township_governance.rule_mediation_standard").id,
    }
    statements = (PLACES, CASES, COUNTERS, PARTIES, CLOCKS_ENDED, CLOCKS_OPEN, ACTIVITIES)
    fill(env, statements, values, report)
    env.cr.execute("DROP TABLE bench_place")
    env.invalidate_all()


def fill(env, statements, values, report=None):
    """Execute statements that fill large tables.

    :param report: as for :func:`make_large_tables`
    """
    # Millions of foreign keys need no check one by one: they are read from the tables.
    is_superuser = env.execute_query(
        SQL("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    )[0][0]
    if is_superuser:
        env.cr.execute("SET session_replication_role = replica")
    for statement in statements:
        start = time.perf_counter()
        env.cr.execute(statement, values)
        if report:
            report(" ".join(statement.split()[:4]), time.perf_counter() - start)
    if is_superuser:
        env.cr.execute("SET session_replication_role = origin")


def settle(env):
    """Flag what has become overdue since the last run, as the scheduled action would."""
    today = env["township.calendar.day"]._today()
    for table in ("township_case", "township_case_clock"):
        env.cr.execute(
            SQL(
                """UPDATE %s SET overdue_flag_date = %s, escalation_level = %s,
                          deadline_check_date = NULL
                    WHERE deadline_check_date <= %s""",
                SQL.identifier(table),
                today,
                MAX_ESCALATION,
                today,
            )
        )
    env.invalidate_all()


PLACES = """
CREATE TEMPORARY TABLE bench_place AS
SELECT c.id AS company_id,
       array(SELECT id FROM township_unit WHERE company_id = c.id ORDER BY id) AS units,
       array(SELECT id FROM township_grid WHERE company_id = c.id ORDER BY id) AS grids,
       array(SELECT unit_id FROM township_grid WHERE company_id = c.id ORDER BY id) AS villages,
       array(SELECT id FROM township_mediator WHERE company_id = c.id ORDER BY id) AS mediators,
       array(SELECT user_id FROM township_mediator WHERE company_id = c.id ORDER BY id) AS handlers,
       (SELECT id FROM township_committee WHERE company_id = c.id) AS committee_id,
       (SELECT id FROM res_users u
         WHERE u.company_id = c.id AND login LIKE 'bench%%officer%%') AS officer,
       (SELECT id FROM res_users u
         WHERE u.company_id = c.id AND login LIKE 'bench%%reporter%%') AS reporter,
       array(SELECT id FROM township_case_type WHERE kind = 'mediation' ORDER BY id) AS types
  FROM res_company c
 WHERE EXISTS (SELECT FROM township_committee WHERE company_id = c.id)
"""

# A township's n-th case arrives at the n-th moment of the ten years; the townships' cases
# stand interleaved, as they would after ten years of use. Of the open ones three quarters are
# the latest, the others lie about.
CASES = """
INSERT INTO township_case (
    name, number, kind, type_id, source, difficulty, risk, state, company_id,
    grid_id, village_id, unit_id, unit_referred, committee_id, mediator_id, user_id, reporter_id,
    purpose, complained_unit_id, date_received, date_accepted, date_closed, outcome,
    settlement, summary, amount, deadline_start_date, deadline_date, deadline_remind_date,
    deadline_done_date, overdue_flag_date, escalation_level, deadline_check_date,
    create_uid, write_uid, create_date, write_date)
SELECT '张三与李四' || n || '号纠纷',
       CASE WHEN state <> 'draft' THEN
            extract(year FROM received) || '-' || lpad((row_number() OVER (
                PARTITION BY company_id, extract(year FROM received) ORDER BY n
            ))::text, 5, '0') END,
       kind, types[1 + (r[1] * cardinality(types))::int %% cardinality(types)],
       'apply_oral', 'ordinary', 'green', state, company_id,
       grids[g], villages[g], units[1 + (r[2] * 1000)::int %% cardinality(units)], true,
       CASE WHEN kind = 'mediation' THEN committee_id END,
       CASE WHEN kind = 'mediation' THEN mediators[m] END,
       CASE WHEN state <> 'draft' THEN handlers[m] END,
       CASE WHEN g = 1 THEN reporter ELSE officer END,
       CASE WHEN accusation THEN 'accusation' WHEN kind = 'petition' THEN 'request' END,
       CASE WHEN accusation THEN units[1 + n %% cardinality(units)] END,
       received, received, CASE WHEN is_ended THEN received + lasted END,
       CASE WHEN state NOT IN ('closed', 'archived') THEN CASE WHEN is_ended THEN state END
            WHEN r[5] < .9 THEN 'settled' ELSE 'failed' END,
       CASE WHEN state IN ('closed', 'archived') THEN '双方达成协议，当场履行完毕。' END,
       '双方因' || n || '号地块排水沟堵塞发生争执，申请人要求对方疏通并赔偿损失。',
       CASE WHEN r[6] < .3 THEN (r[7] * 20000)::int END,
       start, deadline, deadline - 2, CASE WHEN is_ended THEN received + lasted END,
       CASE WHEN is_open AND deadline < %(today)s THEN deadline + 1 END,
       CASE WHEN is_open AND deadline < %(today)s THEN %(maximum)s ELSE 0 END,
       CASE WHEN is_open AND deadline >= %(today)s THEN deadline + 1 END,
       %(uid)s, %(uid)s, received, received
  FROM (
    SELECT *, state IN ('registered', 'assigned', 'handling') AS is_open,
           state NOT IN ('draft', 'registered', 'assigned', 'handling') AS is_ended,
           CASE WHEN state <> 'draft' THEN received END AS start,
           CASE WHEN state <> 'draft' THEN received + 7 END AS deadline,
           1 + (r[4] * r[4] * 12)::int AS lasted,
           kind = 'petition' AND r[8] < .05 AS accusation
      FROM (
        SELECT p.*, n, r, 1 + (r[9] * 1000)::int %% cardinality(grids) AS g,
               1 + (r[10] * 1000)::int %% cardinality(mediators) AS m,
               %(today)s::date - ((%(cases)s - n) * %(days)s::bigint / %(cases)s)::int AS received,
               CASE WHEN r[11] < .80 THEN 'mediation' WHEN r[11] < .88 THEN 'petition'
                    WHEN r[11] < .95 THEN 'hazard' ELSE 'service' END AS kind,
               CASE WHEN n >= %(cases)s * %(recent)s OR r[12] < %(rest)s THEN
                         CASE WHEN r[13] < .15 THEN 'registered' WHEN r[13] < .3 THEN 'assigned'
                              ELSE 'handling' END
                    WHEN r[13] < .002 THEN 'draft'
                    WHEN r[13] < .05 THEN 'closed'
                    WHEN r[13] < .08 THEN 'withdrawn'
                    WHEN r[13] < .09 THEN 'transferred'
                    ELSE 'archived' END AS state
          FROM bench_place p
          CROSS JOIN generate_series(1, %(cases)s) n
          CROSS JOIN LATERAL (
            SELECT array_agg(random()) AS r FROM generate_series(1, 13) WHERE n > 0
          ) dice
      ) one
  ) two
 ORDER BY n, company_id
"""

COUNTERS = """
INSERT INTO township_number_counter (series, year, value)
SELECT 'case/' || company_id, split_part(number, '-', 1)::int, max(split_part(number, '-', 2)::int)
  FROM township_case
 WHERE number IS NOT NULL
 GROUP BY 1, 2
"""

# Few surnames are frequent, and a quarter of the names have two characters.
PARTIES = """
INSERT INTO township_case_party (
    case_id, company_id, sequence, role, name, is_organisation, gender, id_type,
    id_number_full, phone_full, address, create_uid, write_uid, create_date, write_date)
SELECT id, company_id, 10 + side, CASE side WHEN 0 THEN 'applicant' ELSE 'respondent' END,
       CASE WHEN is_organisation THEN '第' || (d * 5000)::int || '合作社'
            ELSE substr(%(surnames)s, 1 + floor(a * a * length(%(surnames)s))::int, 1) ||
                 substr(%(given)s, 1 + floor(b * b * length(%(given)s))::int, 1) ||
                 CASE WHEN e < .25 THEN ''
                      ELSE substr(%(given)s, 1 + floor(d * length(%(given)s))::int, 1) END
       END,
       is_organisation, CASE WHEN NOT is_organisation THEN 'male' END, 'resident',
       CASE WHEN NOT is_organisation AND b < .8 THEN
            %(area)s || to_char(date '1940-01-01' + (d * 22000)::int, 'YYYYMMDD') ||
            lpad(((id * 2 + side) %% 10000)::text, 4, '0') END,
       '12' || lpad(((id::bigint * 2 + side) * 7919 %% 1000000000)::text, 9, '0') ||
            CASE WHEN e > .98 THEN ',12' || lpad((id::bigint * 7907 %% 1000000000)::text, 9, '0')
                 ELSE '' END,
       '东沟村' || (d * 300)::int || '号', %(uid)s, %(uid)s, create_date, create_date
  FROM (
    SELECT c.id, c.company_id, c.create_date, side, random() AS a, random() AS b,
           random() AS d, random() AS e, random() < .03 AS is_organisation
      FROM township_case c CROSS JOIN generate_series(0, 1) side
     ORDER BY c.id, side
  ) dice
"""

CLOCKS_ENDED = """
INSERT INTO township_case_clock (
    case_id, company_id, deadline_rule_id, date_received, deadline_start_date, deadline_date,
    deadline_remind_date, deadline_done_date, escalation_level, create_uid, write_uid,
    create_date, write_date)
SELECT id, company_id, %(rule)s, date_received, deadline_start_date, deadline_date,
       deadline_remind_date, deadline_done_date, 0, %(uid)s, %(uid)s, create_date, create_date
  FROM township_case
 WHERE deadline_done_date IS NOT NULL
 ORDER BY id
"""

CLOCKS_OPEN = """
INSERT INTO township_case_clock (
    case_id, company_id, deadline_rule_id, date_received, deadline_start_date, deadline_date,
    deadline_remind_date, overdue_flag_date, escalation_level, deadline_check_date,
    create_uid, write_uid, create_date, write_date)
SELECT id, company_id, rule, date_received, date_received, deadline, deadline - 2,
       CASE WHEN deadline < %(today)s THEN deadline + 1 END,
       CASE WHEN deadline < %(today)s THEN %(maximum)s ELSE 0 END,
       CASE WHEN deadline >= %(today)s THEN deadline + 1 END,
       %(uid)s, %(uid)s, create_date, create_date
  FROM (
    SELECT c.*, rule, date_received + days AS deadline
      FROM township_case c
      JOIN (VALUES (7, %(rule)s), (30, %(rule_standard)s)) duty(days, rule)
        ON days = 7 OR c.kind = 'mediation'
     WHERE c.state IN ('registered', 'assigned', 'handling')
     ORDER BY c.id
  ) open
"""

ACTIVITIES = """
INSERT INTO mail_activity (
    res_model_id, res_model, res_id, user_id, activity_type_id, date_deadline, active, automated,
    create_uid, write_uid, create_date, write_date)
SELECT %(model)s, 'township.case', id, user_id, %(activity_type)s, date_received, true, true,
       %(uid)s, %(uid)s, create_date, create_date
  FROM township_case
 WHERE state IN ('registered', 'assigned', 'handling')
"""
