from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.township_governance.tests.common import TownshipCase

from .test_case_attacks import rpc

ACCEPTANCE = "township_governance.report_case_acceptance"
LEDGER = "township_governance.report_case_ledger"
ROLES = (
    "reporter",
    "reporter_other",
    "mediator_user",
    "officer",
    "director",
    "supervisor",
    "auditor",
    "correction",
    "administrator",
)
# case -> verb -> roles that may (design 6). "-": nobody else.
MATRIX = {
    # made by `reporter` in his grid, still a draft
    "own_draft": {
        "read": {"reporter", "officer", "director", "supervisor"},
        "write": {"reporter", "officer", "director"},
        "unlink": {"officer", "director"},
    },
    # made by the officer, in the grid of `reporter`, nobody assigned
    "next_door": {
        "read": {"officer", "director", "supervisor"},
        "write": {"officer", "director"},
        "unlink": set(),
    },
    # referred to the village whose staff is `reporter_other`
    "referred": {
        "read": {"reporter_other", "officer", "director", "supervisor"},
        "write": {"officer", "director"},
        "unlink": set(),
    },
    # of the committee of `mediator_user`
    "committee": {
        "read": {"mediator_user", "officer", "director", "supervisor"},
        "write": {"mediator_user", "officer", "director"},
        "unlink": set(),
    },
    # the same, closed
    "closed": {
        "read": {"mediator_user", "officer", "director", "supervisor"},
        "write": {"officer", "director"},
        "unlink": set(),
    },
    # a petition referred to the village, handled by `mediator_user`
    "petition": {
        "read": {"mediator_user", "officer", "director", "supervisor"},
        "write": {"mediator_user", "officer", "director"},
        "unlink": set(),
    },
    # an accusation of the unit whose head is the director
    "accusation": {
        "read": {"officer", "supervisor"},
        "write": {"officer"},
        "unlink": set(),
    },
}


def found(case, user, method, *args, **kwargs):
    """:return: what a call on the cases of that id answers"""
    return rpc(case.browse(), user, method, [("id", "=", case.id)], *args, **kwargs)


def rendered(case, user, report):
    Report = case.env["ir.actions.report"].with_user(user)
    return Report._render_qweb_html(report, case.ids)[0]


def exported(case, user):
    Export = case.env["township.case.export"].with_user(user)
    return Export.create({"record_ids": case.ids}).action_export()


# way -> function(case, user): something that holds the case, or nothing, or AccessError
WAYS_TO_READ = {
    "rpc read": lambda case, user: rpc(case, user, "read", ["name"]),
    "rpc web_read": lambda case, user: rpc(case, user, "web_read", {"name": {}}),
    "rpc search": lambda case, user: found(case, user, "search"),
    "rpc search_count": lambda case, user: found(case, user, "search_count"),
    "rpc search_read": lambda case, user: found(case, user, "search_read", ["name"]),
    "rpc web_search_read": lambda case, user: found(case, user, "web_search_read", {"name": {}})[
        "records"
    ],
    "rpc formatted_read_group": lambda case, user: found(
        case, user, "formatted_read_group", ["state"], ["__count"]
    ),
    "rpc web_read_group": lambda case, user: found(case, user, "web_read_group", ["kind"])[
        "groups"
    ],
    "rpc name_search": lambda case, user: [
        row for row in rpc(case.browse(), user, "name_search", "王") if row[0] == case.id
    ],
    "export": lambda case, user: rpc(case, user, "export_data", ["name"])["datas"],
    "export of parties": lambda case, user: rpc(case, user, "export_data", ["party_ids/name"])[
        "datas"
    ],
    "print of a form": lambda case, user: rendered(case, user, ACCEPTANCE),
    "print of the ledger": lambda case, user: rendered(case, user, LEDGER),
    "workbook of the ledger": exported,
    "chatter": lambda case, user: rpc(
        case.env["mail.message"],
        user,
        "search",
        [("model", "=", case._name), ("res_id", "=", case.id)],
    ),
    "rows": lambda case, user: rpc(
        case.env["township.case.party"], user, "search", [("case_id", "=", case.id)]
    ),
}
WAYS_TO_WRITE = {
    "rpc write": lambda case, user: rpc(case, user, "write", {"risk": "red"}),
    "rpc web_save": lambda case, user: rpc(case, user, "web_save", {"risk": "red"}, {}),
    "load": lambda case, user: loaded(case, user),
}
WAYS_TO_DELETE = {"rpc unlink": lambda case, user: rpc(case, user, "unlink")}


def loaded(case, user):
    """Import of Odoo itself, over an existing record."""
    rows = [[str(case.id), "red"]]
    result = rpc(case.browse(), user, "load", [".id", "risk"], rows)
    if not result["ids"]:
        raise AccessError("load")
    return result["ids"]


@tagged("post_install", "-at_install")
class TestCaseRights(TownshipCase):
    """The table of design section 6, each role and verb, through every way in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        petition_type = cls.env.ref("township_governance.case_type_p01").id
        cls.cases = {
            "own_draft": cls.make_case(user=cls.reporter),
            "next_door": cls.make_case(grid_id=cls.grid.id),
            "referred": cls.make_case(unit_id=cls.village.id),
            "committee": cls.make_case(committee_id=cls.committee.id),
            "closed": cls.make_handling_case(user_id=cls.officer.id),
            "petition": cls.make_case(
                kind="petition",
                type_id=petition_type,
                unit_id=cls.village.id,
                user_id=cls.mediator_user.id,
            ),
            "accusation": cls.make_case(
                kind="petition",
                type_id=petition_type,
                purpose="accusation",
                complained_unit_id=cls.unit.id,
            ),
        }
        cls.unit.leader_id = cls.director
        for name, case in cls.cases.items():
            if name not in ("own_draft", "closed"):
                case.action_register()
        cls.cases["closed"].write({"outcome": "settled", "settlement": "和解"})
        cls.cases["closed"].action_close()
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _users(self):
        return {role: getattr(self, role) for role in ROLES}

    def test_matrix_of_verbs(self):
        for name, verbs in MATRIX.items():
            for verb, allowed in verbs.items():
                for role, user in self._users().items():
                    with self.subTest(case=name, verb=verb, role=role):
                        case = self.cases[name].with_user(user)
                        self.assertEqual(case.has_access(verb), role in allowed)

    def _may(self, way, case, user):
        """:return: ``bool``, whether this way gives the user the case; what it did is undone"""
        savepoint = self.env.cr.savepoint()
        try:
            answer = way(case, user)
            self.env.flush_all()
            return bool(answer)
        except UserError:
            return False
        finally:
            savepoint.rollback()
            self.env.invalidate_all()

    def test_matrix_through_every_way(self):
        """Each role, each verb, by RPC, search, grouping, export and print: one table."""
        # Odoo exports for this group only, which no role of the township has: given here, so that
        # the rules of the cases answer.
        self.env.ref("base.group_user").implied_ids += self.env.ref("base.group_allow_export")
        table = (("read", WAYS_TO_READ), ("write", WAYS_TO_WRITE), ("unlink", WAYS_TO_DELETE))
        for verb, ways in table:
            for way, call in ways.items():
                for name, case in self.cases.items():
                    wanted = MATRIX[name][verb]
                    if way == "print of a form" and case.kind != "mediation":
                        wanted = set()  # the form is no paper of this kind
                    got = {
                        role for role, user in self._users().items() if self._may(call, case, user)
                    }
                    with self.subTest(verb=verb, way=way, case=name):
                        self.assertEqual(got, wanted)

    def test_matrix_of_creating(self):
        """Reporters and above make cases, in their own name; nobody else does."""
        vals = {"summary": "x", "type_id": self.type.id}
        for role, user in self._users().items():
            with self.subTest(role=role):
                for method, args in (("create", [[vals]]), ("web_save", [vals, {}])):
                    records = self.env["township.case"]

                    def way(case, user, method=method, args=args):
                        ids = [[]] if method == "web_save" else []
                        return rpc(case, user, method, *ids, *args)

                    makes = role not in ("supervisor", "auditor", "correction", "administrator")
                    self.assertEqual(self._may(way, records, user), makes)

    def test_search_group_count_and_name_show_no_more_than_read(self):
        ids = [case.id for case in self.cases.values()]
        for role, user in self._users().items():
            with self.subTest(role=role):
                Case = self.env["township.case"].with_user(user)
                readable = {name for name in MATRIX if role in MATRIX[name]["read"]}
                wanted = {self.cases[name].id for name in readable}
                if not Case.has_access("read"):
                    for call in (
                        lambda Case=Case: Case.search([("id", "in", ids)]),
                        lambda Case=Case: Case.search_count([]),
                        lambda Case=Case: Case.formatted_read_group([], ["state"], ["__count"]),
                        lambda Case=Case: Case.name_search("王"),
                        lambda Case=Case: Case.browse(ids).read(["display_name"]),
                    ):
                        with self.assertRaises(AccessError):
                            call()
                    continue
                self.assertEqual(set(Case.search([("id", "in", ids)]).ids), wanted)
                self.assertEqual(Case.search_count([("id", "in", ids)]), len(wanted))
                groups = Case._read_group([("id", "in", ids)], ["state"], ["__count"])
                self.assertEqual(sum(count for _state, count in groups), len(wanted))
                found = {row[0] for row in Case.name_search("王", [("id", "in", ids)])}
                self.assertLessEqual(found, wanted)
                parties = self.env["township.case.party"].with_user(user)
                found = parties.search([("case_id", "in", ids)]).sudo().case_id
                self.assertEqual(set(found.ids), wanted)
                groups = parties._read_group([("case_id", "in", ids)], ["case_id"])
                self.assertEqual({case.id for (case,) in groups}, wanted)

    def test_rows_of_a_case_follow_it(self):
        party = self.cases["next_door"].sudo().party_ids[0]
        for role, user in self._users().items():
            with self.subTest(role=role):
                mine = party.with_user(user)
                allowed = role in MATRIX["next_door"]["read"]
                self.assertEqual(mine.has_access("read"), allowed)
                self.assertEqual(mine.has_access("write"), role in MATRIX["next_door"]["write"])
                if not allowed:
                    with self.assertRaises(AccessError):
                        mine.read(["name"])
        with self.assertRaises(AccessError):
            party.with_user(self.reporter).create(
                {"case_id": self.cases["next_door"].id, "name": "冒充"}
            )

    def test_brief_shows_own_grids_without_names(self):
        Brief = self.env["township.case.brief"]
        case = self.cases["next_door"]
        self.assertIn(case.id, Brief.with_user(self.reporter).search([]).ids)
        self.assertNotIn(case.id, Brief.with_user(self.reporter_other).search([]).ids)
        self.assertFalse({"name", "summary", "party_ids"} & set(Brief._fields))

    def test_each_action_by_each_role(self):
        allowed = {
            "action_accept": {"officer", "director"},
            "action_assign": {"officer", "director"},
            "action_archive_file": {"officer", "director"},
            "action_reject": {"officer", "director"},
            "action_transfer": {"officer", "director"},
            "action_reopen": {"director"},
            "action_confirm_settlement": {"officer", "director"},
            "action_handle": {"mediator_user", "officer", "director"},
            "action_close": {"mediator_user", "officer", "director"},
            "action_withdraw": {"mediator_user", "officer", "director"},
        }
        case = self.cases["committee"]
        for name, roles in allowed.items():
            for role, user in self._users().items():
                if role in roles:
                    continue
                with self.subTest(action=name, role=role), self.assertRaises(AccessError):
                    getattr(case.with_user(user), name)()

    def test_reporter_cannot_register_what_he_may_not_write(self):
        case = self.make_case(settlement="和解")
        for name in ("action_register", "action_settle_on_spot"):
            with self.assertRaises(AccessError):
                getattr(case.with_user(self.reporter), name)()

    def test_reporter_cannot_put_another_in_his_place(self):
        with self.assertRaises(AccessError):
            self.make_case(user=self.reporter, reporter_id=self.officer.id)

    def test_new_member_sees_at_once_and_old_member_no_longer(self):
        case = self.cases["referred"]
        self.assertFalse(case.with_user(self.reporter).has_access("read"))
        self.village.user_ids = self.reporter
        self.assertTrue(case.with_user(self.reporter).has_access("read"))
        self.assertFalse(case.with_user(self.reporter_other).has_access("read"))

    def test_other_township_sees_nothing(self):
        other = self.env["res.company"].create({"name": "Other Township"})
        officer = self._make_user("officer", "officer_elsewhere")
        officer.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        for case in self.cases.values():
            self.assertFalse(case.with_user(officer).has_access("read"))
