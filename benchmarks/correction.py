"""The corrections room: 50,000 subjects with 5,000,000 check-ins, as their officers work with it.

The officers are one for adults and one for minors of a township, and one of the county's body
who sees all townships.
"""

import re
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from ..models.common.home import COUNT_LIMIT, MINE, ROW_STEP
from . import correction_data
from .cron import ACTIVITY_TYPE, FIXED_QUERIES, LIMIT, MILLISECONDS_PER_MODEL, OVERDUE
from .measure import Figure, as_user, best, compete, milliseconds, undone, watched

SUBJECT, CHECKIN = "township.correction.subject", "township.correction.checkin"
LEAVE, STATISTICS = "township.correction.leave", "township.correction.statistics"
VIEWS = "township_governance."
ROOM = ("township.correction.", "township.aftercare")
PAGE, PAGE_LIMIT = 80, 3
# Who sees a hundred townships at once has each of them compared.
RULES_LIMIT = 2
FEW, MANY = 100, 1_000
LONG_AGO = "2000-01-01"  # no other check-in of the subject stands on that day
RECORDED = (5, 20)
ANONYMISED = 100
STATISTICS_AXES = 4  # stock, reported on, ended on, entrusted on
ON_SUBJECTS = re.compile(r'\bFROM "?township_correction_subject"?\b')


def figures(bench):
    """:return: ``list`` of figures of the corrections room"""
    officers = correction_data.ensure(bench)
    env = bench.env
    found = []
    for role, user in officers.items():
        reader = Reader(role, as_user(env, user))
        if role in correction_data.ROLES:  # the county's body has no check-ins of its own
            found.append(reader.morning())
        found += [*reader.rules(), reader.home()]
    adults = as_user(env, officers["adults"])
    found += [form(adults), *generation(env), *outcomes(adults), release(env), back(adults)]
    found += [*idle(env), busy(env), home_without(as_user(env, bench.officer))]
    return [*found, *statistics(adults), anonymising(env)]


# ----------------------------------------------------------------------
# Reading
# ----------------------------------------------------------------------


class Reader:
    """One officer before the lists of every morning."""

    def __init__(self, role, env):
        self.role = role
        self.env = env

    def filters(self, model, *names):
        """:return: ``Domain`` of these filters of the model's search view"""
        arch = view_arch(self.env[model], "search")
        found = [arch.find(f".//filter[@name='{name}']").get("domain") for name in names]
        return Domain.AND(safe_eval(domain, {"uid": self.env.uid}) for domain in found)

    def morning(self):
        """The list "To report today" as it opens, against its rows by primary key."""
        Model = self.env[CHECKIN]
        fields = specification(Model, view_arch(Model, "list"))
        domain = self.filters(CHECKIN, "due", "mine")
        ids = Model.search(domain, limit=PAGE).ids
        if not ids:  # nothing falls due for this officer today
            domain = self.filters(CHECKIN, "due")
            ids = Model.search(domain, limit=PAGE).ids
        rows = Model.sudo().browse(ids)
        (asked, queries), (base, base_queries) = compete(
            self.env,
            lambda: Model.web_search_read(domain, fields, limit=PAGE, count_limit=10_001),
            lambda: rows.web_read(fields),
            repeats=15,
        )
        name = (
            f"correction, {self.role}: to report today"
            f" ({len(ids)} rows, {queries} queries against {base_queries})"
        )
        return Figure.at_most(name, asked, base, PAGE_LIMIT)

    def rules(self):
        """Pages as the officer sees them, against the same without access rules."""
        pages = (
            ("open subjects", SUBJECT, self.filters(SUBJECT, "open")),
            ("check-ins to be recorded", CHECKIN, self.filters(CHECKIN, "due")),
            ("check-ins of a month", CHECKIN, self.month()),
        )
        return [self.page(name, self.env[model], domain) for name, model, domain in pages]

    def month(self):
        """:return: ``Domain`` of the check-ins of a month, as the calendar asks for them"""
        today = self.env["township.calendar.day"]._today()
        first = today - timedelta(days=30)
        return Domain([("planned_date", ">=", first), ("planned_date", "<=", today)])

    def page(self, name, Model, domain):
        fields = specification(Model, view_arch(Model, "list"))
        within = domain & Domain("company_id", "in", self.env.companies.ids)
        ids = Model.search(domain, limit=PAGE).ids
        (asked, queries), (base, base_queries) = compete(
            self.env,
            lambda: Model.web_search_read(domain, fields, limit=PAGE, count_limit=10_001),
            lambda: Model.sudo().web_search_read(within, fields, limit=PAGE, count_limit=10_001),
            repeats=15,
        )
        name = (
            f"correction, {self.role}: {name}, against no rules"
            f" ({len(ids)} rows, {queries} queries against {base_queries})"
        )
        return Figure.at_most(name, asked, base, RULES_LIMIT)

    def home(self):
        """The home screen against its counts and the search of its rows alone."""
        Home = self.env["township.home"]
        (asked, queries), (base, _base_queries) = compete(
            self.env, Home.get_home, lambda: self.count(Home), repeats=5
        )
        return Figure.at_most(
            f"correction, {self.role}: home screen, against its counts ({queries} queries)",
            asked,
            base,
            2,
        )

    def count(self, Home):
        for model in Home._home_models():
            for tile in Home._home_tiles():
                domain = Home._tile_domain(model, tile, MINE)
                if domain is not None:
                    model.search_count(domain, limit=COUNT_LIMIT)
            domain = Home._list_domain(model, MINE, None)
            model.search(domain, order="deadline_date, id", limit=ROW_STEP + 1)


def view_arch(Model, view_type):
    """:return: root element of a model's own view, as the user gets it"""
    view = Model.env.ref(f"{VIEWS}{Model._name.replace('.', '_')}_view_{view_type}")
    return etree.fromstring(Model.get_views([(view.id, view_type)])["views"][view_type]["arch"])


def specification(Model, node):
    """:return: ``dict`` of the fields below a node of a view"""
    found = {}
    for child in node:
        if child.tag != "field":
            found.update(specification(Model, child))
            continue
        field = Model._fields[child.get("name")]
        if field.relational:
            rows = child.find("list") if field.type != "many2one" else None
            comodel = Model.env[field.comodel_name]
            inner = specification(comodel, rows) if rows is not None else {"display_name": {}}
            found[field.name] = {"fields": inner}
        else:
            found[field.name] = {}
    return found


def form(env):
    """Opening the form of one subject, with its rows."""
    Model = env[SUBJECT]
    fields = specification(Model, view_arch(Model, "form"))
    subject = Model.search([("state", "=", "in_correction")], limit=1, order="id")
    seconds, queries = best(env, lambda: subject.web_read(fields), 9)
    name = f"correction: form of a subject ({len(fields)} fields)"
    return Figure(name, milliseconds(seconds), f"{queries} queries", None, "", None)


def home_without(env):
    """The home screen of an officer for cases, with and without the models of this room."""
    Home = env["township.home"]
    models = type(Home)._home_models

    def others(self):
        return [model for model in models(self) if not model._name.startswith(ROOM)]

    def without():
        with patch.object(type(Home), "_home_models", others):
            Home.get_home()

    (asked, _queries), (base, _same) = compete(env, Home.get_home, without, repeats=15)
    name = "correction: home screen of an officer for cases, against without this room"
    return Figure.at_most(name, asked, base, 1.2)


def back(env):
    """The tile of leaves whose return is due, against counting them by bare SQL."""
    Leave = env[LEAVE]
    domain = Leave._home_tile_domains()["return_due"]
    today = env["township.calendar.day"]._today()
    condition = SQL(
        """SELECT count(*) FROM township_correction_leave
            WHERE company_id = ANY(%s) AND state IN ('approved', 'away') AND date_to <= %s""",
        env.companies.ids,
        today,
    )
    (asked, _queries), (base, _same) = compete(
        env,
        lambda: Leave.search_count(domain, limit=COUNT_LIMIT),
        lambda: env.execute_query(condition),
        repeats=15,
    )
    return Figure.at_most("correction: tile of returns due, against bare SQL", asked, base, 10)


# ----------------------------------------------------------------------
# Check-ins
# ----------------------------------------------------------------------


def generation(env):
    """The check-ins of one more month, of many and of few subjects."""
    Model = env[SUBJECT].sudo()
    until = Model._checkin_horizon() + relativedelta(months=1)
    running = Model.search([("state", "=", "in_correction")], order="id", limit=MANY)
    found = {}
    for count in (FEW, MANY):
        found[count] = min(planned(env, running[:count], until) for _count in range(3))
    (few, few_queries, few_made), (many, many_queries, many_made) = found[FEW], found[MANY]
    further = (many_queries - few_queries) / (MANY - FEW)
    name = f"correction: check-ins of a month, {MANY:,} subjects"
    return [
        Figure.at_most(f"{name}, against ten of {FEW}", many, few * MANY / FEW, 1.3),
        Figure.limit(f"{name}, further queries per further subject", further, 0.5, "queries"),
        Figure(
            f"{name}, speed",
            f"{many_made / many:,.0f} / s",
            f"{few_made / few:,.0f} / s",
            None,
            "",
            None,
        ),
    ]


def planned(env, subjects, until):
    """:return: (seconds, queries, check-ins made) of planning these subjects once"""
    made = []
    with undone(env):
        seconds, queries = best(env, lambda: made.extend(subjects._plan_checkins(until)), 1)
    assert len(made) >= len(subjects), f"{len(made)} check-ins of {len(subjects)} subjects"
    return seconds, queries, len(made)


def come(env, checkins):
    """Let the day of these check-ins have come: nothing is recorded ahead of it."""
    env.cr.execute(
        "UPDATE township_correction_checkin SET planned_date = %s WHERE id IN %s",
        (LONG_AGO, tuple(checkins.ids)),
    )
    env.invalidate_all()


def outcomes(env):
    """Recording one outcome of several check-ins, and booking the next ones."""
    Checkin = env[CHECKIN]
    open_ones = Checkin.search([("outcome", "=", "not_recorded")], limit=20 * max(RECORDED))
    by_subject = open_ones.grouped("subject_id")
    due = Checkin.union(*(rows[:1] for rows in by_subject.values()))[: max(RECORDED)]
    assert len(due) == max(RECORDED), f"{len(due)} check-ins are to be recorded"
    found = []
    for count in RECORDED:
        with undone(env):
            come(env, due)
            due[:count].action_complied()  # warms what every worker has warm
        with undone(env):
            come(env, due)
            found.append(best(env, due[:count].action_complied, 1))
    (_few, few), (many, more) = found
    name = f"correction: {RECORDED[1]} outcomes recorded"
    return [
        Figure.limit(f"{name}, queries more than {RECORDED[0]}", more - few, 0, "queries"),
        Figure(name, milliseconds(many), f"{more} queries", None, "", None),
    ]


# ----------------------------------------------------------------------
# Scheduled actions
# ----------------------------------------------------------------------


def release(env):
    """The release of whoever has come within 30 days since yesterday, and nothing to do."""
    Model = env[SUBJECT].sudo()
    with undone(env):
        Model._cron_prepare_release()
        seconds, queries = best(env, Model._cron_prepare_release, 9)
    return Figure.limit(
        f"correction: releases, nothing to prepare ({queries} queries)", seconds * 1000, 50, "ms"
    )


@contextmanager
def without_room(env):
    """A block in which the deadline run knows no model of this room."""
    flag = type(env["township.deadline.flag"])
    models = flag._deadline_models

    def others(self):
        return [model for model in models(self) if not model._name.startswith(ROOM)]

    with patch.object(flag, "_deadline_models", others):
        yield


def idle(env):
    """The deadline run with nothing to do, with and without the models of this room."""
    flag = env["township.deadline.flag"]
    count = len(flag._deadline_models())

    def others():
        with without_room(env):
            flag._cron_flag_deadlines()

    with undone(env):
        flag._cron_flag_deadlines()
        (seconds, queries), (base, _queries) = compete(
            env, flag._cron_flag_deadlines, others, repeats=15
        )
        with without_room(env):
            rest = len(flag._deadline_models())
    most = count * MILLISECONDS_PER_MODEL
    name = f"correction: deadline run, nothing to do ({count} models"
    return [
        Figure.limit(f"{name}), queries", queries, count + FIXED_QUERIES, "queries"),
        Figure.limit(f"{name}), time", seconds * 1000, most, "ms"),
        # each model costs the same, whichever room it is of
        Figure.at_most(
            f"{name} against {rest}), time per model", seconds / count, base / rest, 1.5
        ),
    ]


def busy(env):
    """1,000 check-ins were over yesterday; against the bare minimum of the same work."""
    today = env["township.calendar.day"]._today()
    flag = env["township.deadline.flag"]
    Activity = env["mail.activity"].sudo()
    type_id = env.ref(ACTIVITY_TYPE).id
    checkins = env.execute_query(
        SQL(
            """SELECT id FROM township_correction_checkin
                WHERE deadline_check_date > %s AND outcome = 'not_recorded'
                ORDER BY md5(id::text) LIMIT %s""",
            today,
            OVERDUE,
        )
    )
    checkins = [row[0] for row in checkins]
    seconds, queries, base = [], 0, []
    for _count in range(3):
        with undone(env):
            make_overdue(env, checkins, today)
            found = best(env, flag._cron_flag_deadlines, 1)
            seconds.append(found[0])
            queries = found[1]
            told = Activity.search_count([("activity_type_id", "=", type_id)])
            flagged = env[CHECKIN].search_count(
                [("id", "in", checkins), ("overdue_flag_date", "=", today)]
            )
            assert flagged == len(checkins), f"{flagged} of {len(checkins)} flagged"
            assert told >= len(checkins), f"{told} told of {len(checkins)}"
        with undone(env):
            make_overdue(env, checkins, today)
            base.append(best(env, lambda: bare_flags(env, checkins, today, type_id), 1)[0])
    name = f"correction: {OVERDUE:,} check-ins newly overdue ({queries} queries)"
    return Figure.at_most(name, min(seconds), min(base), LIMIT)


def make_overdue(env, checkins, today):
    """Let these check-ins be over since yesterday, unflagged."""
    env.cr.execute(
        """UPDATE township_correction_checkin
              SET deadline_date = %s, deadline_check_date = %s
            WHERE id = ANY(%s)""",
        [today - timedelta(days=1), today, checkins],
    )
    env.invalidate_all()


def bare_flags(env, checkins, today, type_id):
    """One raw UPDATE, and as many activities."""
    env.cr.execute(
        "UPDATE township_correction_checkin"
        " SET overdue_flag_date = %(today)s, deadline_check_date = NULL"
        " WHERE deadline_check_date <= %(today)s",
        {"today": today},
    )
    handlers = env.execute_query(
        SQL(
            """SELECT s.id, user_id FROM township_correction_subject s
                 JOIN township_correction_checkin c ON c.subject_id = s.id
                WHERE c.id = ANY(%s)""",
            checkins,
        )
    )
    model_id = env["ir.model"]._get_id(SUBJECT)
    env["mail.activity"].sudo().with_context(mail_activity_quick_update=True).create(
        [
            {
                "res_model_id": model_id,
                "res_id": subject,
                "user_id": user,
                "activity_type_id": type_id,
                "date_deadline": today,
                "automated": True,
            }
            for subject, user in handlers
        ]
    )


def anonymising(env):
    """Subjects with all their rows, texts and messages."""
    Model = env[SUBJECT].sudo()
    today = env["township.calendar.day"]._today()
    subjects = Model.search([("state", "=", "released")], limit=ANONYMISED, order="id")
    with undone(env):
        env.cr.execute(
            """UPDATE township_correction_subject
                  SET retention_start_date = %(day)s, retention_date = %(day)s,
                      retention_released_date = %(day)s, retention_released_by_id = user_id
                WHERE id = ANY(%(ids)s)""",
            {"day": today - timedelta(days=1), "ids": subjects.ids},
        )
        env.invalidate_all()
        rows = sum(len(part) for part in subjects._owned_rows())
        done = []
        seconds, queries = best(env, lambda: done.append(subjects._anonymise()), 1)
        assert done[0] == subjects, f"{len(done[0])} anonymised"
    return Figure(
        f"correction: {ANONYMISED} subjects anonymised ({rows:,} rows, {queries} queries)",
        milliseconds(seconds),
        f"{seconds / rows * 1e6:,.0f} µs / row",
        None,
        "",
        None,
    )


# ----------------------------------------------------------------------
# Statistics
# ----------------------------------------------------------------------


def statistics(env):
    """The table of a quarter, against the same counts by bare SQL."""
    today = env["township.calendar.day"]._today()
    with undone(env):
        table = env[STATISTICS].create({"period": "quarter", "date_from": today})
        statements = []
        with watched(env, ON_SUBJECTS, statements):
            table._rows()
        (asked, queries), (base, _same) = compete(
            env, table._rows, lambda: bare_counts(env, table), repeats=25
        )
    name = f"correction: statistics of a quarter ({queries} queries)"
    return [
        Figure.limit(f"{name}, SQL on subjects", len(statements), STATISTICS_AXES, "statements"),
        Figure.at_most(f"{name}, against bare SQL", asked, base, 3),
    ]


def bare_counts(env, table):
    """The counts of subjects and of aftercare, one statement for each date."""
    values = {
        "company": table.company_id.id,
        "first": table._first_day(),
        "last": table.date_to,
    }
    for condition in (
        "reported_date <= %(last)s AND (ended_date IS NULL OR ended_date > %(last)s)",
        "reported_date BETWEEN %(first)s AND %(last)s",
        "ended_date BETWEEN %(first)s AND %(last)s AND reported_date IS NOT NULL",
        "entrusted_date BETWEEN %(first)s AND %(last)s AND state <> 'draft'",
    ):
        env.cr.execute(
            "SELECT category, state, count(*) FROM township_correction_subject"
            f" WHERE company_id = %(company)s AND NOT is_minor AND {condition} GROUP BY 1, 2",
            values,
        )
        env.cr.fetchall()
    for day in ("release_date", "hand_over_date"):
        env.cr.execute(
            "SELECT state, count(*) FROM township_aftercare WHERE company_id = %(company)s"
            f" AND NOT is_minor AND {day} BETWEEN %(first)s AND %(last)s GROUP BY 1",
            values,
        )
        env.cr.fetchall()
