"""What somebody inside would try to make a rule, a clock or a fact go away."""

from datetime import date, timedelta

from odoo.fields import Command
from odoo.tests import tagged

from . import matrix
from .attack_case import AttackCase

MECHANISM = "township.mechanism.mixin"


@tagged("post_install", "-at_install")
class TestCorrectionTyped(AttackCase):
    """What follows from facts is never typed: read-only in a form is no guard against a call."""

    def followed(self):
        """:return: ``list`` of (model, field) of the room that follow from other fields"""
        return [
            (self.env[name], field)
            for name in matrix.room_models(self.registry)
            if issubclass(self.registry[name], self.registry[MECHANISM])
            for field in self.env[name]._fields.values()
            if field.store and (field.compute or field.related) and field.readonly
        ]

    def test_nothing_that_follows_from_facts_is_typed(self):
        followed = self.followed()
        names = {(model._name, field.name) for model, field in followed}
        self.assertIn(("township.correction.subject", "is_minor"), names)
        self.assertIn(("township.correction.leave", "user_id"), names)
        for model, field in followed:
            with self.subTest(model=model._name, field=field.name):
                typing = model.with_user(self.minor_officer)
                self.assertFalse(typing._has_field_access(field, "write"))

    def test_a_minor_is_not_typed_an_adult(self):
        minor = self.make_minor()
        for name in ("is_minor", "minor_at_offence", "minor_in_correction"):
            with self.subTest(name):
                self.refused(minor, "write", {name: False})
                self.refused(minor, "web_save", {name: False}, {"display_name": {}})
        self.assertTrue(minor.is_minor)

    def test_an_officer_for_adults_enters_no_minor_as_an_adult(self):
        vals = self.subject_vals(birth_date=date(2009, 6, 1), is_minor=False)
        self.refused(self.Subject, "create", [vals])
        vals = self.subject_vals(birth_date=date(2009, 6, 1))
        self.refused(self.Subject, "create", [vals], context={"default_is_minor": False})

    def test_the_days_that_decide_who_approves_a_leave_are_counted(self):
        leave = self.make(
            "township.correction.leave",
            date_from=self.today + timedelta(days=10),
            date_to=self.today + timedelta(days=50),
        )
        self.refused(leave, "write", {"days": 1})
        self.refused(leave, "write", {"date_end": leave.date_from})

    def test_an_extension_of_a_device_begins_after_the_last_day(self):
        device = self.make(
            "township.correction.device",
            ground="prohibition",
            facts="违反禁止令。",
            date_from=self.today,
            date_until=self.today + timedelta(days=30),
            **self.paper(),
        )
        device.action_approve()
        later = self.today + timedelta(days=80)
        vals = {"device_id": device.id, "date_until": later + timedelta(days=60)}
        self.refused(device.extension_ids, "create", [{**vals, "date_from": later}])

    def test_an_obstacle_stands_on_the_file_of_its_release(self):
        minor = self.in_correction(self.make_minor())
        release = self.env["township.correction.release"].create({"subject_id": minor.id})
        vals = {"kind": "other", "since_date": self.today, "body": "某机关"}
        obstacles = release.obstacle_ids.with_user(self.correction)
        for subject in ({"subject_id": self.subject.id}, {}):
            self.refused(obstacles, "create", [{"release_id": release.id, **vals, **subject}])


@tagged("post_install", "-at_install")
class TestCorrectionCheckinAttacks(AttackCase):
    """The red of the morning goes by work alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.checkins = (
            cls.env["township.correction.checkin"]
            .with_user(cls.correction)
            .search([("subject_id", "=", cls.subject.id)], order="planned_date")
        )

    def test_what_the_class_plans_is_not_deleted(self):
        self.assertTrue(self.checkins)
        self.refused(self.checkins[:1], "unlink")
        self.refused(self.subject, "write", {"checkin_until": False})
        self.refused(self.checkins[:1], "write", {"plan_date": False})

    def test_what_was_booked_by_hand_is_deleted_while_it_is_to_come(self):
        booked = self.make(
            "township.correction.checkin",
            kind="phone",
            planned_date=self.today + timedelta(days=2),
        )
        self.call(booked, "unlink")
        self.assertFalse(booked.exists())

    def test_what_is_due_today_is_not_deleted(self):
        booked = self.make("township.correction.checkin", kind="phone", planned_date=self.today)
        self.refused(booked, "unlink")

    def test_a_planned_day_is_not_put_off_past_the_next_one(self):
        first = self.checkins.filtered(lambda one: one.kind == "in_person")[:1]
        self.refused(first, "write", {"planned_date": self.today + timedelta(days=3650)})
        self.refused(first, "write", {"planned_date": first.planned_date + timedelta(days=60)})
        day = first.planned_date + timedelta(days=1)
        self.call(first, "write", {"planned_date": str(day)})
        self.assertEqual(first.planned_date, day)
        # moved in small steps it gets no further
        self.refused(first, "write", {"planned_date": day + timedelta(days=60)})

    def test_nobody_has_complied_before_the_day(self):
        self.refused(self.checkins, "action_complied")
        self.refused(self.checkins, "action_record", "complied")
        self.assertEqual(set(self.checkins.mapped("outcome")), {"not_recorded"})

    def test_who_comes_early_is_recorded_by_moving_the_day(self):
        first = self.checkins.filtered(lambda one: one.kind == "in_person")[:1]
        self.call(first, "write", {"planned_date": self.today})
        self.call(first, "action_complied")
        self.assertEqual(first.outcome, "complied")

    def test_an_outcome_is_taken_back_with_a_reason_in_the_log(self):
        booked = self.make("township.correction.checkin", kind="phone", planned_date=self.today)
        booked.action_record("not_complied")
        self.refused(booked, "action_take_back")
        self.refused(booked, "action_take_back", "  ")
        self.refused(booked, "write", {"outcome": "complied"})
        self.call(booked, "action_take_back", "记错了人")
        self.assertTrue(any("记错了人" in (one.body or "") for one in self.subject.message_ids))


@tagged("post_install", "-at_install")
class TestCorrectionFileAttacks(AttackCase):
    """A file neither leaves nor goes blank before its time."""

    def ended(self, **vals):
        subject = self.in_correction(**vals)
        subject.sudo()._enter_state("released")
        subject.sudo()._after_end()
        return subject

    def sent(self, *subjects):
        lines = [Command.create({"subject_id": one.id}) for one in subjects]
        transfer = (
            self.env["township.correction.transfer"]
            .with_user(self.correction)
            .create({"company_id": self.company.id, "line_ids": lines})
        )
        transfer.action_send()
        return transfer

    def test_nobody_in_correction_slips_onto_a_list_that_was_sent(self):
        transfer = self.sent(self.ended())
        line = {"transfer_id": transfer.id, "subject_id": self.subject.id}
        self.refused(transfer.line_ids.browse(), "create", [line])
        self.refused(self.subject, "write", {"transfer_line_ids": [Command.create(line)]})

    def test_nothing_leaves_a_list_that_was_receipted(self):
        transfer = self.sent(self.ended())
        transfer.write(self.paper("收〔2026〕1号"))
        transfer.action_receipt()
        self.refused(transfer.line_ids, "unlink")
        self.refused(transfer.line_ids, "write", {"volumes": 9, "remarks": "改"})

    def test_a_wrong_file_is_taken_off_a_list_that_is_still_made(self):
        transfer = self.sent(self.ended(), self.ended(name="刘芳"))
        transfer.action_take_back()
        self.call(transfer.line_ids[:1], "unlink")
        self.assertEqual(len(transfer.line_ids), 1)

    def test_a_minor_is_not_put_on_a_list_of_adults_by_the_line_alone(self):
        minor = self.make_minor()
        transfer = (
            self.env["township.correction.transfer"]
            .with_user(self.minor_officer)
            .create({"company_id": self.company.id})
        )
        line = {"transfer_id": transfer.id, "subject_id": minor.id}
        self.refused(transfer.line_ids, "create", [line])

    def test_an_old_receipt_does_not_bring_the_anonymising_forward(self):
        subject = self.ended()
        transfer = self.sent(subject)
        transfer.write(self.paper("收〔2016〕1号", date(2016, 1, 4)))
        self.refused(transfer, "action_receipt")
        subject.sudo()._entering().write({"ended_date": date(2015, 1, 4)})
        transfer.action_receipt()
        self.assertGreater(subject.retention_date, self.today)
        self.refused(subject, "action_release_for_anonymising")

    def test_nobody_types_what_keeps_or_clears_a_file(self):
        subject = self.ended()
        for name, value in {
            "anonymised_date": False,
            "retention_start_date": "2010-01-01",
            "retention_date": "2010-01-01",
            "retention_released_date": "2010-01-01",
            "transferred_date": "2010-01-01",
            "ended_date": "2010-01-01",
            "number": "1",
            "state": "in_correction",
            "sealed": False,
        }.items():
            with self.subTest(name):
                self.refused(subject, "write", {name: value})

    def test_a_refused_load_imports_no_state_end_or_number(self):
        for name, value in {
            "state": "released",
            "ended_date": "2026-01-02",
            "number": "X1",
        }.items():
            with self.subTest(name):
                answer = self.call(
                    self.Subject, "load", ["name", "category", name], [["某某", "probation", value]]
                )
                self.assertFalse(answer["ids"])


@tagged("post_install", "-at_install")
class TestCorrectionDialogAttacks(AttackCase):
    """A dialogue is its maker's: it may hold a full number, or the name of a minor."""

    def test_nobody_reads_the_dialogue_of_another(self):
        other = self._make_user("correction_minor", "other")
        for name in matrix.room_models(self.registry, transient=True):
            with self.subTest(name):
                record = self.dialogue(name)
                self.assertTrue(record.with_user(self.minor_officer).has_access("read"))
                self.assertFalse(record.with_user(other).has_access("read"))
                self.assertFalse(record.with_user(other).search([("id", "=", record.id)]))

    def dialogue(self, name):
        """:return: a dialogue of the minors' officer, with what it needs and no more"""
        model = self.env[name].with_user(self.minor_officer)
        needed = {
            "activity_id": lambda: self.activity().id,
            "field_name": lambda: "birth_date",
            "reason": lambda: "核对",
            "number": lambda: "1",
            "subject_id": lambda: self.subject.id,
            "statistics_id": lambda: self.dialogue("township.correction.statistics").id,
        }
        vals = {
            field: value()
            for field, value in needed.items()
            if field in model._fields and model._fields[field].required
        }
        return model.sudo().create(vals).with_user(self.minor_officer)

    def activity(self):
        return self.env["township.correction.activity"].create(
            {"name": "集中学习", "date": self.today, "company_id": self.company.id}
        )
