from ast import literal_eval

from freezegun import freeze_time

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_open
from odoo.tools.convert import convert_file

from ...demo.letter import letters

MODULE = "township_governance"


@tagged("post_install", "-at_install")
class TestLetterDemo(TransactionCase):
    """The demo year: a letter in every state, on whatever day it is installed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        before = cls.env["township.letter"].search([])
        with file_open(f"{MODULE}/__manifest__.py") as stream:
            files = literal_eval(stream.read())["demo"]
        for name in files:
            convert_file(cls.env, MODULE, name, {}, mode="init", noupdate=True)
        letters.load(cls.env)
        cls.letters = cls.env["township.letter"].search([]) - before

    def of(self, **values):
        return self.letters.filtered(
            lambda letter: all(letter[name] == value for name, value in values.items())
        )

    def test_every_state_and_every_kind(self):
        for name in ("state", "kind"):
            wanted = set(self.letters._fields[name].get_values(self.env))
            if name == "kind":
                wanted -= {"assistance"}  # a village gets that or an agreement
            self.assertLessEqual(wanted, set(self.letters.mapped(name)))

    def test_last_year_is_assessed_and_the_current_quarter_under_way(self):
        past, current = (
            self.letters.assessment_ids.filtered(lambda one, state=state: one.state == state)
            for state in ("closed", "open")
        )
        self.assertEqual(past.letter_id.state, "assessed")
        self.assertTrue(past.grade_id)
        self.assertLess(0, past.score)
        self.assertLess(past.score, 100)
        self.assertEqual(current.letter_id, self.letters.filtered("previous_id"))
        self.assertFalse(past.activity_ids)

    def test_a_unit_has_a_notice_to_answer(self):
        notice = self.env["township.accountability"].search([("state", "=", "served")])
        self.assertTrue(notice.number)
        self.assertIn("running", notice.mapped("deadline_state"))

    def test_one_waits_in_time_and_one_is_late(self):
        states = self.of(state="issued").mapped("deadline_state")
        self.assertIn("overdue", states)
        self.assertTrue({"running", "due_soon"} & set(states))

    def test_letters_were_signed_on_paper_or_in_the_app_one_of_them_late(self):
        signed = self.letters.filtered("signed_date")
        self.assertEqual(set(signed.mapped("signed_way")), {"paper", "app"})
        self.assertEqual(set(signed.mapped("deadline_state")), {"met", "missed"})
        for letter in signed:
            self.assertLessEqual(letter.date_issued, letter.signed_date)
            if letter.signed_way == "paper":
                self.assertTrue(letter.paper_scan_ids.mapped("raw"))
            else:
                self.assertTrue(letter.signed_file_id.raw.startswith(b"%PDF"))
            if letter.date_in_force:
                self.assertLessEqual(letter.signed_date, letter.date_in_force)
                self.assertTrue(letter.seal_id.scan_ids)

    def test_a_corrected_letter_is_replaced_by_its_new_version_in_force(self):
        new = self.letters.filtered("previous_id")
        self.assertEqual((new.state, new.previous_id.state), ("in_force", "closed"))
        self.assertTrue(new.previous_id.replaced)

    def test_items_name_the_item_of_the_countys_letter_they_serve(self):
        county = self.of(kind="received")
        self.assertEqual(county.weight_total, 100)
        for letter in self.letters.filtered("parent_letter_id"):
            self.assertEqual(letter.line_ids.parent_line_id, county.line_ids)

    def test_signers_see_what_waits_for_them(self):
        for letter in self.of(state="issued"):
            mine = letter.with_user(letter.signer_id)
            self.assertIn(letter, mine.search([("state", "=", "issued")]))


@tagged("post_install", "-at_install")
class TestLetterDemoOnNewYearsDay(TestLetterDemo):
    """When the letters of this year were all issued last year."""

    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        cls.startClassPatcher(freeze_time("2027-01-01 04:00:00"))
        super().setUpClass()
