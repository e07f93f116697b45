import base64

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import TownshipCase

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
    "rkJggg=="
)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 02:00:00")
class TestIntake(TownshipCase):
    """上报登记: what the phone form takes, and what it never takes."""

    def report(self, user=None, **values):
        Case = self.env["township.case"].with_user(user or self.reporter)
        return Case.intake(
            {
                "mode": "submit",
                "grid_id": self.grid.id,
                "type_id": self.type.id,
                "parties": [
                    {"name": "张三", "phone": "138 0000 1111"},
                    {"name": "李四", "phone": ""},
                ],
                "summary": "排水沟堵塞",
                "danger": False,
                "photos": [],
                **values,
            }
        )

    def case(self, answer):
        return self.env["township.case"].browse(answer["id"])

    def test_report_is_registered_with_number_and_says_who_takes_it_on(self):
        centre = self.env["township.unit"].create(
            {"name": "槐荫镇综治中心", "kind": "centre", "company_id": self.company.id}
        )
        answer = self.report()
        case = self.case(answer)
        self.assertEqual(answer["number"], case.number)
        self.assertTrue(case.number)
        self.assertEqual(answer["handler"], centre.name)
        self.assertEqual(answer["deadline"], case.deadline_date)
        self.assertEqual(case.state, "registered")
        self.assertEqual(case.reporter_id, self.reporter)
        self.assertEqual(case.village_id, self.village)
        self.assertEqual(case.party_ids.mapped("role"), ["applicant", "respondent"])
        self.assertEqual(case.party_ids[0].sudo().phone_full, "13800001111")
        self.assertEqual((case.source, case.risk), ("grid", "green"))

    def test_danger_rates_the_case(self):
        self.assertEqual(self.case(self.report(danger="red")).risk, "red")
        self.assertEqual(self.case(self.report(danger="orange")).risk, "orange")

    def test_settled_on_the_spot_waits_for_an_officer(self):
        answer = self.report(mode="settle", settlement="李四三天内清理排水沟")
        case = self.case(answer)
        self.assertTrue(answer["pending"])
        self.assertEqual(case.settlement_state, "pending")
        self.assertEqual(case.settlement, "李四三天内清理排水沟")
        with self.assertRaises(AccessError):
            case.with_user(self.reporter).action_confirm_settlement()
        case.with_user(self.officer).action_confirm_settlement()
        self.assertEqual((case.state, case.outcome), ("closed", "settled"))

    def test_a_mediator_settles_for_the_committee(self):
        case = self.case(self.report(self.mediator_user, mode="settle", settlement="各让一步"))
        self.assertEqual(case.committee_id, self.committee)
        self.assertEqual(case.mediator_id, self.mediator)
        self.assertEqual(case.source, "active")

    def test_a_draft_may_lack_nearly_everything(self):
        answer = self.report(mode="draft", type_id=False, grid_id=False, parties=[], summary="")
        self.assertEqual(answer["state"], "draft")
        self.assertEqual(answer["number"], "")

    def test_missing_pieces_are_named(self):
        for values, message in (
            ({"type_id": False}, "choose the type"),
            ({"grid_id": False}, "choose the grid"),
            ({"mode": "settle"}, "what was agreed"),
            ({"parties": [{"name": "", "phone": "13800001111"}]}, "phone without a name"),
            ({"parties": []}, "applicant"),
            ({"mode": "archive"}, "what to do"),
            ({"danger": "purple"}, "get worse"),
            ({"summary": "长" * 5001}, "5000"),
            ({"parties": [{"name": "甲"}] * 3}, "wrong form"),
            ({"summary": ["x"]}, "wrong form"),
            ({"type_id": 10**8}, "no longer there"),
            ({"type_id": "abc"}, "no longer there"),
            ({"parties": ["x"]}, "wrong form"),
        ):
            with self.subTest(**values), self.assertRaisesRegex(UserError, message):
                self.report(**values)

    def test_nothing_but_the_named_inputs_is_taken(self):
        case = self.case(
            self.report(
                state="closed",
                number="2026-99999",
                user_id=self.reporter.id,
                company_id=1,
                reporter_id=self.officer.id,
                date_received="2020-01-01",
                history=True,
                party_ids=[(5, 0, 0)],
                parties=[
                    {
                        "name": "张三",
                        "phone": "",
                        "id_number": "11010519491231002X",
                        "role": "third",
                    }
                ],
            )
        )
        self.assertEqual(case.state, "registered")
        self.assertNotEqual(case.number, "2026-99999")
        self.assertFalse(case.user_id or case.history)
        self.assertEqual(case.reporter_id, self.reporter)
        self.assertEqual(case.company_id, self.company)
        self.assertEqual(str(case.date_received), "2026-03-10")
        self.assertFalse(case.party_ids.sudo().id_number_full)
        self.assertEqual(case.party_ids.role, "applicant")

    def test_petitions_are_not_taken_in_the_field(self):
        petition = self.env["township.case.type"].search([("kind", "=", "petition")], limit=1)
        with self.assertRaisesRegex(UserError, "at the window"):
            self.report(type_id=petition.id)

    def test_grid_of_another_township_is_refused(self):
        other = self.env["res.company"].create({"name": "Second Township"})
        village = self.env["township.unit"].create(
            {"name": "远村", "kind": "village", "company_id": other.id}
        )
        grid = self.env["township.grid"].create(
            {"name": "远村一格", "unit_id": village.id, "company_id": other.id}
        )
        with self.assertRaisesRegex(UserError, "no longer there"):
            self.report(grid_id=grid.id)

    def test_photos_become_attachments_of_the_case(self):
        case = self.case(self.report(photos=[PIXEL, PIXEL]))
        photos = self.env["ir.attachment"].search(
            [("res_model", "=", "township.case"), ("res_id", "=", case.id)]
        )
        self.assertEqual(sorted(photos.mapped("mimetype")), ["image/png", "image/png"])
        self.assertEqual(len(set(photos.mapped("name"))), 2)

    def test_what_is_no_picture_is_refused_and_no_case_is_made(self):
        before = self.env["township.case"].search_count([])
        script = base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode()
        for photo in (script, "not base64!", 5, base64.b64encode(b"MZ").decode()):
            with self.subTest(photo=photo), self.assertRaisesRegex(UserError, "Photo 1"):
                self.report(photos=[photo])
        with self.assertRaisesRegex(UserError, "At most 9"):
            self.report(photos=[PIXEL] * 10)
        self.assertEqual(self.env["township.case"].search_count([]), before)

    def test_sending_again_after_a_lost_answer_makes_no_second_case(self):
        first = self.report(token="a1b2")
        self.assertEqual(self.report(token="a1b2"), first)
        self.assertNotEqual(self.report(token="c3d4")["id"], first["id"])
        other = self.report(self.officer, token="a1b2")
        self.assertNotEqual(other["id"], first["id"])

    def test_who_may_not_report(self):
        for user in (self.supervisor, self.auditor, self.correction):
            with self.assertRaises(AccessError):
                self.report(user)
        form = self.env["township.case"].with_user(self.supervisor).intake_form()
        self.assertFalse(form["may_report"])

    def test_form_offers_the_own_grid_first_and_chosen(self):
        self.env["township.grid"].create(
            {"name": "东沟村第二网格", "unit_id": self.village.id, "company_id": self.company.id}
        )
        form = self.env["township.case"].with_user(self.reporter).intake_form()
        self.assertEqual(form["grid"], self.grid.id)
        self.assertEqual([grid["mine"] for grid in form["grids"]], [True, False])

    def test_of_several_own_grids_the_last_used_is_chosen(self):
        second = self.grid.copy({"name": "东沟村第二网格", "worker_ids": self.reporter.ids})
        Case = self.env["township.case"].with_user(self.reporter)
        self.assertFalse(Case.intake_form()["grid"])
        self.report(grid_id=second.id)
        self.assertEqual(Case.intake_form()["grid"], second.id)

    def test_six_most_used_types_of_the_township_come_first(self):
        Type = self.env["township.case.type"]
        used = Type.search([("kind", "=", "mediation"), ("parent_id", "=", False)])[-1]
        for _count in range(2):
            self.make_case(type_id=used.id)
        form = self.env["township.case"].with_user(self.reporter).intake_form()
        self.assertEqual(form["top"][0], used.id)
        self.assertEqual(len(form["top"]), 6)
        kinds = Type.browse(each["id"] for each in form["types"]).mapped("kind")
        self.assertEqual(set(kinds), {"mediation", "hazard"})
