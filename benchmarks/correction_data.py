"""The yardstick of the corrections room: a county's subjects with their check-ins of 18 months.

They stand beside the cases and need none. Users are made by the ORM, the large tables by SQL;
ID numbers and phones are encrypted as in life, each with a text of its own.
"""

from odoo import Command
from odoo.tools import SQL

from ..demo.correction import opening
from ..models.common.deadline_mixin import MAX_ESCALATION
from ..tools import identity
from . import data
from .data import GIVEN, ID_AREA, SURNAMES

PARAMETER = "township_bench.correction"
CHECKINS = 100  # of each subject
LEAVES = 2
DAYS = 540
# Officers of each township, and one of the county's body who sees all of them.
ROLES = {"adults": "correction", "minors": "correction_minor"}
NUMBERS_PER_DAY = 1_000


def ensure(bench):
    """Make the data when there are none, and flag what has become overdue since.

    :return: ``dict`` role -> ``res.users``: adults, minors, county
    :raise SystemExit: the database holds data of another size
    """
    env, companies = bench.env, bench.supervisor.company_ids

    def make():
        make_offices(env, companies)
        make_large_tables(env, companies, bench.subjects, data.say_duration)

    size = f"{len(companies)} townships, {bench.subjects:,} subjects"
    data.make_once(env, PARAMETER, size, make)
    settle(env)
    env.cr.commit()
    return officers(env)


def officers(env):
    """:return: ``dict`` role -> ``res.users``"""
    return {
        role: env.ref(f"township_bench.correction_{role}")
        for role in ("adults", "minors", "county")
    }


def make_offices(env, companies):
    """Officers of each township; its room is open."""
    vals_list = [
        {
            "name": f"{role} of {company.name}",
            "login": f"bench_{company.id}_correction_{role}",
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
            **office_vals(env, group),
        }
        for company in companies
        for role, group in ROLES.items()
    ]
    vals_list.append(
        {
            "name": "county office",
            "login": "bench_correction_county",
            "company_id": companies[0].id,
            "company_ids": [Command.set(companies.ids)],
            **office_vals(env, "correction_minor"),
        }
    )
    users = env["res.users"].with_context(no_reset_password=True).create(vals_list)
    named = dict(zip((*ROLES, "county"), (users[0], users[1], users[-1]), strict=True))
    env["ir.model.data"]._update_xmlids(
        [
            {"xml_id": f"township_bench.correction_{role}", "record": user}
            for role, user in named.items()
        ]
    )
    for company, leader in zip(companies, users[::2], strict=False):
        company.township_correction_leader_id = leader
        opening.load(env, company)
    env.flush_all()


def office_vals(env, group):
    """:return: ``dict`` for ``create`` of a user of that group"""
    return {
        "group_ids": [Command.set(env.ref(f"township_governance.group_{group}").ids)],
        "lang": "zh_CN",
        "tz": "Asia/Shanghai",
    }


def make_large_tables(env, companies, subjects, report=None, checkins=CHECKINS):
    """Subjects and what belongs to them.

    :param int subjects: of all townships together
    :param int checkins: of each subject
    :param report: called with the name and the seconds of each step
    """
    today = env["township.calendar.day"]._today()
    rule = env["township.deadline.rule"].search
    values = {
        "companies": companies.ids,
        "each": subjects // len(companies),
        "today": today,
        "horizon": env["township.correction.subject"]._checkin_horizon(),
        "surnames": SURNAMES,
        "given": GIVEN,
        "uid": env.uid,
        "maximum": MAX_ESCALATION,
        "checkins": checkins,
        "leaves": LEAVES,
        "days": DAYS,
        "ended_rules": rule([("code", "in", ["correction_report_in", "correction_plan"])]).ids,
        "levels": env["township.correction.level"].search([]).ids,
        "kinds": env["township.correction.member.kind"].search([], limit=3).ids,
        "release_rule": rule([("code", "=", "correction_release")], limit=1).id,
    }
    make_numbers(env, subjects)
    data.fill(env, STATEMENTS, values, report)
    env.cr.execute("DROP TABLE bench_number, bench_office")
    env.invalidate_all()


def make_numbers(env, subjects):
    """One encrypted ID number and phone for each subject, with their hashes."""
    cipher = env["township.key"]._ready_keyring().current
    columns = []
    for name, text in (("id_number_full", id_number), ("phone_full", phone)):
        purpose = env["township.correction.subject"]._fields[name]._purpose()
        plain = [text(number) for number in range(subjects)]
        columns.append([cipher.encrypt(one, purpose) for one in plain])
        columns.append([cipher.hash(one, purpose) for one in plain])
    env.cr.execute(
        SQL(
            """CREATE TEMPORARY TABLE bench_number AS
            SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[])
              WITH ORDINALITY AS row (id_number, id_hash, phone, phone_hash, place)""",
            *columns,
        )
    )


def id_number(number):
    """:return: ``str``, ID number that nobody else has"""
    day = 1 + number // NUMBERS_PER_DAY
    body = f"{ID_AREA}1980{1 + day // 28:02d}{1 + day % 28:02d}{number % NUMBERS_PER_DAY:03d}"
    return body + identity.check_character(body)


def phone(number):
    """:return: ``str``, phone of a network that is none"""
    return f"{12000000000 + number}"


def settle(env):
    """Flag what has become overdue since the last run, as the scheduled action would."""
    today = env["township.calendar.day"]._today()
    for model in env["township.deadline.flag"]._deadline_models():
        if model._name.startswith("township.correction."):
            env.cr.execute(
                SQL(
                    """UPDATE %s SET overdue_flag_date = %s, escalation_level = %s,
                              deadline_check_date = NULL
                        WHERE deadline_check_date <= %s""",
                    SQL.identifier(model._table),
                    today,
                    MAX_ESCALATION,
                    today,
                )
            )
    env.invalidate_all()


OFFICES = """
CREATE TEMPORARY TABLE bench_office AS
SELECT c.id AS company_id, row_number() OVER (ORDER BY c.id) - 1 AS office,
       array(SELECT id FROM township_unit WHERE company_id = c.id AND kind = 'village'
              ORDER BY id) AS villages,
       array(SELECT id FROM res_users u WHERE u.company_id = c.id
                AND login LIKE 'bench%%\\_correction\\_%%s' ORDER BY id) AS users
  FROM res_company c
 WHERE c.id = ANY(%(companies)s)
"""

# Three in five are in correction, three in a hundred are minors; the townships' subjects stand
# interleaved. Terms end all over the coming years, some of them within the month.
SUBJECTS = """
INSERT INTO township_correction_subject (
    name, gender, birth_date, id_type, id_number_full, id_number_hash, phone_full, phone_hash,
    address, number, state, company_id, unit_id, user_id, category, offence, offence_date,
    deciding_body, judgment_number, judgment_date, effective_date, term_start, term_end,
    date_received, reported_date, announced_date, ended_date, checkin_until, recheck_due, level_id,
    minor_at_offence, minor_in_correction, is_minor, sealed, is_organisation, deadline_muted,
    history, deadline_start_date, deadline_date, deadline_remind_date, deadline_done_date,
    overdue_flag_date, escalation_level, deadline_check_date, create_uid, write_uid, create_date,
    write_date)
SELECT substr(%(surnames)s, 1 + floor(r[1] * length(%(surnames)s))::int, 1) ||
       substr(%(given)s, 1 + floor(r[2] * length(%(given)s))::int, 1) ||
       substr(%(given)s, 1 + floor(r[3] * length(%(given)s))::int, 1),
       CASE WHEN r[4] < .1 THEN 'female' ELSE 'male' END,
       begun - CASE WHEN minor THEN 17 * 365 ELSE 7000 + (r[5] * 15000)::int END,
       'resident', id_number, id_hash, phone, phone_hash, '东沟村' || n || '号',
       '矫' || extract(year FROM begun) || '-' || lpad(n::text, 5, '0'), state, company_id,
       villages[1 + n %% cardinality(villages)], users[CASE WHEN minor THEN 2 ELSE 1 END],
       CASE WHEN r[6] < .85 THEN 'probation' WHEN r[6] < .95 THEN 'parole'
            WHEN r[6] < .97 THEN 'control' ELSE 'medical' END,
       '危险驾驶罪', begun - 120, '槐荫县人民法院', '刑初字第' || n || '号', begun - 12, begun,
       begun, finish, begun, CASE WHEN state <> 'expected' THEN begun + 4 END,
       CASE WHEN state NOT IN ('expected', 'received') THEN begun + 8 END,
       CASE WHEN is_ended THEN finish END, CASE WHEN is_running THEN %(horizon)s END, true,
       (%(levels)s)[1 + (n + office) %% cardinality(%(levels)s)],
       minor, minor, minor, false, false, false, false, begun, deadline, deadline - 5,
       CASE WHEN is_ended THEN finish END, CASE WHEN deadline < %(today)s THEN deadline + 1 END,
       CASE WHEN deadline < %(today)s THEN %(maximum)s ELSE 0 END,
       CASE WHEN deadline >= %(today)s THEN deadline + 1 END,
       %(uid)s, %(uid)s, begun, begun
  FROM (
    SELECT *, state = 'in_correction' AS is_running, state = ANY(ended) AS is_ended,
           CASE WHEN state = ANY(ended) THEN NULL
                WHEN r[7] < .01 THEN %(today)s::date - 3
                ELSE %(today)s::date + (r[8] * 300)::int END AS deadline,
           CASE WHEN state = ANY(ended) THEN %(today)s::date - 5 - (r[9] * 360)::int
                ELSE %(today)s::date + 1 + (r[9] * 700)::int END AS finish,
           CASE WHEN state IN ('expected', 'received') THEN %(today)s::date - 5
                ELSE %(today)s::date - %(days)s - 30 END AS begun
      FROM (
        SELECT o.*, b.*, n, r, r[10] < .03 AS minor,
               ARRAY['released', 'terminated', 'relocated', 'not_placed'] AS ended,
               CASE WHEN r[11] < .60 THEN 'in_correction' WHEN r[11] < .61 THEN 'expected'
                    WHEN r[11] < .62 THEN 'received' WHEN r[11] < .94 THEN 'released'
                    WHEN r[11] < .96 THEN 'terminated' WHEN r[11] < .99 THEN 'relocated'
                    ELSE 'not_placed' END AS state
          FROM bench_office o
          CROSS JOIN generate_series(1, %(each)s) n
          JOIN bench_number b ON b.place = 1 + office + (n - 1) * cardinality(%(companies)s)
          CROSS JOIN LATERAL (
            SELECT array_agg(random()) AS r FROM generate_series(1, 11) WHERE n > 0
          ) dice
      ) one
  ) two
 ORDER BY n, company_id
"""

# The last one of whoever is in correction is still to come or due today, and of one in twenty the
# last but one has not been recorded either.
CHECKIN_ROWS = """
INSERT INTO township_correction_checkin (
    subject_id, company_id, kind, planned_date, outcome, recorded_by_id, recorded_date, next_date,
    deadline_start_date, deadline_date, deadline_remind_date, deadline_done_date,
    overdue_flag_date, escalation_level, deadline_check_date, deadline_muted, history,
    create_uid, write_uid, create_date, write_date)
SELECT id, company_id, CASE WHEN place %% 6 = 0 THEN 'visit' ELSE 'in_person' END, day,
       CASE WHEN is_open THEN 'not_recorded' WHEN (id + place) %% 50 = 0 THEN 'not_complied'
            WHEN (id + place) %% 40 = 0 THEN 'acceptable_absence' ELSE 'complied' END,
       CASE WHEN NOT is_open THEN user_id END, CASE WHEN NOT is_open THEN day END,
       CASE WHEN NOT is_open THEN day + 5 END, day - 30, day, day - 3,
       CASE WHEN NOT is_open THEN day END,
       CASE WHEN is_open AND day < %(today)s THEN day + 1 END,
       CASE WHEN is_open AND day < %(today)s THEN %(maximum)s ELSE 0 END,
       CASE WHEN is_open AND day >= %(today)s THEN day + 1 END, false, false,
       %(uid)s, %(uid)s, day - 30, day - 30
  FROM (
    SELECT *, state = 'in_correction'
              AND (place = %(checkins)s OR id %% 20 = 0 AND place = %(checkins)s - 1) AS is_open
      FROM (
        SELECT s.id, company_id, user_id, state, place,
               CASE WHEN state <> 'in_correction' THEN coalesce(ended_date, %(today)s)
                         - 6 - (%(checkins)s - place) * 5
                    WHEN place = %(checkins)s THEN %(today)s::date + id %% 31
                    ELSE %(today)s::date - 1 - id %% 5 - (%(checkins)s - 1 - place) * 5 END AS day
          FROM generate_series(1, %(checkins)s) place
          CROSS JOIN township_correction_subject s
         ORDER BY place, s.id
      ) one
  ) two
"""

CLOCKS = """
INSERT INTO township_correction_clock (
    subject_id, company_id, deadline_rule_id, name, date_received, deadline_start_date,
    deadline_date, deadline_remind_date, deadline_done_date, overdue_flag_date, escalation_level,
    deadline_check_date, deadline_muted, history, create_uid, write_uid, create_date, write_date)
SELECT id, company_id, rule, NULL, date_received, date_received, date_received + 10,
       date_received + 7, date_received + 8, NULL::date, 0, NULL::date, false, false,
       %(uid)s, %(uid)s, create_date, create_date
  FROM township_correction_subject CROSS JOIN unnest(%(ended_rules)s) rule
UNION ALL
SELECT id, company_id, NULL, '矫正方案评估', date_received, deadline_start_date, deadline_date,
       deadline_remind_date, NULL, overdue_flag_date, escalation_level, deadline_check_date,
       false, false, %(uid)s, %(uid)s, create_date, create_date
  FROM township_correction_subject
 WHERE deadline_date IS NOT NULL
"""

# One in a hundred is away right now, and one in fifty of these late.
LEAVE_ROWS = """
INSERT INTO township_correction_leave (
    subject_id, company_id, user_id, state, number, destination, reason, approver, date_from,
    date_to, date_end, days, application_date, given_date, left_date, deadline_start_date,
    deadline_date, deadline_remind_date, deadline_done_date, overdue_flag_date, escalation_level,
    deadline_check_date, deadline_muted, history, urgent, create_uid, write_uid, create_date,
    write_date)
SELECT id, company_id, user_id, CASE WHEN is_out THEN 'away' ELSE 'returned' END,
       '假' || (row_number() OVER (PARTITION BY company_id ORDER BY day, id)), '邻县', '探亲',
       'office', day, day + 5, day + 5, 6, day - 3, day - 1, day, day - 1, day + 5, day + 3,
       CASE WHEN NOT is_out THEN day + 5 END,
       CASE WHEN is_out AND day + 5 < %(today)s THEN day + 6 END,
       CASE WHEN is_out AND day + 5 < %(today)s THEN %(maximum)s ELSE 0 END,
       CASE WHEN is_out AND day + 5 >= %(today)s THEN day + 6 END,
       false, false, false, %(uid)s, %(uid)s, day - 3, day - 3
  FROM (
    SELECT s.id, company_id, user_id, place = %(leaves)s AND is_away AS is_out,
           CASE WHEN place = %(leaves)s AND is_away
                THEN %(today)s::date - CASE WHEN id %% 50 = 0 THEN 7 ELSE id %% 6 END
                ELSE coalesce(ended_date, %(today)s) - 200 + place * 60 - id %% 30 END AS day
      FROM generate_series(1, %(leaves)s) place
      CROSS JOIN (
        SELECT *, state = 'in_correction' AND id %% 100 < 2 AS is_away
          FROM township_correction_subject
      ) s
  ) one
"""

RELEASES = """
INSERT INTO township_correction_release (
    subject_id, company_id, user_id, state, ground, deadline_rule_id, deadline_start_date,
    deadline_date, deadline_remind_date, deadline_done_date, deadline_check_date,
    escalation_level, deadline_muted, history, create_uid, write_uid, create_date, write_date)
SELECT id, company_id, user_id, CASE WHEN state = 'released' THEN 'released' ELSE 'preparing' END,
       'term', %(release_rule)s, term_end - 30, term_end, term_end - 7,
       CASE WHEN state = 'released' THEN term_end END,
       CASE WHEN state <> 'released' THEN term_end + 1 END, 0, false, false,
       %(uid)s, %(uid)s, term_end - 30, term_end - 30
  FROM township_correction_subject
 WHERE state = 'released'
    OR state IN ('received', 'in_correction') AND term_end <= %(today)s::date + 30
"""

MEMBERS = """
INSERT INTO township_correction_member (
    subject_id, company_id, sequence, kind_id, name, gender, phone_full, date_from,
    is_organisation, create_uid, write_uid, create_date, write_date)
SELECT id, company_id, 10, kind, '周文静', 'female', '12' || lpad((id %% 1000000)::text, 9, '0'),
       date_received, false, %(uid)s, %(uid)s, create_date, create_date
  FROM township_correction_subject CROSS JOIN unnest(%(kinds)s) kind
"""

LEVELS = """
INSERT INTO township_correction_level_change (
    subject_id, company_id, level_id, date, reason, decided_by, create_uid, write_uid,
    create_date, write_date)
SELECT id, company_id, level_id, date_received + 30, '按期报告', 'office', %(uid)s, %(uid)s,
       create_date, create_date
  FROM township_correction_subject
"""

STATEMENTS = (OFFICES, SUBJECTS, CHECKIN_ROWS, CLOCKS, LEAVE_ROWS, RELEASES, MEMBERS, LEVELS)
