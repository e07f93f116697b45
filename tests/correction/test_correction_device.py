from datetime import date, timedelta

from odoo import models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .measure_case import MeasureCase

# What an authorisation holds, and nothing else: a new field is a question of law.
MECHANISMS = (
    "township.deadline.mixin",
    "township.workflow.mixin",
    "mail.thread",
    "mail.activity.mixin",
)
HELD = {
    *("subject_id", "company_id", "is_minor", "category", "state", "ground", "facts"),
    *("date_from", "date_until", "date_end", "extension_ids", "taken_off_date"),
    *("not_needed_date", "not_needed_by", "not_needed_reason", "delivery_ids"),
    *("decision_body", "decision_number", "decision_date", "decision_scan_ids"),
}
HELD_EXTENSION = {
    *("device_id", "subject_id", "company_id", "state", "facts", "date_from", "date_until"),
    *("decision_body", "decision_number", "decision_date", "decision_scan_ids"),
}
POSITION = ("position", "latitude", "longitude", "location", "track", "coordinate", "geo")


@freeze_time("2026-06-10 02:00:00")
@tagged("post_install", "-at_install")
class TestCorrectionDevice(MeasureCase):
    """Electronic positioning: an authorisation with its end, and the device off in time."""

    def device(self, start=None, until=None, subject=None, **vals):
        return self.make(
            "township.correction.device",
            subject,
            **{
                "ground": "prohibition",
                "facts": "违反禁止令进入酒吧。",
                "date_from": start or date(2026, 6, 10),
                "date_until": until or date(2026, 9, 9),
                **vals,
            },
        )

    def worn(self, **vals):
        device = self.device(**vals)
        device.write(self.paper())
        device.action_approve()
        return device

    def extension(self, device, until, day):
        extension = device.extension_ids.create(
            {"device_id": device.id, "date_until": until, "facts": "仍有必要。"}
        )
        extension.write(self.paper("槐司〔2026〕9号", day))
        return extension

    def own_fields(self, name):
        model = self.env[name]
        mechanisms = {field for mixin in MECHANISMS for field in self.env[mixin]._fields}
        return model._fields.keys() - mechanisms - {*models.MAGIC_COLUMNS, "display_name"}

    def test_no_field_could_hold_a_position(self):
        self.assertEqual(self.own_fields("township.correction.device"), HELD)
        self.assertEqual(self.own_fields("township.correction.device.extension"), HELD_EXTENSION)
        for name in ("township.correction.device", "township.correction.device.extension"):
            for field in self.env[name]._fields.values():
                with self.subTest(name, field=field.name):
                    self.assertNotIn(field.type, ("float", "json", "properties", "binary"))
                    self.assertFalse([word for word in POSITION if word in field.name])
                if field.type == "many2many" and field.comodel_name == "ir.attachment":
                    self.assertEqual(field.name, "decision_scan_ids")

    def test_no_model_of_the_room_could_hold_a_position(self):
        for name in self.env.registry:
            if not name.startswith("township.correction."):
                continue
            for field in self.env[name]._fields:
                with self.subTest(name, field=field):
                    self.assertFalse([word for word in POSITION[1:3] if word in field])

    def test_nothing_is_used_without_the_county_head_s_paper(self):
        device = self.device()
        with self.assertRaisesRegex(UserError, "Number of the decision"):
            device.action_approve()
        device.write(self.paper())
        device.action_approve()
        self.assertEqual(device.deadline_date, date(2026, 9, 9))
        self.assertEqual(device.delivery_ids.paper, "使用电子定位装置告知书")

    def test_the_first_day_is_not_before_the_approval(self):
        device = self.device(start=date(2026, 6, 1), until=date(2026, 8, 1))
        device.write(self.paper())
        with self.assertRaisesRegex(UserError, "not before the approval"):
            device.action_approve()

    def test_three_months_counted_with_the_first_day_and_not_rolled(self):
        for start in (date(2026, 6, 10), date(2026, 7, 1), date(2026, 8, 31), date(2026, 10, 1)):
            last = self.months_later(start, 3) - timedelta(days=1)
            with self.subTest(start):
                self.device(start, last)
                with self.assertRaisesRegex(ValidationError, "three months"):
                    self.device(start, last + timedelta(days=1))

    def test_nobody_wears_a_device_after_the_term(self):
        subject = self.in_correction(term_end=date(2026, 7, 31))
        with self.assertRaisesRegex(ValidationError, "term ends"):
            self.device(until=date(2026, 8, 1), subject=subject)

    def test_a_term_shortened_by_a_court_brings_the_end_forward(self):
        device = self.worn()
        self.subject.sudo().term_end = date(2026, 7, 15)
        self.assertEqual(device.deadline_date, date(2026, 7, 15))

    def test_each_extension_is_approved_anew_for_three_months(self):
        device = self.worn()
        with self.assertRaisesRegex(ValidationError, "three months"):
            self.extension(device, date(2026, 12, 10), self.today)
        extension = self.extension(device, date(2026, 12, 9), self.today)
        self.assertEqual(extension.date_from, date(2026, 9, 10))
        self.assertEqual(device.deadline_date, date(2026, 9, 9), "not approved yet")
        extension.action_approve()
        self.assertEqual(device.deadline_date, date(2026, 12, 9))
        self.assertEqual(device.date_end, date(2026, 12, 9))

    def test_the_same_days_are_extended_once(self):
        device = self.worn()
        first = self.extension(device, date(2026, 10, 9), self.today)
        second = self.extension(device, date(2026, 11, 9), self.today)
        first.action_approve()
        with self.assertRaises(ValidationError):
            second.action_approve()

    def test_after_the_end_an_extension_comes_too_late(self):
        device = self.worn(until=date(2026, 6, 30))
        with freeze_time("2026-07-05 02:00:00"):
            late = self.extension(device, date(2026, 8, 1), date(2026, 7, 5))
            with self.assertRaisesRegex(UserError, "before the use so far ended"):
                late.action_approve()

    def test_the_office_is_pressed_to_take_it_off(self):
        device = self.worn()
        domain = device._home_tile_domains()["device_due"]
        self.assertNotIn(device, device.search(domain))
        with freeze_time("2026-09-02 02:00:00"):
            self.assertIn(device, device.search(device._home_tile_domains()["device_due"]))
            self.assertEqual(device.deadline_state, "due_soon")
        with freeze_time("2026-09-10 02:00:00"):
            self.assertIn(device, device.search(device._home_tile_domains()["device_due"]))
            self.flag_deadlines()
            self.assertEqual(device.overdue_flag_date, date(2026, 9, 10))
            self.assertEqual(device.activity_ids.user_id, self.correction)
            device.taken_off_date = date(2026, 9, 10)
            device.action_take_off()
            self.assertFalse(device.search(device._home_tile_domains()["device_due"]))
        self.assertEqual(device.deadline_state, "missed")

    def test_what_is_not_needed_ends_early(self):
        device = self.worn()
        with freeze_time("2026-07-01 02:00:00"):
            device.not_needed_date = date(2026, 7, 1)
            with self.assertRaisesRegex(UserError, "Who saw"):
                device.action_end_early()
            device.write({"not_needed_by": "司法所所长", "not_needed_reason": "表现稳定。"})
            device.action_end_early()
            self.assertEqual(device.deadline_date, date(2026, 7, 1))
            device.taken_off_date = date(2026, 7, 1)
            device.action_take_off()
        self.assertEqual(device.deadline_state, "met")

    def test_correction_does_not_end_with_a_device_on(self):
        device = self.worn()
        for step in ("release", "terminate", "relocate"):
            asked = self.subject._asked_by(self.subject._steps()[step])
            self.assertTrue([item for item in asked if "positioning device" in item], step)
        device.taken_off_date = self.today
        device.action_take_off()
        asked = self.subject._asked_by(self.subject._steps()["release"])
        self.assertFalse([item for item in asked if "positioning device" in item])

    def test_an_extension_is_applied_for_in_the_form(self):
        device = self.worn()
        with Form(device) as form, form.extension_ids.new() as row:
            row.date_until = date(2026, 10, 9)
            row.facts = "仍有必要。"
        self.assertEqual(device.extension_ids.date_from, date(2026, 9, 10))
        self.assertEqual(device.extension_ids.state, "draft")

    def test_what_was_authorised_is_not_rewritten(self):
        device = self.worn()
        for vals in ({"date_until": date(2026, 8, 1)}, {"ground": "absence"}):
            with self.assertRaises(UserError):
                device.write(vals)
        with self.assertRaises(AccessError):
            device.deadline_date = date(2027, 1, 1)
