"""Creating 2,000 cases with two parties each, against the tickets of a helpdesk addon.

Every case ends with its creation message, its handler as follower and an activity for him.
A ticket of ``helpdesk_mgmt`` tells its user by mail; "notifications off" spares it that.
"""

import itertools
import os

from odoo import Command, api

from .measure import Figure, as_user, best, undone

RECORDS = 2000
PROBE = 200  # the further queries of a further case are counted between these two sizes
COMPARED = "helpdesk_mgmt"


def figures(bench):
    """:return: ``list`` of figures of creation"""
    own = Own(bench)
    seconds, queries = own.run(RECORDS)
    _seconds, few = own.run(PROBE)
    speed = RECORDS / seconds
    further = (queries - few) / (RECORDS - PROBE)
    found = [Figure.limit("create: further queries per further case", further, 0.1, "queries")]
    other = Compared.install(bench)
    if not other:
        return [*found, Figure("create: 2,000 cases", f"{speed:,.0f} / s", "", None, "", None)]
    for label, context, limit in (
        ("as it is", {}, 5),
        ("notifications off", {"mail_auto_subscribe_no_notify": True}, 2),
    ):
        name = f"create: cases against {COMPARED}, {label}"
        base = RECORDS / other.run(RECORDS, context)[0]
        found.append(Figure.at_least(name, speed, base, limit, "/ s"))
    return found


class Own:
    """Cases reported by the officer for the mediators of the township."""

    def __init__(self, bench):
        self.bench = bench
        self.env = as_user(bench.env, bench.officer)
        company = bench.company
        mediators = bench.env["township.mediator"].search([("company_id", "=", company.id)])
        grids = bench.env["township.grid"].search([("company_id", "=", company.id)])
        self.type = bench.env["township.case.type"].search([("kind", "=", "mediation")], limit=1)
        self.mediators = itertools.cycle(mediators)
        self.grids = itertools.cycle(grids)

    def values(self, number):
        """:return: ``dict`` of one mediation between two persons"""
        mediator, grid = next(self.mediators), next(self.grids)
        return {
            "kind": "mediation",
            "type_id": self.type.id,
            "summary": f"双方因{number}号地块排水沟堵塞发生争执。",
            "grid_id": grid.id,
            "mediator_id": mediator.id,
            "committee_id": mediator.committee_id.id,
            "user_id": mediator.user_id.id,
            "party_ids": [
                Command.create(
                    {"name": "王伟强", "role": "applicant", "phone": f"{13000000000 + number}"}
                ),
                Command.create({"name": "刘芳", "role": "respondent"}),
            ],
        }

    def run(self, count):
        """:return: (seconds, queries) of creating ``count`` cases in one call"""
        vals_list = [self.values(number) for number in range(count)]
        Case = self.env["township.case"]

        def create():
            with undone(self.env):
                Case.create(vals_list)

        with undone(self.env):  # which also warms what every worker has warm
            self.check(Case.create(vals_list[:10]))
        return best(self.env, create)

    def check(self, cases):
        """Every case has its message, its follower and its activity, and no mail waits."""
        for case in cases.sudo():
            assert case.message_ids, "no creation message"
            assert case.user_id.partner_id in case.message_partner_ids, "handler follows not"
            assert case.activity_ids.user_id == case.user_id, "handler is not told"
        mails = self.bench.env["mail.mail"].search_count([("model", "=", "township.case")])
        assert not mails, "a mail waits"


class Compared:
    """Tickets of the helpdesk addon, of a team whose members are the same users."""

    def __init__(self, bench, env):
        self.env = env
        officer = env["res.users"].browse(bench.officer.id)
        self.company = officer.company_id
        handlers = env["township.mediator"].search([("company_id", "=", self.company.id)]).user_id
        handlers = env["res.users"].browse(handlers.ids)
        self.team = env["helpdesk.ticket.team"].create(
            {
                "name": "Bench",
                "company_id": self.company.id,
                "user_ids": [Command.set((officer + handlers).ids)],
            }
        )
        self.handlers = handlers
        officer.group_ids += env.ref("helpdesk_mgmt.group_helpdesk_manager")
        env.flush_all()
        env.registry.clear_cache()
        self.user_env = as_user(env, officer)

    @classmethod
    def install(cls, bench):
        """:return: ``Compared``, or ``None`` when the addon cannot be had"""
        if not os.environ.get("TOWNSHIP_BENCH_COMPARED"):
            return None
        cr = bench.env.cr
        modules = bench.env["ir.module.module"]
        module = modules.search([("name", "=", COMPARED)])
        if not module:
            modules.update_list()
            module = modules.search([("name", "=", COMPARED)])
        if module.state != "installed":
            print(f"[bench] installing {COMPARED} to compare with", flush=True)
            module.button_immediate_install()
        env = api.Environment(cr, bench.env.uid, dict(bench.env.context))
        return cls(bench, env)

    def run(self, count, context):
        """:return: (seconds, queries) of creating ``count`` tickets in one call"""
        vals_list = [
            {
                "name": f"排水沟堵塞 {number}",
                "description": "<p>双方因排水沟堵塞发生争执。</p>",
                "team_id": self.team.id,
                "user_id": self.handlers[number % len(self.handlers)].id,
                "company_id": self.company.id,
                "partner_name": "王伟强",
            }
            for number in range(count)
        ]
        Ticket = self.user_env["helpdesk.ticket"].with_context(**context)

        def create():
            with undone(self.env):
                Ticket.create(vals_list)

        with undone(self.env):
            Ticket.create(vals_list[:20])
        return best(self.env, create, 1 if not context else 2)
