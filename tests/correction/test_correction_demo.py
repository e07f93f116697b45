from ast import literal_eval
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import file_open
from odoo.tools.convert import convert_file

from ...demo.correction import room

MODULE = "township_governance"


@tagged("post_install", "-at_install")
class TestCorrectionDemo(TransactionCase):
    """The demo office: somebody in every state, on whatever day it is installed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with file_open(f"{MODULE}/__manifest__.py") as stream:
            files = literal_eval(stream.read())["demo"]
        before = cls.all_of("subject"), cls.all_of("checkin"), cls.people()
        for name in files:
            convert_file(cls.env, MODULE, name, {}, mode="init", noupdate=True)
        cls.fill()
        cls.subjects = cls.all_of("subject") - before[0]
        cls.checkins = cls.all_of("checkin") - before[1]
        cls.aftercare = cls.people() - before[2]
        cls.today = cls.env["township.calendar.day"]._today()

    @classmethod
    def fill(cls):
        room.load(cls.env)

    @classmethod
    def all_of(cls, name):
        return cls.env[f"township.correction.{name}"].search([])

    @classmethod
    def people(cls):
        return cls.env["township.aftercare"].search([])

    def of(self, name, **values):
        """:return: rows of the demo subjects with these values"""
        rows = self.all_of(name).filtered(lambda row: row.subject_id in self.subjects)
        return rows.filtered(
            lambda row: all(row[field] == value for field, value in values.items())
        )

    def test_every_state_and_every_category(self):
        for name in ("state", "category"):
            values = set(self.subjects._fields[name].get_values(self.env))
            self.assertEqual(values, set(self.subjects.mapped(name)))
        self.assertIn("female", self.subjects.mapped("gender"))

    def test_two_minors_one_of_them_sealed(self):
        minors = self.subjects.filtered("is_minor")
        self.assertEqual(len(minors), 2)
        self.assertEqual(len(minors.filtered("sealed")), 1)

    def test_two_are_late_one_to_report_in_and_one_to_be_released(self):
        late = self.subjects.filtered(lambda one: one.deadline_state == "overdue")
        self.assertEqual(set(late.mapped("state")), {"expected", "in_correction"})
        self.assertEqual(len(late), 2)

    def test_the_term_is_counted_as_the_notice_says(self):
        decided = self.subjects.filtered("term_end")
        self.assertEqual(decided.mapped("term_end"), decided.mapped("term_end_counted"))

    def test_check_ins_of_a_month_with_their_outcomes(self):
        outcomes = set(self.checkins._fields["outcome"].get_values(self.env))
        self.assertEqual(set(self.checkins.mapped("outcome")), outcomes)
        due = self.checkins.filtered("is_due").mapped("planned_date")
        self.assertIn(self.today, due)
        self.assertLess(min(due), self.today)

    def test_one_is_away_and_one_return_is_overdue(self):
        away = self.of("leave", state="away")
        self.assertEqual(set(away.mapped("return_state")), {"later", "overdue"})
        for leave in self.of("leave").filtered("given_date"):
            self.assertLess(leave.given_date, leave.date_from)
            self.assertEqual(leave.approver, "office")

    def test_a_device_comes_off_within_the_week(self):
        device = self.of("device", state="in_use")
        self.assertEqual((device.date_end - self.today).days, 5)

    def test_plans_were_confirmed_in_time(self):
        states = set(self.subjects._plan_clocks().mapped("deadline_state"))
        self.assertEqual(states, {"met", "running"})

    def test_an_order_and_a_measure_are_papers_of_other_bodies(self):
        for row in self.of("prohibition"):
            self.assertTrue(row.decision_scan_ids)
        measure = self.of("measure", state="served")
        self.assertTrue(measure.heard_date and measure.decision_scan_ids)

    def test_one_term_ends_soon_and_one_has_ended_without_paper(self):
        serving = self.subjects.filtered(lambda one: one.state == "in_correction")
        over = serving.filtered("term_over")
        self.assertEqual((self.today - over.term_end).days, 1)
        left = serving.release_ids.subject_id - over
        self.assertEqual((left.term_end - self.today).days, 20)

    def test_attendance_lists(self):
        activities = self.of("attendance").activity_id
        self.assertEqual(set(activities.mapped("state")), {"planned", "held"})
        self.assertIn("absent", self.of("attendance").mapped("outcome"))

    def test_aftercare_is_accepted_declined_and_waited_for(self):
        self.assertEqual(len(self.aftercare), 6)
        declined = self.aftercare.filtered(lambda one: one.state == "declined")
        self.assertFalse(declined.visit_ids or declined.need_ids)
        active = self.aftercare.filtered(lambda one: one.state == "active")
        self.assertIn("released", active.subject_id.mapped("state"))
        self.assertIn(False, active.need_ids.mapped("result"))

    def test_files_are_on_their_way_and_a_request_waits(self):
        self.assertEqual(self.of("transfer.line").transfer_id.state, "sent")
        request = self.env["township.personal.request"].search(
            [("subject_id", "in", self.subjects.ids)]
        )
        self.assertEqual(request.deadline_state, "running")

    def test_numbers_are_of_an_area_that_does_not_exist(self):
        for subject in self.subjects.sudo():
            self.assertTrue(subject.id_number_full.startswith("619929"))


@tagged("post_install", "-at_install")
class TestCorrectionDemoOnNewYearsDay(TestCorrectionDemo):
    """When most of it lies in last year."""

    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        cls.startClassPatcher(freeze_time("2027-01-01 04:00:00"))
        super().setUpClass()


@tagged("post_install", "-at_install")
class TestCorrectionDemoOnALeapDay(TestCorrectionDemo):
    """When there is no such day last year."""

    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        cls.startClassPatcher(freeze_time("2028-02-29 04:00:00"))
        super().setUpClass()


@tagged("post_install", "-at_install")
class TestCorrectionDemoWithoutTheKey(TestCorrectionDemo):
    """When the file of keys is not at hand: people come without numbers."""

    allow_inherited_tests_method = True

    @classmethod
    def fill(cls):
        keys = type(cls.env["township.key"])
        with patch.object(keys, "_ready_keyring", side_effect=UserError("no key")):
            return super().fill()

    def test_numbers_are_of_an_area_that_does_not_exist(self):
        self.assertFalse(any(self.subjects.sudo().mapped("id_number_full")))
