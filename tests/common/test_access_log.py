from unittest.mock import PropertyMock, patch

from freezegun import freeze_time
from psycopg2.errors import ReadOnlySqlTransaction

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.township_governance.tests.common import TownshipCase

from .throwaway import add_throwaway_model


@tagged("post_install", "-at_install")
class TestAccessLog(TownshipCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.log = cls.env["township.access.log"]
        cls.partners = cls.env["res.partner"].create(
            [{"name": f"甲{i}", "company_id": cls.company.id} for i in range(3)]
        )

    def write_row(self, **kwargs):
        return self.log.with_user(self.officer)._log("print", self.partners, **kwargs)

    def test_one_row_per_call(self):
        with self.assertQueryCount(4):
            row = self.write_row(reason="归档", fields=["name", "phone"], detail="案件卷宗")
        row = row.sudo()
        self.assertEqual(len(row), 1)
        self.assertEqual(row.user_id, self.officer)
        self.assertEqual(row.company_id, self.company)
        self.assertEqual((row.res_model, row.res_ids), ("res.partner", self.partners.ids))
        self.assertEqual(row.record_count, 3)
        self.assertEqual(row.field_names, "name, phone")
        self.assertEqual(row.record_labels, ", ".join(f"#{id_}" for id_ in self.partners.ids))

    def test_each_township_gets_its_own_row(self):
        other = self.env["res.company"].create({"name": "柳河镇"})
        self.partners[1].company_id = other
        rows = self.write_row().sudo()
        self.assertEqual(sorted(rows.mapped("record_count")), [1, 2])
        self.assertEqual(rows.company_id, self.company | other)

    def test_long_lists_are_counted_not_named(self):
        partners = self.env["res.partner"].create([{"name": "甲"} for _i in range(30)])
        row = self.log._log("export", partners)
        self.assertEqual(row.record_count, 30)
        self.assertTrue(row.record_labels.endswith("…"))
        self.assertEqual(row.record_labels.count("#"), 20)

    def test_only_the_auditor_reads(self):
        row = self.write_row()
        others = self.reporter + self.officer + self.director + self.supervisor
        for user in others + self.administrator:
            for ask in (
                lambda log: log.search([]),
                lambda log: log._read_group([], ["user_id"]),
                lambda log, row=row: log.browse(row.id).read(["reason"]),
                lambda log: log.search_count([]),
            ):
                with self.assertRaises(AccessError):
                    ask(self.log.with_user(user))
        self.assertIn(row, self.log.with_user(self.auditor).search([]))

    def test_the_auditor_reads_own_townships_only(self):
        other = self.env["res.company"].create({"name": "柳河镇"})
        self.partners.company_id = other
        row = self.write_row()
        self.assertNotIn(row, self.log.with_user(self.auditor).search([]))

    def test_append_only_for_everybody(self):
        row = self.write_row()
        forged = {"_force_unlink": True, "township_access_log_key": True}
        for log in (row.with_user(self.auditor), row.sudo(), row.sudo().with_context(**forged)):
            for attempt in (
                lambda log: log.write({"reason": "x"}),
                lambda log: log.copy(),
                lambda log: log.unlink(),
                lambda log: log.create({"action": "view", "res_model": "x"}),
            ):
                with self.assertRaises(UserError):
                    attempt(log)
            self.assertFalse(log.load(["action", "res_model"], [["view", "x"]])["ids"])
        self.assertEqual(row.sudo().exists(), row)
        self.assertFalse(row.sudo().reason)

    def test_retention_removes_only_what_is_older(self):
        setting = self.env["ir.config_parameter"]
        with freeze_time("2020-01-01"):
            old = self.write_row()
        with freeze_time("2026-01-01"):
            young = self.write_row()
        with freeze_time("2026-06-30"):
            setting.set_param("township_governance.access_log_days", "0")
            self.log._gc_access_log()
            self.assertTrue(old.sudo().exists())
            # Less than the law's six months is not possible.
            setting.set_param("township_governance.access_log_days", "1")
            done, remaining = self.log._gc_access_log()
        self.assertFalse(old.sudo().exists())
        self.assertTrue(young.sudo().exists())
        self.assertGreaterEqual(done, 1)
        self.assertEqual(remaining, 0)

    def test_a_read_only_route_is_a_clear_error(self):
        with (
            patch.object(type(self.env.cr), "readonly", PropertyMock(return_value=True)),
            self.assertRaisesRegex(ReadOnlySqlTransaction, "print of res.partner.*readonly"),
        ):
            self.write_row()


@tagged("post_install", "-at_install")
class TestExportIsLogged(TownshipCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()

        class Person(models.Model):
            _name = "township.test.exported"
            _description = "Person of a test"
            _inherit = "township.person.mixin"
            _module = None

        add_throwaway_model(cls, Person)
        cls.people = cls.env["township.test.exported"].create([{"name": "张三"}, {"name": "李四"}])

    def rows_after(self, records, *paths):
        records._export_rows([path.split("/") for path in paths])
        return self.env["township.access.log"].search([("action", "=", "export")])

    def test_persons(self):
        self.officer.group_ids += self.env.ref("base.group_allow_export")
        self.people.with_user(self.officer).export_data(["name", "phone"])
        row = self.env["township.access.log"].search([("action", "=", "export")])
        self.assertEqual(len(row), 1)
        self.assertEqual(row.user_id, self.officer)
        self.assertEqual(row.res_ids, self.people.ids)
        self.assertEqual(row.field_names, "name, phone")

    def test_other_models_cost_nothing(self):
        self.assertFalse(self.rows_after(self.env.user, "name", "company_id/name"))

    def test_related_paths_and_single_fields(self):
        users = type(self.env["res.users"])
        partners = type(self.env["res.partner"])
        with patch.object(partners, "_access_logged", ("email",), create=True):
            self.assertFalse(self.rows_after(self.env.user, "partner_id/name", "partner_id"))
            row = self.rows_after(self.env.user, "login", "partner_id/email")
            self.assertEqual(row.field_names, "partner_id/email")
            self.assertEqual(row.res_model, "res.users")
        with (
            patch.object(partners, "_access_logged", True, create=True),
            patch.object(users, "_access_logged", False, create=True),
        ):
            rows = self.rows_after(self.env.user, "login", "partner_id") - row
            self.assertEqual(rows.field_names, "partner_id")
