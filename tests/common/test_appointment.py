"""Appointments of any owner: planned, recorded, the next one booked in the same breath."""

from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .base import TownshipCase
from .throwaway import add_throwaway_models

TODAY = date(2026, 11, 18)
NEXT = date(2026, 12, 2)


def room():
    class Person(models.Model):
        _name = "township.test.person"
        _description = "Owner of appointments"
        _module = None
        _inherit = ["township.mechanism.mixin", "mail.thread", "mail.activity.mixin"]
        name = fields.Char()
        company_id = fields.Many2one("res.company")
        user_id = fields.Many2one("res.users")

        def _deadline_users(self, level):
            return self.user_id

    class Appointment(models.Model):
        _name = "township.test.appointment"
        _description = "Appointment of a test"
        _module = None
        _inherit = ["township.appointment.mixin"]
        _owner_field = "person_id"
        _appointment_keys = ("person_id", "kind")
        person_id = fields.Many2one(
            "township.test.person", required=True, ondelete="cascade", index=True
        )
        company_id = fields.Many2one(related="person_id.company_id", store=True, precompute=True)

    return [Person, Appointment]


RIGHTS = {
    "township.test.person": {"group_officer": "rwc", "group_mediator": "r"},
    "township.test.appointment": {"group_officer": "rwcd", "group_mediator": "rwcd"},
}


@tagged("post_install", "-at_install")
class TestAppointment(TownshipCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-11-18 04:00:00"))
        people, appointments = add_throwaway_models(cls, room(), RIGHTS)
        cls.people = people.with_user(cls.officer)
        cls.appointments = appointments.with_user(cls.officer)

    def make(self, number=1, **vals):
        """:return: one appointment of today for each of so many people"""
        people = self.people.create(
            [{"company_id": self.company.id, "user_id": self.officer.id}] * number
        )
        return self.appointments.create(
            [{"person_id": person.id, "planned_date": TODAY, **vals} for person in people]
        )

    def queries(self, call):
        """:return: number of queries of a call, all written"""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_the_planned_day_is_the_deadline_also_on_a_holiday(self):
        appointment = self.make(planned_date=date(2027, 10, 1))
        self.assertEqual(appointment.deadline_date, date(2027, 10, 1))
        self.assertEqual(appointment.deadline_state, "running")

    def test_recording_ends_the_duty_and_books_the_next_one_of_its_way(self):
        appointment = self.make(kind="visit")
        booked = appointment.action_record("complied", next_date="2026-12-02", note="At home")
        self.assertEqual(appointment.outcome, "complied")
        self.assertEqual(appointment.recorded_by_id, self.officer)
        self.assertEqual(appointment.recorded_date, TODAY)
        self.assertEqual(appointment.next_date, NEXT)
        self.assertEqual(appointment.note, "At home")
        self.assertEqual(appointment.deadline_state, "met")
        self.assertEqual(booked.planned_date, NEXT)
        self.assertEqual(booked.kind, "visit")
        self.assertEqual(booked.person_id, appointment.person_id)
        self.assertEqual(booked.outcome, "not_recorded")

    def test_one_that_is_booked_already_is_not_booked_twice(self):
        appointment = self.make()
        there = appointment.create(
            {"person_id": appointment.person_id.id, "planned_date": NEXT, "kind": "in_person"}
        )
        self.assertEqual(appointment.action_record("complied", NEXT), there)
        visit = appointment.create(
            {"person_id": appointment.person_id.id, "planned_date": TODAY, "kind": "visit"}
        )
        self.assertNotIn(there, visit.action_record("complied", NEXT))

    def test_a_dialogues_context_says_nothing_about_the_next_one(self):
        appointment = self.make().with_context(
            default_outcome="complied", default_planned_date=TODAY, default_note="Excused"
        )
        booked = appointment.action_record("complied", NEXT)
        self.assertEqual(booked.outcome, "not_recorded")
        self.assertEqual(booked.planned_date, NEXT)
        self.assertFalse(booked.note)

    def test_what_does_not_fit_is_refused_with_words(self):
        appointment = self.make()
        to_come = self.make(planned_date=NEXT)
        refused = {
            "reason": lambda: appointment.action_record("acceptable_absence"),
            "outcome": lambda: appointment.action_record("not_recorded"),
            "comes after": lambda: appointment.action_record("complied", TODAY),
            "still to come": lambda: to_come.action_record("not_complied"),
        }
        for words, call in refused.items():
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                call()
        appointment.action_record("acceptable_absence", reason="Harvest")
        self.assertEqual(appointment.absence_reason, "Harvest")
        with self.assertRaisesRegex(UserError, "2026-11-18 is recorded already"):
            appointment.action_record("complied")

    def test_one_that_does_not_fit_stops_the_whole_batch(self):
        appointments = self.make(3)
        appointments[2].action_record("complied")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            appointments.action_record("complied")
        self.assertEqual(appointments[0].outcome, "not_recorded")

    def test_who_may_not_change_the_owner_records_nothing(self):
        appointment = self.make().with_user(self.mediator_user)
        with self.assertRaises(AccessError):
            appointment.action_record("complied")

    def test_an_outcome_is_not_typed(self):
        appointment = self.make()
        for name, value in {
            "outcome": "complied",
            "recorded_date": TODAY,
            "absence_reason": "x",
            "deadline_date": NEXT,
        }.items():
            with self.subTest(name), self.assertRaises(AccessError):
                appointment.write({name: value})
        with self.assertRaises(AccessError):
            self.make(outcome="complied")

    def test_what_is_to_come_moves_and_what_is_past_does_not(self):
        appointment = self.make()
        appointment.planned_date = NEXT
        self.assertEqual(appointment.deadline_date, NEXT)
        appointment.planned_date = TODAY
        with freeze_time("2026-11-19 04:00:00"):
            for call in (
                lambda: appointment.write({"planned_date": NEXT}),
                appointment.unlink,
            ):
                with self.assertRaises(UserError):
                    call()
        self.make(planned_date=NEXT).unlink()

    def test_a_wrong_outcome_is_taken_back_with_a_reason_on_record(self):
        appointment = self.make()
        appointment.action_record("not_complied")
        with self.assertRaises(UserError):
            appointment.action_take_back()
        appointment.action_take_back("Wrong line")
        self.assertEqual(appointment.outcome, "not_recorded")
        self.assertFalse(appointment.recorded_by_id)
        self.assertEqual(appointment.deadline_state, "due_soon")
        self.assertIn("Wrong line", appointment.person_id.message_ids[0].body)

    def test_an_unrecorded_one_is_told_to_the_handler_the_next_morning(self):
        appointment = self.make()
        recorded = self.make()
        recorded.action_record("not_complied")
        cron = type(self.env["ir.cron"])
        with (
            freeze_time("2026-11-19 04:00:00"),
            patch.object(cron, "_commit_progress", return_value=1.0),
        ):
            self.env["township.deadline.flag"]._cron_flag_deadlines()
            self.assertEqual(appointment.deadline_state, "overdue")
        self.assertTrue(appointment.overdue_flag_date)
        self.assertEqual(appointment.person_id.activity_ids.user_id, self.officer)
        self.assertFalse(recorded.overdue_flag_date)
        self.assertFalse(recorded.person_id.activity_ids)

    def test_twenty_outcomes_cost_as_many_queries_as_forty(self):
        few, many = self.make(20), self.make(40)
        self.make().action_record("complied", NEXT)
        counted = [
            self.queries(lambda rows=rows: rows.action_record("complied", NEXT))
            for rows in (few, many)
        ]
        self.assertEqual(counted[0], counted[1])
