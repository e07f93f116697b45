import base64
import importlib.util
import tempfile
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from odoo import fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.township_governance.tests.common import TownshipCase
from odoo.addons.township_governance.tools import vault

from ...models.common.ledger_target import Column, LedgerTarget
from ...tools.ledger.digest import digest_of
from . import test_person
from .ledger_files import make_xlsx
from .test_certificate import CertificateCase
from .test_cipher import ReversingCipher
from .test_person import LANDLINE, MALE_NUMBER, NUMBER, OTHER_NUMBER, PHONE
from .throwaway import add_throwaway_model

ROOT = Path(__file__).resolve().parents[2]
MIXIN = "township.person.encrypted.mixin"
LOCKED = "(key missing)"


@tagged("post_install", "-at_install")
class TestEncryptedValues(test_person.TestPersonValues):
    """Whatever a person does, an encrypted one does alike."""

    mixin = MIXIN


@tagged("post_install", "-at_install")
class TestEncryptedSearch(test_person.TestPersonSearch):
    mixin = MIXIN

    def test_numbers_and_names_are_found_through_indexes(self):
        self.env.cr.execute(
            "INSERT INTO township_test_person (name, id_number_hash, phone_hash)"
            " SELECT '张' || i, lpad(i::text, 22, '1'), lpad(i::text, 22, '2')"
            " FROM generate_series(1, 5000) i"
        )
        self.env.cr.execute("ANALYZE township_test_person")
        for domain, *indexes in (
            ([("id_number", "=", NUMBER)], "id_number_hash"),
            ([("id_number", "in", [NUMBER, OTHER_NUMBER])], "id_number_hash"),
            ([("phone", "=", PHONE)], "phone_hash", "phones_idx"),
            (["|", ("id_number", "ilike", NUMBER), ("name", "=like", "张三%")], "name_idx"),
        ):
            query = self.Person.sudo()._search(domain, order="id")
            plan = self.explain(query)
            self.assertNotIn(NUMBER, str(query.select()))
            for index in indexes:
                self.assertIn(index, plan, domain)

    def test_system_code_compares_whole_values_alone(self):
        everyone = self.Person.sudo()
        self.person.phone = f"{PHONE},{LANDLINE}"
        other = self.Person.create({"name": "张三"})
        for domain, found in (
            ([("id_number_full", "=", NUMBER)], self.person),
            ([("id_number_full", "in", [NUMBER, MALE_NUMBER])], self.person),
            ([("id_number_full", "in", [NUMBER, False])], self.person + other),
            ([("id_number_full", "!=", NUMBER)], other),
            ([("id_number_full", "=", False)], other),
            ([("phone_full", "=", f"{PHONE},{LANDLINE}")], self.person),
            ([("phone_full", "=", PHONE)], other.browse()),
        ):
            self.assertEqual(everyone.search(domain), found.sudo(), domain)
        for operator in ("like", "=like", "<"):
            with self.assertRaises(NotImplementedError):
                everyone.search([("id_number_full", operator, NUMBER)])


@tagged("post_install", "-at_install")
class TestEncryptedSecrecy(test_person.TestPersonSecrecy):
    mixin = MIXIN


@tagged("post_install", "-at_install")
class TestEncryptedReveal(test_person.TestPersonReveal):
    mixin = MIXIN


class KeyCase(TownshipCase):
    """Encrypted persons, with a key file of the class's own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.key_path = Path(folder.name) / "test.key"
        certificates = type(cls.env["township.certificate"])
        cls.classPatch(certificates, "_key_path", lambda _self: cls.key_path)

        class PersonLedger(LedgerTarget):
            columns = {
                "name": Column(("姓名",), required=True),
                "id_number": Column(("身份证号",)),
                "phone": Column(("电话",)),
            }
            likeness = ("id_number",)

        class Person(models.Model):
            _name = "township.test.secret"
            _description = "Encrypted person of a test"
            _inherit = [MIXIN, "mail.thread", "township.ledger.mixin"]
            _module = None
            _ledger = PersonLedger

            note = fields.Char(tracking=True)

        add_throwaway_model(cls, Person)
        cls.Keys = cls.env["township.key"]
        cls.Keys.search([]).unlink()
        for field in cls.Keys._encrypted_fields():
            # What demo data may hold is encrypted with another key.
            cls.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = NULL",
                    SQL.identifier(cls.env[field.model_name]._table),
                    SQL.identifier(field.name),
                )
            )
        cls.Person = cls.env["township.test.secret"].with_user(cls.officer)
        cls.person = cls.Person.create({"name": "王伟强", "id_number": NUMBER, "phone": PHONE})
        cls.forget()

    def setUp(self):
        super().setUp()
        content = self.key_path.read_text()
        self.addCleanup(self.put_back, content)
        self.addCleanup(self.env.cr.cache.clear)

    def put_back(self, content):
        self.key_path.write_text(content)
        self.key_path.chmod(0o600)

    @classmethod
    def forget(cls):
        """As a new transaction would begin."""
        cls.env.flush_all()
        cls.env.invalidate_all()
        cls.env.cr.cache.clear()

    def columns(self, person=None):
        """:return: ``dict`` of the four columns in the database"""
        names = ("id_number_full", "id_number_hash", "phone_full", "phone_hash")
        columns = SQL(", ").join(map(SQL.identifier, names))
        self.env.flush_all()
        [row] = self.env.execute_query(
            SQL(
                "SELECT %s FROM township_test_secret WHERE id = %s",
                columns,
                (person or self.person).id,
            )
        )
        return dict(zip(names, row, strict=True))

    @contextmanager
    def wrong_key(self):
        content = self.key_path.read_text()
        vault.write_keys(self.key_path, [vault.new_key(1)])
        self.forget()
        try:
            yield
        finally:
            self.put_back(content)
            self.forget()

    @contextmanager
    def lost_key(self):
        content = self.key_path.read_text()
        self.key_path.unlink()
        self.forget()
        try:
            yield
        finally:
            self.put_back(content)
            self.forget()


@tagged("post_install", "-at_install")
class TestNothingInClear(KeyCase):
    def everywhere(self, *texts):
        """:return: ``list`` of the tables with a row that holds one of the texts"""
        self.env.flush_all()
        tables = self.env.execute_query(
            SQL(
                "SELECT relname FROM pg_class WHERE relkind = 'r'"
                " AND relnamespace = current_schema::regnamespace"
            )
        )
        return [
            table
            for (table,) in tables
            if self.env.execute_query(
                SQL(
                    "SELECT 1 FROM %s AS line WHERE line::text LIKE ANY(%s) LIMIT 1",
                    SQL.identifier(table),
                    [f"%{text}%" for text in texts],
                )
            )
        ]

    def test_no_table_holds_a_number_however_it_came_in(self):
        self.person.write({"id_number": MALE_NUMBER, "phone": f"{PHONE}、{LANDLINE}"})
        self.person.sudo().phone_full = f"{PHONE},13900001111"
        result = self.Person.load(
            ["name", "id_number", "phone", "note"], [["张三", OTHER_NUMBER, "13900002222", "x"]]
        )
        imported = self.Person.browse(result["ids"])
        self.person.copy()
        self.person.message_post(body="x")
        imported.note = "y"
        self.assertEqual(imported.sudo().id_number_full, OTHER_NUMBER)
        # The search itself finds what is there.
        self.assertIn("township_test_secret", self.everywhere("王伟强"))
        numbers = (NUMBER, MALE_NUMBER, OTHER_NUMBER)
        phones = (PHONE, LANDLINE, "13900001111", "13900002222")
        self.assertEqual(self.everywhere(*numbers, *phones), [])

    def test_imported_ledger_leaves_no_digest_that_could_be_tried_out(self):
        rows = [["姓名", "身份证号", "电话"], ["张三", OTHER_NUMBER, "13900002222"]]
        wizard = self.env["township.ledger.import"].with_user(self.officer)
        vals = {
            "data": base64.b64encode(make_xlsx(rows)),
            "filename": "people.xlsx",
            "target": self.Person._name,
        }
        first = wizard.create(vals)
        first.action_import()
        self.assertEqual(first.imported_count, 1)
        again = wizard.create(vals)
        again.action_import()
        self.assertEqual((again.imported_count, again.skipped_count), (0, 1))
        [(digest, likeness)] = self.env.execute_query(
            SQL(
                "SELECT digest, likeness FROM township_ledger_key WHERE target = %s",
                self.Person._name,
            )
        )
        self.assertNotEqual(likeness, digest_of({"id_number": OTHER_NUMBER}))
        self.assertNotEqual(likeness, digest)
        self.assertEqual(self.everywhere(OTHER_NUMBER, "13900002222"), [])

    def test_no_statement_carries_a_number(self):
        statements = []
        execute = type(self.env.cr).execute

        def listen(cursor, query, params=None, **kwargs):
            statements.append(f"{query} {params}")
            return execute(cursor, query, params, **kwargs)

        with patch.object(type(self.env.cr), "execute", listen):
            person = self.Person.create({"name": "张三", "id_number": OTHER_NUMBER})
            person.phone = LANDLINE
            self.env.flush_all()
            self.assertEqual(self.Person.search([("id_number", "=", OTHER_NUMBER)]), person)
            self.assertEqual(self.Person.search([("phone", "=", LANDLINE)]), person)
        text = "\n".join(statements)
        self.assertIn("township_test_secret", text)
        self.assertNotIn(OTHER_NUMBER, text)
        self.assertNotIn(LANDLINE, text)

    def test_value_moved_to_another_column_does_not_open(self):
        self.columns()
        self.env.cr.execute(
            "UPDATE township_test_secret SET phone_full = id_number_full WHERE id = %s",
            [self.person.id],
        )
        self.forget()
        self.assertEqual(self.person.phone, LOCKED)
        with self.assertRaisesRegex(UserError, "changed in the database"):
            self.person.action_reveal("phone", "窗口核对")

    def test_written_value_is_found_and_the_one_before_is_not(self):
        self.person.write({"id_number": MALE_NUMBER, "phone": f"{PHONE}、{LANDLINE}"})
        self.forget()
        self.assertEqual(self.person.sudo().id_number_full, MALE_NUMBER)
        self.assertEqual(self.Person.search([("id_number", "=", MALE_NUMBER)]), self.person)
        self.assertFalse(self.Person.search([("id_number", "=", NUMBER)]))
        self.assertEqual(self.Person.search([("phone", "=", LANDLINE)]), self.person)
        self.person.write({"id_number": False, "phone": False})
        self.assertEqual(set(self.columns().values()), {None})

    def test_nobody_gets_at_hashes_and_ciphertext(self):
        for user in (self.officer, self.director, self.administrator, self.auditor):
            user.group_ids += self.env.ref("base.group_allow_export")
            people = self.Person.with_user(user)
            for name in ("id_number_full", "id_number_hash", "phone_full", "phone_hash"):
                self.assertNotIn(name, people.fields_get())
                for attempt in (
                    lambda people=people, name=name: people.search([(name, "!=", False)]),
                    lambda people=people, name=name: people.search([], order=name),
                    lambda people=people, name=name: people._read_group([], [name]),
                    lambda people=people, name=name: people.search([]).export_data([name]),
                    lambda people=people, name=name: people.create({"name": "张三", name: "x"}),
                ):
                    with self.assertRaises(AccessError):
                        attempt()

    def test_corrections_subjects_are_encrypted(self):
        mixin = self.env[MIXIN]
        for name in ("id_number_full", "phone_full"):
            field = self.env["township.correction.subject"]._fields[name]
            self.assertIsInstance(field, type(mixin._fields[name]))


@tagged("post_install", "-at_install")
class TestLostKey(KeyCase):
    def test_lists_stay_readable_and_say_that_the_key_is_missing(self):
        for lost in (self.lost_key, self.wrong_key):
            with lost():
                shown = self.Person.search([("name", "=", "王伟强")]).read(
                    ["name", "birth_date", "id_number", "phone", "display_name"]
                )
                self.assertEqual(shown[0]["name"], "王伟强")
                self.assertEqual((shown[0]["id_number"], shown[0]["phone"]), (LOCKED, LOCKED))
                self.assertTrue(self.Person.name_search("王伟"))
                self.assertFalse(self.Person.name_search("王伟强2"))
                self.assertTrue(self.Person.search([("phone", "!=", False)]))

    def test_mask_is_in_the_language_of_the_user(self):
        code = "odoo.addons.township_governance.models.common.encrypted_char.locked_text"
        mixin = code.replace("encrypted_char", "person_encrypted_mixin")
        with self.lost_key(), patch(code, lambda _env: "锁"), patch(mixin, lambda _env: "锁"):
            self.assertEqual(self.person.phone, "锁")

    def test_what_is_needed_is_said_to_who_changes_reveals_or_searches(self):
        fingerprint = vault.read_keys(self.key_path)[0].fingerprint
        stored = self.columns()
        for lost in (self.lost_key, self.wrong_key):
            for attempt in (
                lambda: self.person.write({"phone": LANDLINE}),
                lambda: self.person.write({"id_number": False}),
                lambda: self.Person.create({"name": "张三", "phone": LANDLINE}),
                lambda: self.person.action_reveal("id_number", "窗口核对"),
                lambda: self.Person.search([("id_number", "=", NUMBER)]),
            ):
                with lost(), self.assertRaises(UserError) as caught:
                    attempt()
                self.assertNotIsInstance(caught.exception, ValidationError)
                self.assertIn(str(self.key_path), str(caught.exception))
                self.assertIn(fingerprint, str(caught.exception))
        self.assertEqual(self.columns(), stored)
        logs = self.env["township.access.log"]
        self.assertFalse(logs.search([("res_model", "=", self.person._name)]))

    def test_all_else_goes_on_and_nothing_is_lost(self):
        stored = self.columns()
        for lost in (self.lost_key, self.wrong_key):
            with lost():
                self.person.write({"name": "王伟", "address": "东沟村四组", "phone": LOCKED})
                self.assertTrue(self.Person.create({"name": "张三"}))
                case = self.make_case()
                case.party_ids[0].phone = PHONE
                self.assertEqual(self.person.name, "王伟")
        self.assertEqual(self.columns(), stored)
        self.assertEqual(self.person.sudo().phone_full, PHONE)

    def test_prints_say_that_the_key_is_missing(self):
        self.enterContext(patch.object(type(self.company), "_check_correction_open"))
        subject = self.env["township.correction.subject"].create(
            {"name": "王伟强", "id_number": NUMBER, "company_id": self.company.id}
        )
        report = self.env["township.report.correction.base"].with_user(self.correction)
        self.forget()
        self.assertEqual(report._id_number(subject.with_user(self.correction)), NUMBER)
        with self.lost_key():
            self.assertEqual(report._id_number(subject.with_user(self.correction)), LOCKED)

    def test_personal_data_can_be_deleted_without_the_key(self):
        with self.lost_key():
            self.person.sudo().write({"id_number_full": False, "phone_full": False})
            self.forget()
        self.assertEqual(set(self.columns().values()), {None})

    def test_lost_key_is_never_replaced_by_itself(self):
        with self.lost_key():
            for attempt in (
                lambda: self.Person.create({"name": "张三", "phone": LANDLINE}),
                lambda: self.env["township.certificate"]._make(self.company),
            ):
                with self.assertRaisesRegex(UserError, "paper copy"):
                    attempt()
                self.assertFalse(self.key_path.exists())
        with self.wrong_key():
            content = self.key_path.read_text()
            with self.assertRaises(UserError):
                self.person.phone = LANDLINE
            self.assertEqual(self.key_path.read_text(), content)

    def test_server_names_it_when_it_starts(self):
        name = "odoo.addons.township_governance.models.common.key"
        with self.assertNoLogs(name, "ERROR"):
            self.Keys._register_hook()
        with self.lost_key(), self.assertLogs(name, "ERROR") as logged:
            self.Keys._register_hook()
        self.assertIn(str(self.key_path), logged.output[0])
        self.key_path.chmod(0o640)
        with self.assertLogs(name, "ERROR") as logged:
            self.Keys._register_hook()
        self.assertIn("chmod 600", logged.output[0])

    def test_searching_makes_no_key(self):
        self.Keys.search([]).unlink()
        self.key_path.unlink()
        self.forget()
        self.assertFalse(self.Person.search([("id_number", "=", OTHER_NUMBER)]))
        self.assertFalse(self.key_path.exists())

    def test_settings_say_how_the_key_is(self):
        def shown():
            settings = self.env["res.config.settings"].create({})
            return settings.township_key_state, settings.township_key_problem

        self.assertEqual(shown(), ("present", False))
        for lost, state in ((self.lost_key, "missing"), (self.wrong_key, "wrong")):
            with lost():
                self.assertEqual(shown()[0], state)
                self.assertIn(str(self.key_path), shown()[1])


@tagged("post_install", "-at_install")
class TestRotation(KeyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.Person.create(
            [{"name": f"张{i}", "phone": f"1390000{i:04d}、{LANDLINE}"} for i in range(7)]
        )
        cls.forget()

    def setUp(self):
        super().setUp()
        self.patch(self.rotation, "BATCH", 3)

    @property
    def rotation(self):
        return importlib.import_module("odoo.addons.township_governance.models.common.key_rotation")

    def check(self):
        self.forget()
        self.assertEqual(self.person.sudo().id_number_full, NUMBER)
        self.assertEqual(self.Person.search([("id_number", "=", NUMBER)]), self.person)
        self.assertEqual(self.Person.search([("phone", "=", LANDLINE)]), self.people)
        self.assertEqual(self.people[5].phone[:3], "139")

    def test_everything_is_encrypted_and_hashed_anew_and_the_old_key_dropped(self):
        before = self.columns()
        lines = list(self.Keys._rotate())
        self.assertGreater(len(lines), 5)
        after = self.columns()
        self.assertTrue(after["id_number_full"].startswith("k2:"))
        for name in before:
            self.assertNotEqual(before[name], after[name])
        self.assertEqual([key.name for key in vault.read_keys(self.key_path)], ["k2"])
        self.assertEqual(self.Keys.search([]).mapped("name"), ["k2"])
        self.check()

    def test_interrupted_change_finds_all_and_goes_on(self):
        for stop in range(1, 4):
            steps = self.Keys._rotate()
            for _step in range(stop):
                next(steps)
            steps.close()
            self.check()
            self.people[0].phone = f"13900000000、{LANDLINE}"
        self.assertEqual(len(vault.read_keys(self.key_path)), 2)
        list(self.Keys._rotate())
        self.assertEqual([key.name for key in vault.read_keys(self.key_path)], ["k2"])
        self.check()

    def test_key_left_in_the_file_before_it_was_used_is_taken(self):
        keys = [*vault.read_keys(self.key_path), vault.new_key(2)]
        vault.write_keys(self.key_path, keys)
        self.forget()
        self.check()
        list(self.Keys._rotate())
        self.assertEqual(vault.read_keys(self.key_path), keys[1:])
        self.check()

    def test_change_to_another_cipher(self):
        with self.assertRaisesRegex(UserError, "no cipher"):
            list(self.Keys._rotate("rot13"))
        list(self.Keys._rotate(ReversingCipher.name))
        self.check()
        self.assertIsInstance(self.Keys._keyring().current, ReversingCipher)

    def test_value_that_does_not_open_keeps_its_key(self):
        self.columns()
        self.env.cr.execute(
            "UPDATE township_test_secret SET phone_full = 'k1:AAAA' WHERE id = %s",
            [self.people[2].id],
        )
        self.forget()
        list(self.Keys._rotate())
        self.assertEqual(self.columns(self.people[2])["phone_full"], "k1:AAAA")
        self.assertEqual([key.name for key in vault.read_keys(self.key_path)], ["k1", "k2"])
        self.assertTrue(self.columns()["phone_full"].startswith("k2:"))

    def test_certificates_are_stored_with_the_new_key(self):
        certificate = self.env["township.certificate"]._make(self.company)
        list(self.Keys._rotate())
        certificate._open()
        newest = vault.read_keys(self.key_path)[-1]
        self.assertEqual(certificate.key_fingerprint, newest.fingerprint)

    def test_no_change_without_the_key(self):
        with self.lost_key(), self.assertRaisesRegex(UserError, "paper copy"):
            list(self.Keys._rotate())

    def test_key_lost_for_good_is_given_up_on_purpose_alone(self):
        with self.assertRaisesRegex(UserError, "No key is lost"):
            self.Keys._give_up()
        old = self.key_path.read_text()
        self.key_path.unlink()
        self.forget()
        with self.assertLogs(self.rotation.__name__, "WARNING"):
            self.Keys._give_up()
        self.forget()
        self.assertEqual(self.person.phone, LOCKED)
        self.person.phone = LANDLINE
        self.forget()
        self.assertEqual(self.Person.search([("phone", "=", LANDLINE)]), self.person)
        self.assertEqual(self.Keys._state(), "present")
        # It turns up after all.
        self.key_path.write_text(old + self.key_path.read_text())
        self.forget()
        self.assertEqual(self.person.sudo().id_number_full, NUMBER)

    def test_command_shows_and_changes(self):
        path = ROOT / "cli" / "township_key.py"
        spec = importlib.util.spec_from_file_location("odoo.cli.township_key", path)
        command = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(command)
        options = type("Options", (), {"lost": None, "rotate": None, "cipher": None})
        [line] = command.TownshipKey.lines(self.env, options)
        self.assertIn(vault.read_keys(self.key_path)[0].fingerprint, line)
        options.rotate, options.cipher = True, ReversingCipher.name
        *_lines, last = command.TownshipKey.lines(self.env, options)
        self.assertIn(vault.read_keys(self.key_path)[0].fingerprint, last)
        self.assertEqual(vault.read_keys(self.key_path)[0].cipher, ReversingCipher.name)


@tagged("post_install", "-at_install")
class TestCertificateBesideEncryptedFields(CertificateCase):
    def test_certificate_opens_with_the_key_it_was_stored_with(self):
        certificate = self.Certificate._make(self.company)
        vault.write_keys(self.key_path, [*vault.read_keys(self.key_path), vault.new_key(2)])
        certificate._open()
        certificate._rekey()
        vault.write_keys(self.key_path, vault.read_keys(self.key_path)[1:])
        certificate._open()
