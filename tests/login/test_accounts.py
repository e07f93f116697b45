import base64
import io
import logging
from unittest.mock import patch

import xlsxwriter

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.township_governance.models.login.res_users import READABLE_ALPHABET

from ..common import TownshipCase

_logger = logging.getLogger(__name__)

RENDER = "odoo.addons.base.models.ir_actions_report.IrActionsReport._render_qweb_pdf"
LIST = """某镇网格员花名册,,,
序号,姓名,手机号,岗位,所属网格
1,甄一,13800001001,网格员,{grid}
2,甄 二,138-0000-1002,调解员,{village}
3,甄三,13800001003,,
4,甄四,1380000100,网格员,
5,,13800001005,网格员,
6,甄六,13800001006,网格员,无此村
7,甄七,13800001007,神仙,
8,甄八,13800001001,网格员,
合计,,8人,,
"""


@tagged("post_install", "-at_install")
class TestAccounts(TownshipCase):
    def wizard(self, user=None, **vals):
        return self.env["township.account.create"].with_user(user or self.director).create(vals)

    def filled(self, text=None, filename="名单.csv", **vals):
        text = text or LIST.format(grid=self.grid.name, village=self.village.name)
        wizard = self.wizard(
            source="ledger", data=base64.b64encode(text.encode()), filename=filename, **vals
        )
        wizard.action_fill()
        return wizard

    def one(self, role="reporter", user=None, phone="13800002001"):
        wizard = self.wizard(user, role="reporter")
        wizard.line_ids = [Command.create({"name": "甄单", "phone": phone, "role": role})]
        return wizard

    def slips(self, wizard):
        """Print the slips without wkhtmltopdf; return what stands on them."""
        token = wizard.action_print_slips()["url"].rpartition("/")[2]
        with patch(RENDER, return_value=(b"%PDF", "pdf")) as render:
            wizard._take_slips(token)
        return render.call_args.kwargs["data"]["slips"]

    # What a list becomes

    def test_a_staff_list_is_read_with_a_reason_for_every_row_refused(self):
        wizard = self.filled()
        lines = wizard.line_ids
        self.assertEqual(lines.mapped("name")[:3], ["甄一", "甄二", "甄三"])
        self.assertEqual(lines[1].phone, "13800001002")
        self.assertEqual(lines.mapped("role")[:3], ["reporter", "mediator", "reporter"])
        self.assertEqual(lines[0].grid_id, self.grid)
        self.assertEqual(lines[1].unit_id, self.village)
        self.assertEqual(
            [bool(line.problem) for line in lines],
            [True, False, False, True, True, True, True, True],
        )
        self.assertEqual(wizard.ready_count, 2)
        self.assertEqual(wizard.problem_count, 6)

    def test_an_xlsx_with_phones_turned_into_numbers(self):
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["姓名", "联系电话"])
            sheet.write_row(1, 0, ["甄甲", 13800003001])
        wizard = self.wizard(
            source="ledger", data=base64.b64encode(stream.getvalue()), filename="a.xlsx"
        )
        wizard.action_fill()
        self.assertEqual(wizard.line_ids.phone, "13800003001")
        self.assertFalse(wizard.line_ids.problem)

    def test_a_file_that_is_no_list_is_refused_in_words(self):
        for data in (b"", b"\x89PNG\r\n\x1a\n", b"a,b\n1,2\n", b"PK\x03\x04broken"):
            with self.subTest(data=data), self.assertRaises(UserError):
                wizard = self.wizard(source="ledger", data=base64.b64encode(data))
                wizard.action_fill()

    def test_grids_units_and_mediators_without_account_are_proposed(self):
        grid = self.grid.copy({"name": "空网格", "worker_ids": False})
        wizard = self.wizard(source="grid")
        wizard.action_fill()
        self.assertIn(grid, wizard.line_ids.grid_id)
        mediator = self.env["township.mediator"].create({"name": "甄媒", "phone": "13800004001"})
        wizard = self.wizard(source="mediator")
        wizard.action_fill()
        line = wizard.line_ids.filtered(lambda line: line.mediator_id == mediator)
        self.assertEqual((line.name, line.phone, line.role), ("甄媒", "13800004001", "mediator"))
        wizard.action_create()
        self.assertEqual(mediator.user_id.login, "13800004001")

    # What an account is

    def test_an_account_has_its_role_language_zone_and_home_and_no_password(self):
        wizard = self.filled()
        mails = self.env["mail.mail"].search_count([])
        wizard.action_create()
        self.assertEqual(wizard.created_count, 2)
        user = wizard.line_ids[1].user_id
        self.assertEqual(user.login, "13800001002")
        self.assertTrue(user.has_group("township_governance.group_mediator"))
        self.assertFalse(user.has_group("township_governance.group_officer"))
        self.assertEqual(user.tz, "Asia/Shanghai")
        self.assertEqual(user.company_ids, self.director.company_id)
        self.assertEqual(user.notification_type, "inbox")
        self.assertTrue(user.sudo().township_must_change_password)
        self.assertFalse(user._township_password_hash())
        self.assertIn(user, self.village.user_ids)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_existing_logins_are_left_alone_and_reported(self):
        existing = self.env["res.users"].create(
            {"name": "早有", "login": "13800001002", "active": False}
        )
        before = existing.read()
        wizard = self.filled()
        self.assertIn("13800001002", wizard.line_ids[1].phone)
        self.assertTrue(wizard.line_ids[1].problem)
        wizard.action_create()
        self.assertEqual(existing.read(), before)

    def test_five_hundred_accounts_in_one_go(self):
        rows = "\n".join(f"甄{number},139{number:08d},网格员" for number in range(500))
        wizard = self.filled("姓名,手机号,角色\n" + rows)
        wizard.action_create()
        self.assertEqual(wizard.created_count, 500)
        slips = self.slips(wizard)
        self.assertEqual(len({slip["password"] for slip in slips}), 500)

    # Slips

    def test_a_slip_carries_a_readable_password_that_is_stored_nowhere(self):
        wizard = self.one()
        wizard.action_create()
        with self.assertLogs(level="DEBUG") as logs:
            _logger.debug("assertLogs wants at least one line")
            [slip] = self.slips(wizard)
        password = slip["password"]
        self.assertLessEqual(set(password), set(READABLE_ALPHABET))
        self.assertNotIn(password, "\n".join(logs.output))
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND data_type IN ('character varying', 'text') "
            "AND (table_name LIKE 'township_account%' OR table_name IN "
            "('res_users', 'res_partner', 'township_access_log', 'ir_logging', 'mail_message'))"
        )
        for table, column in self.env.cr.fetchall():
            self.env.cr.execute(
                f'SELECT 1 FROM "{table}" WHERE "{column}" LIKE %s', [f"%{password}%"]
            )
            self.assertFalse(self.env.cr.fetchone(), f"{table}.{column}")

    def test_the_address_of_the_slips_works_once_and_printing_again_voids_the_first(self):
        wizard = self.one()
        wizard.action_create()
        token = wizard.action_print_slips()["url"].rpartition("/")[2]
        with patch(RENDER, return_value=(b"%PDF", "pdf")):
            with self.assertRaises(AccessError):
                wizard._take_slips("forged")
            wizard._take_slips(token)
            with self.assertRaises(AccessError):
                wizard._take_slips(token)
        first = wizard.line_ids.user_id._township_password_hash()
        self.slips(wizard)
        self.assertNotEqual(wizard.line_ids.user_id._township_password_hash(), first)

    def test_no_slip_for_who_has_a_password_of_the_own(self):
        wizard = self.one()
        wizard.action_create()
        wizard.line_ids.user_id.sudo()._change_password("own password 1")
        with self.assertRaises(UserError):
            wizard.action_print_slips()

    def test_the_slips_are_a_pdf_of_eight_a_page(self):
        wizard = self.one()
        wizard.action_create()
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "township_governance.report_account_slip",
            wizard.ids,
            data={
                "slips": [
                    {"name": f"甄{i}", "place": "某村", "login": str(i), "password": "x"}
                    for i in range(9)
                ],
                "login_url": "http://example.org/web/login",
                "login_qr": "",
            },
        )
        self.assertEqual(html.decode().count('class="sheet'), 2)
        self.assertIn("首次登录须修改密码", html.decode())

    # Who may do what

    def test_only_a_director_or_the_administrator_makes_accounts(self):
        users = (
            self.reporter,
            self.mediator_user,
            self.officer,
            self.supervisor,
            self.auditor,
        )
        for user in users:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.wizard(user)

    def test_a_director_gives_no_role_above_or_beside_the_own(self):
        for role in ("supervisor", "auditor", "correction", "correction_minor", "base"):
            with self.subTest(role=role), self.assertRaises(UserError):
                self.one(role).action_create()
        self.one("director").action_create()

    def test_a_role_written_past_the_selection_is_refused_as_well(self):
        wizard = self.one()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE township_account_create_line SET role = 'auditor' WHERE id = %s",
            wizard.line_ids.ids,
        )
        self.env.invalidate_all()
        with self.assertRaises(UserError):
            wizard.action_create()

    def test_the_administrator_gives_every_township_role(self):
        admin = self.env.ref("base.user_admin")
        roles = self.env["township.account.create"].with_user(admin)._allowed_roles()
        self.assertEqual(len(roles), 8)
        wizard = self.one("auditor", user=admin)
        wizard.action_create()
        self.assertTrue(wizard.line_ids.user_id.has_group("township_governance.group_auditor"))

    def test_defaults_in_the_callers_context_do_not_reach_the_account(self):
        system = self.env.ref("base.group_system")
        wizard = self.one().with_context(
            default_group_ids=[Command.link(system.id)],
            default_role="group_system",
            default_company_ids=[Command.set(self.env["res.company"].search([]).ids)],
            default_active=False,
            default_password="known",
        )
        wizard.action_create()
        user = wizard.line_ids.user_id
        self.assertTrue(user.active)
        self.assertFalse(user.has_group("base.group_system"))
        self.assertFalse(user.has_group("base.group_erp_manager"))
        self.assertFalse(user._township_password_hash())

    def test_a_forged_account_on_a_row_gets_no_new_password(self):
        """A director who writes somebody's id into a row must not get that password."""
        admin = self.env.ref("base.user_admin")
        sleeping_admin = self.env["res.users"].create(
            {
                "name": "待登录管理员",
                "login": "sleeping",
                "group_ids": [Command.set(self.env.ref("base.group_system").ids)],
                "township_must_change_password": True,
            }
        )
        auditor = self.auditor.copy({"login": "auditor2", "township_must_change_password": True})
        for victim in (admin, sleeping_admin, self.officer, auditor, self.director):
            wizard = self.one()
            wizard.line_ids.user_id = victim
            before = victim._township_password_hash()
            with self.subTest(victim=victim.login), self.assertRaises(UserError):
                wizard.action_print_slips()
            self.assertEqual(victim._township_password_hash(), before)

    def test_another_director_does_not_open_the_list(self):
        wizard = self.one()
        other = self.director.copy({"login": "director2"})
        with self.assertRaises(AccessError):
            wizard.with_user(other).action_create()

    def test_another_township_is_out_of_reach(self):
        company = self.env["res.company"].create({"name": "另一乡镇"})
        wizard = self.one()
        wizard.company_id = company
        with self.assertRaises(AccessError):
            wizard.action_create()


@tagged("post_install", "-at_install")
class TestSlipsDownload(HttpCase, TownshipCase):
    def test_the_slips_come_once_to_their_maker(self):
        wizard = self.env["township.account.create"].with_user(self.director).create({})
        vals = {"name": "甄单", "phone": "13800002001", "role": "reporter"}
        wizard.line_ids = [Command.create(vals)]
        wizard.action_create()
        url = wizard.action_print_slips()["url"]
        self.authenticate(self.officer.login, self.officer.login)
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(url).status_code, 403)
        self.authenticate(self.director.login, self.director.login)
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(url).status_code, 403)
