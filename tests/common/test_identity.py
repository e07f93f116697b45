from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.township_governance.tools import identity

# A busy machine is no failure, and nothing is written into the checkout.
unhurried = settings(deadline=None, database=None)

TODAY = date(2026, 6, 30)
AREA = "619929"

births = st.dates(date(1900, 1, 1), TODAY)
orders = st.integers(0, 999)


def make_number(born, order, area=AREA):
    body = f"{area}{born:%Y%m%d}{order:03d}"
    return body + identity.check_character(body)


class IdentityCase(BaseCase):
    def assertProblems(self, number, *codes):
        self.assertEqual(identity.check_id_number(number, TODAY), list(codes), number)


@tagged("post_install", "-at_install")
class TestIdNumber(IdentityCase):
    @unhurried
    @given(births, orders)
    def test_every_well_made_number_is_right_and_tells_birth_and_gender(self, born, order):
        number = make_number(born, order)
        self.assertProblems(number)
        self.assertEqual(identity.birth_date_of(number), born)
        self.assertEqual(identity.gender_of(number), "male" if order % 2 else "female")

    @unhurried
    @given(births, orders, st.integers(0, 16), st.integers(1, 9))
    def test_one_wrong_digit_is_always_found(self, born, order, place, shift):
        number = make_number(born, order)
        digit = str((int(number[place]) + shift) % 10)
        self.assertIn(
            "check_digit",
            identity.check_id_number(number[:place] + digit + number[place + 1 :], TODAY),
        )

    @unhurried
    @given(births, orders, st.integers(0, 15))
    def test_two_swapped_neighbours_are_always_found(self, born, order, place):
        number = make_number(born, order)
        swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        if swapped != number:
            self.assertIn("check_digit", identity.check_id_number(swapped, TODAY))

    @unhurried
    @given(births, orders, st.data())
    def test_typing_habits_do_not_matter(self, born, order, data):
        number = make_number(born, order)
        typed = "".join(
            data.draw(st.sampled_from(["", " ", "\u3000", "\u200b", "-"]))
            + data.draw(st.sampled_from([c, c.lower(), chr(ord(c) + 0xFEE0)]))
            for c in number
        )
        self.assertEqual(identity.normalise_id(typed), number)
        self.assertProblems(typed)

    @settings(unhurried, max_examples=10)
    @given(births, orders)
    def test_the_mask_with_area_birth_and_gender_leaves_many_candidates(self, born, order):
        mask = identity.mask_id(make_number(born, order))
        self.assertEqual(len(mask), 18)
        candidates = [make_number(born, other) for other in range(order % 2, 1000, 2)]
        fitting = [n for n in candidates if identity.mask_id(n) == mask]
        self.assertGreater(len(fitting), 30)

    @unhurried
    @given(st.text())
    def test_any_text_is_refused_without_an_exception(self, text):
        identity.mask_id(text)
        identity.check_other_number(text)
        problems = identity.check_id_number(text, TODAY)
        if not problems:
            self.assertRegex(identity.normalise_id(text), r"^\d{17}[\dX]$")

    @unhurried
    @given(st.integers(1, 36500))
    def test_a_birth_date_after_today_is_refused(self, days):
        self.assertProblems(make_number(TODAY + timedelta(days=days), 1), "birth_future")

    def test_samples_with_a_known_answer(self):
        self.assertProblems("11010519491231002X")
        self.assertProblems("619929195304014345")
        self.assertProblems("６１９９２９１９５３０４０１４３４５")
        self.assertProblems("11010519491231002x ")
        self.assertProblems("'11010519491231002×")
        self.assertProblems(make_number(TODAY, 1))

    def test_what_is_wrong_has_a_name(self):
        self.assertProblems("", "empty")
        self.assertProblems(None, "empty")
        self.assertProblems("619929530401434", "old_15")
        self.assertProblems(619929530401434.0, "old_15")
        self.assertProblems(6.19929195304014e17, "rounded")
        self.assertProblems("6.19929E+17", "rounded")
        self.assertProblems("619*************5", "masked")
        self.assertProblems("61992919530401434", "length")
        self.assertProblems("6199291953040143A5", "characters")
        self.assertProblems("619929195304014344", "check_digit")
        self.assertProblems(_complete(AREA + "19530230434"), "birth_date")
        self.assertProblems(_complete(AREA + "18530401434"), "birth_date")
        self.assertProblems(AREA + "195302304340", "birth_date", "check_digit")

    def test_an_unknown_area_is_only_a_soft_problem(self):
        self.assertProblems(_complete("99999919530401434"), "area")
        self.assertProblems(_complete("01999919530401434"), "area")
        self.assertProblems(_complete("91115619530401434"))
        self.assertLessEqual({"area"}, identity.SOFT_PROBLEMS)

    def test_residence_permits_of_hong_kong_macau_taiwan_are_right(self):
        for area in ("810000", "820000", "830000"):
            self.assertProblems(make_number(date(1980, 5, 6), 12, area))

    def test_age_in_full_years(self):
        born = date(2000, 2, 29)
        self.assertEqual(identity.age_on(born, date(2018, 2, 28)), 17)
        self.assertEqual(identity.age_on(born, date(2018, 3, 1)), 18)
        self.assertEqual(identity.age_on(born, date(1999, 1, 1)), 0)


@tagged("post_install", "-at_install")
class TestPhone(IdentityCase):
    @unhurried
    @given(st.integers(13_000_000_000, 19_999_999_999))
    def test_every_mobile_survives_a_spreadsheet(self, number):
        for typed in (number, float(number), f"{number}.0", f"{number:.10E}", str(number)):
            self.assertEqual(identity.normalise_phone(typed), [str(number)], typed)
        self.assertEqual(identity.check_phone(str(number)), [])
        self.assertEqual(len(identity.mask_phone(str(number)).replace("*", "")), 7)

    @unhurried
    @given(st.text())
    def test_any_text_is_read_without_an_exception(self, text):
        for number in identity.normalise_phone(text):
            identity.check_phone(number)
            identity.mask_phone(number)

    def test_what_people_type(self):
        for typed, *numbers in (
            ("139 4380 3232", "13943803232"),
            ("+86 139-4380-3232", "13943803232"),
            ("008613943803232", "13943803232"),
            ("1394380-3232", "13943803232"),
            ("１３９４３８０３２３２", "13943803232"),
            ("手机：13943803232", "13943803232"),
            ("0833-8223456", "08338223456"),
            ("（0833）8223456", "08338223456"),
            ("010-82234567转801", "01082234567-801"),
            ("0833-8223456-801", "08338223456-801"),
            ("8223456", "8223456"),
            ("12345", "12345"),
            ("+852 2345 6789", "+85223456789"),
            ("13943803232、0833-8223456", "13943803232", "08338223456"),
            ("13943803232/13943803233; 13943803232", "13943803232", "13943803233"),
            ("13943803232 13943803233", "13943803232", "13943803233"),
            ("13943803232，13943803233", "13943803232", "13943803233"),
        ):
            self.assertEqual(identity.normalise_phone(typed), numbers, typed)
            for number in numbers:
                self.assertEqual(identity.check_phone(number), [], typed)
        for empty in (None, False, "", "  ", "、"):
            self.assertEqual(identity.normalise_phone(empty), [])

    def test_a_phone_cut_for_display_is_not_guessed(self):
        [number] = identity.normalise_phone("1.39438E+10")
        self.assertTrue(identity.check_phone(number))

    def test_what_is_no_phone(self):
        for text in ("139438032", "无", "13943803232a", "139438032321", "139****3232"):
            [number] = identity.normalise_phone(text)
            self.assertTrue(identity.check_phone(number), text)

    def test_masks(self):
        for number, mask in (
            ("13943804287", "139****4287"),
            ("08338223456", "0833*****56"),
            ("01082234567-801", "010**********01"),
            ("8223456", "*****56"),
            ("12345", "12345"),
            ("", ""),
        ):
            self.assertEqual(identity.mask_phone(number), mask)


@tagged("post_install", "-at_install")
class TestNamesAndCodes(IdentityCase):
    def test_blanks_inside_chinese_names_go(self):
        for typed, name in (
            ("张  三", "张三"),
            (" 张\u3000三 ", "张三"),
            ("阿依•古丽", "阿依·古丽"),
            ("阿依 · 古丽", "阿依·古丽"),
            ("John  Smith", "John Smith"),
            ("槐荫镇 综治中心", "槐荫镇综治中心"),
            (None, ""),
        ):
            self.assertEqual(identity.normalise_name(typed), name)

    def test_credit_codes(self):
        self.assertEqual(identity.check_credit_code("91110000600037341L"), [])
        self.assertEqual(identity.check_credit_code("9111 0000 6000 3734 1l"), [])
        self.assertEqual(identity.check_credit_code("91110000600037342L"), ["check_digit"])
        self.assertEqual(identity.check_credit_code("9111000060003734IL"), ["characters"])
        self.assertEqual(identity.check_credit_code("110000600037341"), ["length"])

    @unhurried
    @given(st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
    def test_one_wrong_character_of_a_credit_code_is_always_found(self, place, character):
        right = "91110000600037341L"
        code = right[:place] + character + right[place + 1 :]
        self.assertEqual(identity.check_credit_code(code), [] if code == right else ["check_digit"])


def _complete(body):
    return body + identity.check_character(body)
