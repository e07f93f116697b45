import json
from datetime import date

from freezegun import freeze_time

from odoo import fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.township_governance.tests.common import TownshipCase
from odoo.addons.township_governance.tools import identity

from .throwaway import add_throwaway_model

NUMBER = "619929195304014345"  # female, born 1 April 1953
OTHER_NUMBER = "619929199602102747"
MALE_NUMBER = "619929199901245350"
PHONE = "13943804287"
LANDLINE = "08338223456"


class PersonCase(TownshipCase):
    mixin = "township.person.mixin"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()

        class Person(models.Model):
            _name = "township.test.person"
            _description = "Person of a test"
            _inherit = cls.mixin
            _module = None

            parent_id = fields.Many2one("township.test.person")
            child_ids = fields.One2many("township.test.person", "parent_id")

        add_throwaway_model(cls, Person)
        cls.Person = cls.env["township.test.person"].with_user(cls.officer)
        cls.person = cls.Person.create({"name": "王伟强", "id_number": NUMBER, "phone": PHONE})
        cls.env.flush_all()
        cls.env.invalidate_all()

    def full(self, person):
        return person.sudo().id_number_full, person.sudo().phone_full


@tagged("post_install", "-at_install")
class TestPersonValues(PersonCase):
    def test_masks_are_shown_and_full_values_stored(self):
        self.assertEqual(self.person.id_number, identity.mask_id(NUMBER))
        self.assertEqual(self.person.phone, "139****4287")
        self.assertEqual(self.full(self.person), (NUMBER, PHONE))

    def test_number_fills_birth_date_and_gender(self):
        self.assertEqual(self.person.birth_date, date(1953, 4, 1))
        self.assertEqual(self.person.gender, "female")
        with freeze_time("2026-04-01 02:00:00"):
            self.person.invalidate_recordset(["age"])
            self.assertEqual(self.person.age, 73)
        self.assertEqual(self.person.with_context(age_date="2000-03-31").age, 46)

    def test_typed_forms_are_normalised(self):
        person = self.Person.create(
            {"name": " 张  三 ", "id_number": "６１９９２９ 19530401 4345", "phone": 13943804287.0}
        )
        self.assertEqual(person.name, "张三")
        self.assertEqual(self.full(person), (NUMBER, PHONE))
        person.write({"phone": "139-4380-4287、0833-8223456"})
        self.assertEqual(person.phone, "139****4287、0833*****56")
        self.assertEqual(person.sudo().phone_full, f"{PHONE},{LANDLINE}")

    def test_unchanged_mask_is_no_change(self):
        self.person.write({"id_number": self.person.id_number, "phone": self.person.phone})
        self.assertEqual(self.full(self.person), (NUMBER, PHONE))
        with self.assertRaisesRegex(ValidationError, "王伟强.*asterisks"):
            self.person.write({"id_number": "619**************1"})
        with self.assertRaises(ValidationError):
            self.person.write({"phone": "138****4287"})
        with self.assertRaises(ValidationError):
            self.Person.create({"name": "张三", "id_number": self.person.id_number})

    def test_values_can_be_changed_and_taken_away(self):
        self.person.id_number = MALE_NUMBER
        self.assertEqual(self.person.id_number, identity.mask_id(MALE_NUMBER))
        self.assertEqual((self.person.gender, self.person.birth_date.year), ("male", 1999))
        self.person.write({"id_number": False, "phone": ""})
        self.assertEqual(self.full(self.person), (False, False))
        self.assertFalse(self.person.id_number)
        self.assertFalse(self.person.phone)
        self.person.write({"id_number": NUMBER, "birth_date": "1999-01-01"})
        self.assertEqual(self.person.birth_date, date(1953, 4, 1))

    def test_wrong_values_are_refused_by_name_and_cause(self):
        for number, cause in (
            ("619929195304014344", "check digit"),
            ("619929530401434", "15 digits"),
            ("619929195302304340", "birth date"),
            ("6.19929195304014E+17", "spreadsheet"),
            ("61992919530401434", "length"),
        ):
            with self.assertRaisesRegex(ValidationError, f"张三.*{cause}") as caught:
                self.Person.create({"name": "张三", "id_number": number})
            self.assertNotIn(number, str(caught.exception))
        with self.assertRaisesRegex(ValidationError, "张三.*not a phone"):
            self.Person.create({"name": "张三", "phone": "139438"})
        with self.assertRaisesRegex(ValidationError, "王伟强"):
            self.person.phone = "139438"

    def test_all_wrong_persons_of_a_batch_are_named(self):
        with self.assertRaises(ValidationError) as caught:
            self.Person.create([{"name": f"张{i}", "phone": "1"} for i in range(14)])
        self.assertIn("张0", str(caught.exception))
        self.assertIn("4 more", str(caught.exception))

    def test_other_papers(self):
        person = self.Person.create(
            {"name": "John Smith", "id_type": "passport", "id_number": "E1234567"}
        )
        self.assertEqual(person.id_number, "E******7")
        self.assertFalse(person.birth_date)
        permit = "81000019800506012"
        permit += identity.check_character(permit)
        person = self.Person.create({"name": "陈大文", "id_number": permit})
        self.assertEqual(person.id_type, "hmt_permit")
        person = self.Person.create({"name": "张三", "id_type": "none"})
        person.id_number = NUMBER
        self.assertEqual(person.id_type, "resident")

    def test_organisations(self):
        vals = {"name": "槐荫 建材有限公司", "is_organisation": True}
        person = self.Person.create({**vals, "credit_code": "91110000600037341l"})
        self.assertEqual((person.name, person.credit_code[-1]), ("槐荫建材有限公司", "L"))
        with self.assertRaisesRegex(ValidationError, "credit code"):
            self.Person.create({**vals, "id_number": NUMBER})
        with self.assertRaisesRegex(ValidationError, "credit code"):
            self.Person.create({**vals, "credit_code": "91110000600037342L"})

    def test_birth_date_agrees_with_the_number(self):
        with self.assertRaisesRegex(ValidationError, "王伟强"):
            self.person.birth_date = date(1953, 4, 2)
        with self.assertRaisesRegex(ValidationError, "future"):
            self.Person.create({"name": "张三", "birth_date": "2999-01-01"})

    def test_many_are_created_in_few_queries(self):
        def vals(count):
            return [
                {"name": f"张{i}", "id_number": NUMBER, "phone": 13900000000 + i}
                for i in range(count)
            ]

        self.Person.create(vals(1))
        self.env.flush_all()
        counts = []
        for number in (1, 200):
            before = self.cr.sql_log_count
            people = self.Person.create(vals(number))
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 3)
        self.env.invalidate_all()
        with self.assertQueryCount(4):
            people.mapped("id_number")
            people.mapped("phone")

    def test_import_and_reimport(self):
        result = self.Person.load(
            ["name", "id_number", "phone"],
            [["张 三", OTHER_NUMBER, "139 4380 4288"], ["李四", "", ""]],
        )
        self.assertTrue(result["ids"], result["messages"])
        person = self.Person.browse(result["ids"][0])
        self.assertEqual(self.full(person), (OTHER_NUMBER, "13943804288"))
        result = self.Person.load(
            [".id", "name", "id_number"], [[str(person.id), "张四", person.id_number]]
        )
        self.assertTrue(result["ids"], result["messages"])
        self.assertEqual(person.name, "张四")
        self.assertEqual(person.sudo().id_number_full, OTHER_NUMBER)
        result = self.Person.load(["name", "id_number"], [["张三", NUMBER[:-1] + "1"]])
        self.assertFalse(result["ids"])
        self.assertIn("check digit", result["messages"][0]["message"])

    def test_typing_a_number_fills_the_form(self):
        form = self.Person.new({"name": "张三"})
        form.id_number = MALE_NUMBER
        form._onchange_id_number()
        self.assertEqual((form.gender, form.birth_date), ("male", date(1999, 1, 24)))
        form.id_number = MALE_NUMBER[:-1] + "1"
        self.assertIn("check digit", form._onchange_id_number()["warning"]["message"])


@tagged("post_install", "-at_install")
class TestPersonSearch(PersonCase):
    def find(self, *condition):
        return self.Person.search([condition])

    def test_exact_number_finds(self):
        for operator in ("=", "ilike", "like", "=ilike"):
            self.assertEqual(self.find("id_number", operator, NUMBER), self.person)
            self.assertEqual(self.find("phone", operator, "139 4380 4287"), self.person)
        self.assertEqual(self.find("id_number", "in", [NUMBER, OTHER_NUMBER]), self.person)
        self.assertNotIn(self.person, self.find("id_number", "!=", NUMBER))

    def test_parts_of_a_number_find_nothing(self):
        for length in (1, 3, 6, 14, 17):
            for part in (NUMBER[:length], NUMBER[-length:]):
                for operator in ("=", "ilike", "like", "=like", "=ilike"):
                    for value in (part, part + "%", "%" + part, part.ljust(18, "_")):
                        self.assertFalse(self.find("id_number", operator, value), value)
        for part in ("139", "4287", "139%", "1394380428_"):
            self.assertFalse(self.find("phone", "ilike", part))
        self.assertFalse(self.find("id_number", "=", self.person.id_number))
        for operator in ("<", ">", ">=", "<="):
            with self.assertRaises(UserError):
                self.find("id_number", operator, NUMBER)

    def test_presence_of_a_number(self):
        empty = self.Person.create({"name": "张三"})
        self.assertIn(empty, self.find("id_number", "=", False))
        self.assertNotIn(self.person, self.find("id_number", "=", False))
        self.assertIn(self.person, self.find("phone", "!=", False))
        self.assertNotIn(empty, self.find("phone", "!=", False))
        self.assertFalse(self.find("phone", "=", " "))

    def test_second_phone_is_found_too(self):
        self.person.phone = f"{PHONE},{LANDLINE}"
        for number in (PHONE, "0833-8223456"):
            self.assertEqual(self.find("phone", "=", number), self.person)
        self.assertFalse(self.find("phone", "=", "8223456"))

    def test_search_by_name_and_number_together(self):
        names = [name for _id, name in self.Person.name_search(NUMBER)]
        self.assertEqual(names, ["王伟强"])
        self.assertTrue(self.Person.name_search("王伟"))
        self.assertFalse(self.Person.name_search(NUMBER[:10]))
        self.assertFalse(self.Person.name_search("伟强"))
        self.assertFalse(self.Person.name_search("%"))
        self.assertTrue(self.Person.name_search(""))
        child = self.Person.create({"name": "王小", "parent_id": self.person.id})
        self.assertEqual(self.find("parent_id.id_number", "=", NUMBER), child)

    def test_numbers_and_names_are_found_through_indexes(self):
        self.env.cr.execute(
            "INSERT INTO township_test_person (name, id_number_full, phone_full)"
            " SELECT '张' || i, lpad(i::text, 18, '1'), '139' || lpad(i::text, 8, '0')"
            " FROM generate_series(1, 5000) i"
        )
        self.env.cr.execute("ANALYZE township_test_person")
        for domain, *indexes in (
            ([("id_number", "=", NUMBER)], "id_number_full"),
            ([("phone", "=", PHONE)], "phone_full", "phones_idx"),
            ([("name", "=", "张三")], "name_idx"),
            ([("name", "=like", "张三%")], "name_idx"),
            (["|", ("id_number", "ilike", NUMBER), ("name", "=like", "张三%")], "name_idx"),
        ):
            plan = self.explain(self.Person.sudo()._search(domain, order="id"))
            for index in indexes:
                self.assertIn(index, plan, domain)

    def explain(self, query):
        select = query.select()
        self.env.cr.execute("EXPLAIN " + select.code, select.params)
        return "\n".join(line for (line,) in self.env.cr.fetchall())


@tagged("post_install", "-at_install")
class TestPersonSecrecy(PersonCase):
    """Full values leave by no door but action_reveal, whoever asks."""

    def users(self):
        for user in (self.reporter, self.officer, self.director, self.administrator):
            yield self.person.with_user(user)

    def test_no_reading(self):
        self.person.parent_id = self.Person.create({"name": "王大", "phone": LANDLINE})
        for person in self.users():
            for fname in ("id_number_full", "phone_full"):
                with self.assertRaises(AccessError):
                    person.read([fname])
                with self.assertRaises(AccessError):
                    person.search_read([], [fname])
                for specification in ({fname: {}}, {"parent_id": {"fields": {fname: {}}}}):
                    with self.assertRaises(AccessError):
                        person.web_read(specification)
                with self.assertRaises(AccessError):
                    person[fname]
                self.assertNotIn(fname, person.fields_get())
            everything = json.dumps(person.read(), default=str)
            everything += json.dumps(person.copy_data(), default=str)
            shown = person.web_read({name: {} for name in person.fields_get()})
            everything += json.dumps(shown, default=str)
            self.assertNotIn(NUMBER, everything)
            self.assertNotIn(PHONE, everything)

    def test_no_reading_through_onchange(self):
        parent = self.Person.create({"name": "王大", "phone": LANDLINE, "id_number": OTHER_NUMBER})
        self.person.parent_id = parent
        secrets = (NUMBER, PHONE, LANDLINE, OTHER_NUMBER)
        names = ("id_number_full", "phone_full", "id_number", "phone")
        specification = {
            "name": {},
            "parent_id": {"fields": {name: {} for name in names}},
            **{name: {} for name in names},
        }
        for person in self.users():
            for record in (person, person.browse()):
                for changed in ([], ["name"], ["parent_id"]):
                    values = {"name": "甲", "parent_id": parent.id, "phone_full": False}
                    try:
                        result = json.dumps(record.onchange(values, changed, specification))
                    except AccessError:
                        continue
                    for secret in secrets:
                        self.assertNotIn(secret, result)

    def test_no_probing(self):
        for person in self.users():
            for fname in ("id_number_full", "phone_full"):
                for domain in (
                    [(fname, "=like", "6%")],
                    [(fname, "!=", False)],
                    [("child_ids." + fname, "=like", "6%")],
                    [("parent_id", "any", [(fname, ">", "6")])],
                ):
                    with self.assertRaises(AccessError):
                        person.search(domain)
                with self.assertRaises(AccessError):
                    person.search([], order=fname)
                with self.assertRaises(ValueError):
                    person.search([], order="parent_id." + fname)
                with self.assertRaises(AccessError):
                    person._read_group([], [fname])
                with self.assertRaises(AccessError):
                    person._read_group([], ["parent_id." + fname])
                with self.assertRaises(AccessError):
                    person._read_group([], [], [f"{fname}:array_agg"])
                with self.assertRaises(AccessError):
                    person.formatted_read_group([], [fname], ["__count"])
            for name in ("id_number", "phone"):
                with self.assertRaises(ValueError):
                    person._read_group([], [name])

    def test_no_export(self):
        self.Person.create({"name": "王小", "parent_id": self.person.id})
        for person in self.users():
            for path in ("id_number_full", "child_ids/phone_full"):
                with self.assertRaises(AccessError):
                    person._export_rows([path.split("/")])
            [row] = person._export_rows([["name"], ["id_number"], ["phone"]])
            self.assertEqual(row, ["王伟强", identity.mask_id(NUMBER), "139****4287"])

    def test_no_writing_by_the_stored_name(self):
        for person in self.users():
            with self.assertRaises(AccessError):
                person.write({"id_number_full": OTHER_NUMBER})
            with self.assertRaises(AccessError):
                person.create({"name": "张三", "phone_full": PHONE})
            with self.assertRaises(AccessError):
                person.with_context(default_phone_full=PHONE).create({"name": "张三"})
            self.assertFalse(person.load(["name", "phone_full"], [["张三", PHONE]])["ids"])

    def test_writing_needs_the_right_on_the_record(self):
        self.env["ir.rule"].create(
            {
                "name": "hidden",
                "model_id": self.env["ir.model"]._get_id("township.test.person"),
                "domain_force": f"[('id', '!=', {self.person.id})]",
            }
        )
        self.env.invalidate_all()
        for vals in ({"phone": LANDLINE}, {"id_number": "1"}, {"name": "张三"}):
            with self.assertRaises(AccessError) as caught:
                self.person.write(vals)
            self.assertNotIn("王伟强", str(caught.exception))
        with self.assertRaises(AccessError):
            self.person.action_reveal("phone", "窗口核对")
        self.assertFalse(self.Person.search([("id_number", "=", NUMBER)]))

    def test_a_copy_has_no_numbers(self):
        copy = self.person.copy()
        self.assertEqual(self.full(copy), (False, False))


@tagged("post_install", "-at_install")
class TestPersonReveal(PersonCase):
    def rows(self):
        return self.env["township.access.log"].search([("res_model", "=", "township.test.person")])

    def test_officer_sees_and_it_is_logged(self):
        self.assertEqual(self.person.action_reveal("id_number", " 窗口核对 "), NUMBER)
        row = self.rows()
        self.assertEqual(row.action, "reveal")
        self.assertEqual(row.user_id, self.officer)
        self.assertEqual((row.res_ids, row.record_count), ([self.person.id], 1))
        self.assertEqual((row.field_names, row.reason), ("id_number", "窗口核对"))
        stored = json.dumps(row.read(), default=str)
        for secret in (NUMBER, PHONE, "王伟强"):
            self.assertNotIn(secret, stored)
        self.person.phone = f"{PHONE},{LANDLINE}"
        self.assertEqual(self.person.action_reveal("phone", "回访"), f"{PHONE}、{LANDLINE}")

    def test_who_may_not_is_told_whom_to_ask(self):
        with self.assertRaisesRegex(AccessError, "You may not .*Show in full.*ask.*Officer"):
            self.person.with_user(self.reporter).action_reveal("phone", "好奇")
        self.assertFalse(self.rows())

    def test_a_purpose_is_obligatory(self):
        for reason in ("", "  ", None, False, ["x"]):
            with self.assertRaises(UserError):
                self.person.action_reveal("phone", reason)
        for field in ("name", "id_number_full", "create_uid"):
            with self.assertRaises(UserError):
                self.person.action_reveal(field, "窗口核对")
        self.assertFalse(self.rows())

    def test_wizard_shows_once_and_stores_nothing(self):
        action = self.person.action_show_in_full()
        wizards = self.env["township.reveal.wizard"].with_user(self.officer)
        with Form(wizards.with_context(**action["context"])) as form:
            self.assertEqual(form.person_name, "王伟强")
            form.show_phone = True
            form.reason = "窗口核对"
        wizard = form.save()
        message = wizard.action_show()["params"]["message"]
        self.assertIn(NUMBER, message)
        self.assertIn(PHONE, message)
        self.assertEqual(len(self.rows()), 2)
        self.assertNotIn(NUMBER, json.dumps(wizard.read(), default=str))

    def test_wizard_refuses_other_models_and_other_users(self):
        wizards = self.env["township.reveal.wizard"].with_user(self.officer)
        for vals in ({"res_model": "res.users", "res_id": 1}, {"res_model": "x", "res_id": 1}):
            with self.assertRaises(UserError):
                wizards.create({**vals, "reason": "x"}).action_show()
        with self.assertRaises(AccessError):
            self.person.with_user(self.reporter).action_show_in_full()
        vals = {"res_model": self.person._name, "res_id": self.person.id, "reason": "x"}
        with self.assertRaises(AccessError):
            wizards.with_user(self.reporter).create(vals).action_show()
