"""Official numbers: without gaps, never twice, never changed."""

import threading
import time
from functools import partial
from unittest.mock import patch

from freezegun import freeze_time
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import retrying
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from ...models.common.number_mixin import (
    NumberKey,
    format_number,
    is_sound_pattern,
    parse_number,
)
from .base import TownshipCase
from .throwaway import add_throwaway_model

unhurried = settings(deadline=None, database=None, max_examples=200)

PATTERNS = [
    "{year}-{seq:05d}",
    "（{year}）{short}人调字第{seq:04d}号",
    "{short}〔{year}〕{seq}号",
    "[{year}]({short})*{seq:03d}+",
]
# What patterns are made of, sound and unsound.
PIECES = ["{year}", "{seq}", "{seq:03d}", "{short}", "-", "号", "1", "{year!s:.3}", "{seq:x}"]
UNSOUND = [
    "2026",
    "{year}",
    "{seq",
    "{no}",
    "{short}{seq}",
    "{short}1{seq}",
    "{short}{year}{seq}",
    "{seq!s:.1}-{year}",
    "{year}-{seq:e}",
    "{year}-{short:.1}-{seq}",
    "{seq:x}",
    "{seq:,}",
]
short_names = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=" "), max_size=6
)


@tagged("post_install", "-at_install")
class TestNumbering(TownshipCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-11-18 04:00:00"))

        class Order(models.Model):
            _name = "township.test.order"
            _description = "Order"
            _inherit = ["township.number.mixin", "mail.thread"]
            _module = None

            name = fields.Char()
            company_id = fields.Many2one("res.company", default=lambda self: self.env.company)

        class Titled(models.Model):
            _name = "township.test.titled"
            _description = "Order with a title"
            _inherit = ["township.number.mixin", "mail.thread"]
            _module = None

            name = fields.Char()
            company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
            title = fields.Char(compute="_compute_title", store=True)

            @api.depends("number", "name")
            def _compute_title(self):
                for order in self:
                    order.title = f"{order.number or '-'} {order.name}"

        cls.titled = add_throwaway_model(cls, Titled)
        cls.orders = add_throwaway_model(cls, Order)
        cls.counter = cls.env["township.number.counter"]

    def order(self, **vals):
        return self.orders.create(vals)

    def test_numbers_follow_one_another(self):
        orders = self.orders.create([{}, {}, {}])
        orders._assign_numbers()
        self.assertEqual(orders.mapped("number"), ["2026-0001", "2026-0002", "2026-0003"])

    def test_numbered_record_keeps_its_number(self):
        orders = self.order() + self.order()
        orders[1]._assign_numbers()
        orders._assign_numbers()
        self.assertEqual(orders.mapped("number"), ["2026-0002", "2026-0001"])

    def test_rolled_back_registration_leaves_no_gap(self):
        self.order()._assign_numbers()
        with self.assertRaises(ZeroDivisionError), self.cr.savepoint():
            self.order()._assign_numbers()
            self.env.flush_all()
            raise ZeroDivisionError
        order = self.order()
        order._assign_numbers()
        self.assertEqual(order.number, "2026-0002")

    def test_series_and_years_are_apart(self):
        self.assertEqual(list(self.counter._next("test/a", 2026, 2)), [1, 2])
        self.assertEqual(list(self.counter._next("test/b", 2026)), [1])
        self.assertEqual(list(self.counter._next("test/a", 2027)), [1])
        self.assertEqual(list(self.counter._next("test/a", 2026)), [3])

    def test_thousand_numbers_are_drawn_by_one_statement(self):
        orders = self.orders.create([{} for _order in range(1000)])
        self.env.flush_all()
        counter = type(self.counter)
        with patch.object(counter, "_upsert", autospec=True, side_effect=counter._upsert) as drawn:
            start = self.cr.sql_log_count
            orders._assign_numbers()
            self.env.flush_all()
        self.assertEqual(drawn.call_count, 1)
        self.assertLess(self.cr.sql_log_count - start, 20)
        self.assertEqual(orders[-1].number, "2026-1000")
        self.assertEqual(len(set(orders.mapped("number"))), 1000)

    def test_number_is_never_changed(self):
        order = self.order()
        order._assign_numbers()
        for value in ("2026-0009", False, ""):
            with self.subTest(value), self.assertRaisesRegex(UserError, "2026-0001"):
                order.number = value
        order.write({"number": "2026-0001", "name": "the same is no change"})

    def test_numbered_record_is_never_deleted(self):
        order = self.order()
        order._assign_numbers()
        with self.assertRaisesRegex(UserError, "2026-0001"):
            order.unlink()
        self.order().unlink()

    def test_copy_has_no_number(self):
        order = self.order()
        order._assign_numbers()
        self.assertFalse(order.copy().number)

    def test_counter_goes_on_after_an_imported_number(self):
        imported = self.order(number="2026-0041") + self.order(number="2026-0007")
        imported._absorb_numbers()
        order = self.order()
        order._assign_numbers()
        self.assertEqual(order.number, "2026-0042")

    def test_imported_number_of_another_year_is_absorbed_in_its_year(self):
        self.order(number="2025-0041")._absorb_numbers()
        order = self.order()
        order._assign_numbers()
        self.assertEqual(order.number, "2026-0001")
        with freeze_time("2025-11-18 04:00:00"):
            older = self.order()
            older._assign_numbers()
        self.assertEqual(older.number, "2025-0042")

    def test_imported_number_of_another_kind_is_left_alone(self):
        for number in ("老档 3 号", "2026-99999999999999999999", "2026-", "x"):
            self.order(number=number)._absorb_numbers()
        order = self.order()
        order._assign_numbers()
        self.assertEqual(order.number, "2026-0001")

    def test_lower_imported_number_does_not_turn_the_counter_back(self):
        self.counter._absorb("test/a", 2026, 50)
        self.counter._absorb("test/a", 2026, 3)
        self.assertEqual(list(self.counter._next("test/a", 2026)), [51])

    @unhurried
    @given(st.sampled_from(PATTERNS), st.integers(2000, 2099), short_names, st.integers(1, 999_999))
    def test_property_format_and_parse_are_inverse(self, pattern, year, short, sequence):
        key = NumberKey("test", year, pattern, short)
        text = format_number(key, sequence)
        self.assertEqual(parse_number(key, text), sequence)
        self.assertEqual(parse_number(key, f" {text} "), sequence)
        self.assertIsNone(parse_number(key._replace(year=year + 1), text))

    @unhurried
    @given(
        st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join),
        st.lists(
            st.tuples(
                st.integers(2000, 2099), st.text("甲乙12", max_size=3), st.integers(1, 30000)
            ),
            min_size=2,
            max_size=12,
            unique=True,
        ),
    )
    def test_property_what_passes_the_check_never_comes_twice(self, pattern, draws):
        """Numbers of one company, over years and committees, as the counters draw them."""
        if not is_sound_pattern(pattern):
            return
        drawn, texts = set(), set()
        for year, short, sequence in draws:
            # committees whose numbers would look alike share a series (case_number.py)
            series = short if "{short" in pattern else ""
            key = NumberKey(series, year, pattern, short)
            if (key.place, sequence) in drawn:
                continue
            drawn.add((key.place, sequence))
            texts.add(format_number(key, sequence))
        self.assertEqual(len(texts), len(drawn))

    def test_patterns_checked_when_saved(self):
        names = self.company._number_patterns()
        self.assertGreaterEqual(len(names), 3, "each room registers its own")
        for name in names:
            for wrong in UNSOUND:
                with self.subTest(name=name, wrong=wrong), self.assertRaises(ValidationError):
                    self.company[name] = wrong
            self.company[name] = "第{seq}号"  # without a year: it does not restart

    def test_a_pattern_without_a_year_does_not_restart(self):
        self.company.township_case_number_pattern = "登{seq:04d}"
        numbers = []
        for moment in ("2026-12-31 04:00:00", "2027-01-01 04:00:00"):
            with freeze_time(moment):
                case = self.make_case()
                case.action_register()
                numbers.append(case.number)
        self.assertEqual(numbers, ["登0001", "登0002"])

    def test_what_is_computed_from_a_number_follows(self):
        orders = self.titled.create([{"name": "a"}, {"name": "b"}])
        orders._assign_numbers()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(orders.mapped("title"), ["2026-0001 a", "2026-0002 b"])

    @mute_logger("odoo.sql_db")
    def test_any_model_with_numbers_has_them_once_per_company(self):
        self.order(name="a", number="2026-0001")
        other = self.env["res.company"].create({"name": "Other"})
        self.order(name="a", number="2026-0001", company_id=other.id)
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            self.order(name="b", number="2026-0001")

    def test_queries_of_numbering_do_not_grow_but_by_one_update_per_hundred(self):
        def cost(count):
            orders = self.orders.create([{"name": "x"} for _order in range(count)])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            orders._assign_numbers()
            return self.cr.sql_log_count - before

        cost(1)
        self.assertLessEqual(cost(1000) - cost(100), 9 + 10, "its updates, and ten pages read")

    @unhurried
    @given(st.text())
    def test_property_any_pattern_is_judged_without_an_exception(self, pattern):
        self.assertIn(is_sound_pattern(pattern), (True, False))

    @unhurried
    @given(st.sampled_from(PATTERNS), st.text())
    def test_property_any_text_is_parsed_without_an_exception(self, pattern, text):
        found = parse_number(NumberKey("test", 2026, pattern, "槐荫"), text)
        self.assertTrue(found is None or found >= 0)

    @unhurried
    @given(st.lists(st.integers(1, 60), min_size=1, max_size=8))
    def test_property_batches_of_any_size_leave_no_gap(self, sizes):
        with self.cr.savepoint() as savepoint:
            drawn = [number for size in sizes for number in self.counter._next("test/p", 1, size)]
            savepoint.close(rollback=True)
        self.assertEqual(drawn, list(range(1, sum(sizes) + 1)))

    def test_pattern_without_a_running_number_is_refused(self):
        for pattern in ("{year}", "{year}-{seq:0", "{seq} {name}", "{seq:x^}{", "{}-{seq}"):
            with self.subTest(pattern), self.assertRaises(ValidationError):
                self.company.township_file_number_pattern = pattern


@tagged("post_install", "-at_install")
class TestCaseNumbers(TownshipCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-01-05 04:00:00"))

    def registered(self, **vals):
        case = self.make_case(**vals)
        case.action_register()
        return case

    def test_year_is_that_of_acceptance(self):
        old = self.registered(date_received="2025-12-30", date_accepted="2025-12-31")
        new = self.registered(date_received="2025-12-30")
        self.assertEqual(old.number, "2025-00001")
        self.assertEqual(new.number, "2026-00001")

    def test_file_number_is_per_committee(self):
        other = self.committee.copy({"name": "东沟村人民调解委员会", "short_name": "东沟"})
        cases = self.registered(committee_id=self.committee.id)
        cases += self.registered(committee_id=other.id)
        cases += self.registered(committee_id=self.committee.id)
        self.assertEqual(
            cases.mapped("file_number"),
            [
                "（2026）槐荫人调字第0001号",
                "（2026）东沟人调字第0001号",
                "（2026）槐荫人调字第0002号",
            ],
        )
        self.assertEqual(cases.mapped("number"), ["2026-00001", "2026-00002", "2026-00003"])

    def test_committees_without_short_name_never_give_the_same_number(self):
        other = self.committee.copy({"name": "东沟村人民调解委员会", "short_name": False})
        third = self.committee.copy({"name": "西沟村人民调解委员会", "short_name": False})
        cases = self.registered(committee_id=other.id) + self.registered(committee_id=third.id)
        self.env.flush_all()
        given = [number for number in cases.mapped("file_number") if number]
        self.assertEqual(len(given), len(set(given)))

    def test_pattern_of_the_township(self):
        self.company.township_file_number_pattern = "{short}调〔{year}〕{seq}号"
        case = self.registered(committee_id=self.committee.id)
        self.assertEqual(case.file_number, "槐荫调〔2026〕1号")

    def test_pattern_without_short_name_serves_all_committees(self):
        self.company.township_file_number_pattern = "（{year}）调{seq:03d}"
        other = self.committee.copy({"name": "东沟村人民调解委员会", "short_name": "东沟"})
        cases = self.registered(committee_id=self.committee.id)
        cases += self.registered(committee_id=other.id)
        self.env.flush_all()
        self.assertEqual(cases.mapped("file_number"), ["（2026）调001", "（2026）调002"])

    def test_only_officers_type_a_number_that_exists_on_paper(self):
        case = self.make_case(self.reporter)
        with self.assertRaises(AccessError):
            case.write({"number": "2026-00007"})
        with self.assertRaises(AccessError):
            self.make_case(self.reporter, file_number="（2026）槐荫人调字第0007号")
        forged = self.env["township.case"].with_user(self.reporter)
        forged = forged.with_context(default_number="2026-00007")
        with self.assertRaises(AccessError):
            forged.create(self.case_vals())
        case.with_user(self.officer).write({"number": "2026-00001"})
        self.assertEqual(case.number, "2026-00001")

    def test_typed_number_never_blocks_a_registration(self):
        self.make_case(number="2026-00001")
        typed = self.make_case()
        typed.number = "2026-00002"
        case = self.registered()
        self.env.flush_all()
        self.assertEqual(case.number, "2026-00003")

    @mute_logger("odoo.sql_db")
    def test_number_that_exists_is_refused(self):
        self.make_case(number="2026-00001")
        with self.assertRaises(UniqueViolation) as refused, self.cr.savepoint():
            self.make_case(number="2026-00001")
        message = self.env["township.case"]._sql_error_to_message(refused.exception)
        self.assertIn("This number is in use already.", message)

    def test_a_number_far_above_the_highest_is_a_directors_to_enter(self):
        self.make_case(number="2026-00010")
        with self.assertRaisesRegex(UserError, "2026-01011.*10.*Director"):
            self.make_case(number="2026-01011")
        self.make_case(number="2026-01010")
        with self.assertRaises(UserError):
            self.make_case().number = "2026-09000"
        case = self.make_case(user=self.director, number="2026-09000")
        self.assertTrue(any("2026-09000" in body for body in case.message_ids.mapped("body")))
        self.make_case(number="2026-09900")
        self.company.township_number_gap = 0
        self.make_case(number="2026-99999")

    def test_a_batch_is_judged_as_a_whole(self):
        Case = self.env["township.case"].with_user(self.officer)
        numbers = [f"2026-{number:05d}" for number in range(4500, 0, -900)]
        Case.create([self.case_vals(number=number) for number in numbers])
        with self.assertRaises(UserError):
            Case.create([self.case_vals(number=f"2026-0{number}") for number in (4600, 5700)])

    def test_a_wrong_number_is_corrected_by_a_director_and_on_record(self):
        case = self.make_handling_case(number="2026-00017")
        with self.assertRaises(AccessError):
            case.action_correct_number("number", "2026-00071", "倒写")
        case = case.with_user(self.director)
        for wrong in (("number", "", "x"), ("number", "2026-00071", " "), ("name", "x", "x")):
            with self.assertRaises(UserError):
                case.action_correct_number(*wrong)
        wizard = (
            self.env["township.number.correct.wizard"]
            .with_user(self.director)
            .with_context(default_res_model=case._name, default_res_id=case.id)
            .create({"number": "2026-00071", "reason": "登记时倒写"})
        )
        self.assertEqual((wizard.field_name, wizard.before), ("number", "2026-00017"))
        wizard.action_confirm()
        self.assertEqual(case.number, "2026-00071")
        body = case.message_ids[0].body
        for part in ("2026-00017", "2026-00071", "登记时倒写"):
            self.assertIn(part, body)
        self.assertEqual(self.registered().number, "2026-00072", "the wrong one is not given again")

    def test_a_number_is_corrected_in_a_closed_file_never_in_an_archived_one(self):
        case = self.make_handling_case(outcome="settled", settlement="和解")
        case.action_close()
        case.with_user(self.director).action_correct_number("number", "2026-00002", "重号")
        case.action_archive_file()
        with self.assertRaises(UserError):
            case.with_user(self.director).action_correct_number("number", "2026-00003", "重号")

    def test_registering_many_draws_each_series_once(self):
        Case = self.env["township.case"].with_user(self.officer)
        cases = Case.create(
            [self.case_vals(committee_id=self.committee.id) for _case in range(100)]
        )
        counter = type(self.env["township.number.counter"])
        with patch.object(counter, "_upsert", autospec=True, side_effect=counter._upsert) as drawn:
            cases.action_register()
        self.assertEqual(drawn.call_count, 2)
        self.assertEqual(cases[99].number, "2026-00100")


@tagged("post_install", "-at_install")
class TestNumberingOfTwoUsers(TransactionCase):
    """Two transactions of their own; what they commit is taken away afterwards."""

    SERIES = "test/two_users"

    def setUp(self):
        super().setUp()
        self.addCleanup(self.forget)
        # Odoo waits some seconds before it replays a request.
        self.startPatcher(patch("odoo.service.model.random.uniform", return_value=0.1))

    def forget(self):
        with self.registry.cursor() as cr:
            cr.execute("DELETE FROM township_number_counter WHERE series = %s", [self.SERIES])

    def open_env(self):
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        return api.Environment(cr, api.SUPERUSER_ID, {})

    def draw(self, env):
        return env["township.number.counter"]._next(self.SERIES, 2026)[0]

    def race(self, end):
        """The second user registers while the first has not ended yet.

        :param end: name of the method that ends the first transaction
        :return: ``tuple`` of both numbers
        """
        first, second = self.open_env(), self.open_env()
        number = self.draw(first)
        # The first ends while the second waits: the replay must stay in the test's own thread,
        # which holds the lock of the registry.
        timer = threading.Timer(0.5, getattr(first.cr, end))
        timer.start()
        started = time.monotonic()
        drawn = retrying(partial(self.draw, second), second)
        self.assertGreater(time.monotonic() - started, 0.4, "the second user waits for the first")
        timer.join()
        return number, drawn

    @mute_logger("odoo.sql_db")
    def test_two_users_at_once_get_consecutive_numbers(self):
        self.assertEqual(self.race("commit"), (1, 2))
        self.assertEqual(self.race("commit"), (3, 4))

    @mute_logger("odoo.sql_db")
    def test_registration_that_fails_leaves_its_number_to_the_next(self):
        self.assertEqual(self.race("rollback"), (1, 1))
