from datetime import timedelta

from odoo.tests import HttpCase, tagged
from odoo.tools import file_open

from ..common import TownshipCase

SAMPLE = "township_governance/tests/data/township_ledger_2026.xls"


class TourCase(HttpCase, TownshipCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.centre = cls.env["township.unit"].create(
            {"name": "槐荫镇综治中心", "kind": "centre", "company_id": cls.company.id}
        )

    def make_overdue_case(self):
        """:return: an assigned case of the officer, four days overdue"""
        case = self.make_case(unit_id=self.unit.id, user_id=self.officer.id)
        case.action_register()
        case.action_assign()
        today = self.env["township.calendar.day"]._today()
        case.sudo().clock_ids._deadline_extend(today - timedelta(days=4))
        return case


@tagged("post_install", "-at_install")
class TestPhoneTours(TourCase):
    """The daily paths of a grid worker, on a phone 390 pixels wide."""

    browser_size = "390x844"
    touch_enabled = True

    def test_report_a_dispute(self):
        self.start_tour("/odoo/township-report", "township_report_dispute", login="test_reporter")
        case = self.env["township.case"].search([("reporter_id", "=", self.reporter.id)])
        self.assertEqual(len(case), 1)
        self.assertEqual((case.state, case.risk), ("registered", "orange"))
        self.assertEqual(case.grid_id, self.grid)
        self.assertEqual(case.party_ids.mapped("name"), ["张三", "李四"])
        photo = self.env["ir.attachment"].search(
            [("res_model", "=", "township.case"), ("res_id", "=", case.id)]
        )
        self.assertEqual(photo.mimetype, "image/jpeg")

    def test_settle_on_the_spot_and_confirm_it(self):
        self.start_tour("/odoo/township-report", "township_settle_on_spot", login="test_reporter")
        case = self.env["township.case"].search([("reporter_id", "=", self.reporter.id)])
        self.assertEqual(case.settlement_state, "pending")
        self.browser_size, self.touch_enabled = "1366x768", False
        self.start_tour("/odoo/township-today", "township_confirm_settlement", login="test_officer")
        case.invalidate_recordset()
        self.assertEqual((case.state, case.settlement_state), ("closed", "confirmed"))


@tagged("post_install", "-at_install")
class TestDeskTours(TourCase):
    """The daily paths of officer and director, on a desk."""

    def test_work_through_an_overdue_case_from_the_home_screen(self):
        case = self.make_overdue_case()
        self.start_tour("/odoo/township-today", "township_overdue_from_home", login="test_officer")
        case.invalidate_recordset()
        self.assertEqual((case.state, case.deadline_state), ("closed", "missed"))

    def test_overdue_board(self):
        case = self.make_overdue_case()
        self.make_case(unit_id=self.village.id).action_register()
        self.start_tour("/odoo/township-board", "township_overdue_board", login="test_director")
        kind = self.env.ref("township_governance.mail_act_case_reminder")
        given = self.env["mail.activity"].search([("activity_type_id", "=", kind.id)])
        self.assertEqual(given.mapped("res_id"), case.ids)

    def test_import_the_sample(self):
        with file_open(SAMPLE, "rb") as sample:
            self.env["ir.attachment"].create(
                {
                    "name": "township_ledger_2026.xls",
                    "raw": sample.read(),
                    "url": "/township_test_ledger.xls",
                    "public": True,
                }
            )
        action = self.env.ref("township_governance.township_ledger_import_action")
        self.start_tour(
            f"/odoo/action-{action.id}", "township_import_ledger", login="test_officer", timeout=180
        )
        imported = self.env["township.case"].search_count([("company_id", "=", self.company.id)])
        self.assertEqual(imported, 140)
