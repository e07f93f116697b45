import base64
import re
from datetime import date, timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .test_aftercare import RELEASED, AftercareCase
from .test_correction_release import END

MINOR_BIRTH = date(2010, 6, 1)
ADULT_BIRTH = date(1990, 1, 1)


@tagged("post_install", "-at_install")
class TestAftercareGuard(AftercareCase):
    """What protects a person in aftercare: the rules for minors, the seal, the end of keeping."""

    def setUp(self):
        super().setUp()
        self.other_minor_officer = self._make_user("correction_minor", "correction_minor_2")

    def make_young(self, **vals):
        return self.make_person(
            self.minor_officer, **{"name": "李小明", "birth_date": MINOR_BIRTH, **vals}
        )

    def paper(self, person, **vals):
        scan = self.env["ir.attachment"].with_user(self.minor_officer)
        scan = scan.create({"name": "封存通知.pdf", "datas": base64.b64encode(b"x")})
        return {
            "aftercare_id": person.id,
            "decision_body": "槐荫县人民法院",
            "decision_number": "（2027）封存字第3号",
            "decision_date": self.env["township.calendar.day"]._today(),
            "decision_scan_ids": [(4, scan.id)],
            **vals,
        }

    def seal(self, person):
        Sealing = self.env["township.correction.sealing"].with_user(self.minor_officer)
        return Sealing.create(self.paper(person))

    def released_minor(self, sealed):
        self.on(END)
        minor = self.in_correction(self.make_minor())
        if sealed:
            minor.sudo()._seal()
        self.prepare()
        release = minor.release_ids
        self.decide(release)
        release.guardian_present = "李建国"
        self.announce(release)
        self.certify(release)
        release.action_release()
        return release

    def in_aftercare(self, release):
        action = release.action_to_aftercare()
        person = self.env["township.aftercare"].with_user(self.minor_officer)
        return person.browse(action["res_id"])

    # ------------------------------------------------------------------
    # Minors
    # ------------------------------------------------------------------

    def test_lists_names_and_exports_of_a_minor_show_a_number(self):
        self.minor_officer.group_ids += self.env.ref("base.group_allow_export")
        person = self.make_young()
        person.action_register()
        name = person.name
        for shown in (
            person.list_name,
            person.display_name,
            person.export_data(["name", "display_name"]),
            person.clock_ids.export_data(["aftercare_id", "aftercare_id/name"]),
            self.env["township.access.log"]._labels(person),
        ):
            with self.subTest(shown=shown):
                self.assertNotIn(name, str(shown))
        self.assertEqual(self.make_person().list_name, "赵建国")

    def test_an_officer_for_adults_who_enters_a_minor_is_told_whom_to_ask(self):
        with self.assertRaisesRegex(AccessError, re.escape(self.minor_officer.name)):
            self.make_person(birth_date=MINOR_BIRTH)

    def test_no_edit_takes_anybody_out_of_the_rules_but_a_fact_by_paper(self):
        person = self.make_young()
        person.action_register()
        for vals in ({"birth_date": ADULT_BIRTH}, {"birth_date": False}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                person.write(vals)
        scan = self.env["ir.attachment"].with_user(self.minor_officer)
        scan = scan.create({"name": "出生医学证明.pdf", "raw": b"%PDF-1.4 scan"})
        own = person.with_user(self.minor_officer)
        own._correct_fact("birth_date", ADULT_BIRTH, "出生医学证明", scan)
        self.assertFalse(person.is_minor)
        self.assertEqual(person.amendment_ids.before, str(MINOR_BIRTH))

    def test_a_person_is_given_to_nobody_who_may_not_read_it(self):
        person = self.make_young()
        with self.assertRaises(UserError):
            person.user_id = self.correction

    # ------------------------------------------------------------------
    # Sealed
    # ------------------------------------------------------------------

    def test_what_was_sealed_in_corrections_is_sealed_in_aftercare(self):
        person = self.in_aftercare(self.released_minor(sealed=True))
        subject = person.subject_id.sudo()
        self.assertTrue(person.sealed)
        self.assertEqual(person.sealed_on, subject.sealed_on)
        hidden = person.with_user(self.other_minor_officer)
        self.assertFalse(hidden.search([("id", "=", person.id)]))
        self.assertFalse(hidden.clock_ids.search([("aftercare_id", "=", person.id)]))
        with self.assertRaises(AccessError):
            hidden.read(["number"])

    def test_a_sealed_file_is_shut_to_its_handler_when_the_papers_of_the_end_are_done(self):
        own = self.released_minor(sealed=True).subject_id.with_user(self.minor_officer)
        self.assertTrue(own.has_access("read"))
        with freeze_time(fields.Datetime.now() + timedelta(days=4)):
            self.assertFalse(own.has_access("read"))
            dialog = self.env["township.correction.sealed"].with_user(self.minor_officer)
            number = own.sudo().number
            dialog.create({"number": number, "purpose": "duty", "reason": "移交"}).action_open()
            self.assertTrue(own.has_access("read"))

    def test_a_file_sealed_after_the_release_seals_the_record_of_aftercare(self):
        person = self.in_aftercare(self.released_minor(sealed=False))
        self.assertFalse(person.sealed)
        Sealing = self.env["township.correction.sealing"].with_user(self.minor_officer)
        paper = self.paper(person, aftercare_id=False, subject_id=person.subject_id.id)
        Sealing.create(paper)
        self.assertTrue(person.sudo().sealed)
        # who has recorded it finishes the papers; then it is shut
        subject = person.subject_id.with_user(self.minor_officer)
        self.assertTrue(subject.has_access("read"))
        with freeze_time(fields.Datetime.now() + timedelta(days=4)):
            self.assertFalse(subject.has_access("read"))

    def test_the_courts_notice_seals_and_nobody_types_the_seal(self):
        person = self.make_young()
        for vals in ({"sealed": True}, {"sealed_on": RELEASED}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                person.write(vals)
        self.seal(person)
        self.assertTrue(person.sealed)
        with self.assertRaises(AccessError):
            person.sealed = False

    def test_only_minors_are_sealed(self):
        with self.assertRaises(UserError):
            self.seal(self.make_person(self.minor_officer))

    def test_a_paper_is_about_one_person(self):
        person = self.in_aftercare(self.released_minor(sealed=False))
        paper = self.paper(person, subject_id=person.subject_id.id)
        Sealing = self.env["township.correction.sealing"].sudo()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            Sealing.create(paper)

    def test_a_sealed_record_opens_by_number_for_a_purpose_for_some_hours(self):
        person = self.make_young()
        person.action_register()
        self.seal(person)
        hidden = person.with_user(self.other_minor_officer)
        self.assertFalse(hidden.has_access("read"))
        start = fields.Datetime.now()
        dialog = self.env["township.correction.sealed"].with_user(self.other_minor_officer)
        dialog = dialog.create(
            {"number": person.sudo().number, "purpose": "duty", "reason": "走访"}
        )
        with freeze_time(start):
            action = dialog.action_open()
            self.assertEqual((action["res_model"], action["res_id"]), (person._name, person.id))
            self.assertTrue(hidden.has_access("read"))
        log = self.env["township.access.log"].search([], order="id desc", limit=1)
        self.assertEqual((log.action, log.reason), ("view", "走访"))
        hours = self.company.township_correction_seal_hours
        with freeze_time(start + timedelta(hours=hours, seconds=1)):
            self.assertFalse(hidden.has_access("read"))

    def test_a_sealed_record_is_shut_to_its_handler_when_help_has_ended(self):
        person = self.accepted(self.make_young())
        self.seal(person)
        person.write({"end_reason": "wish", "ended_date": RELEASED})
        person.action_end()
        self.assertTrue(person.has_access("read"))
        with freeze_time(fields.Datetime.now() + timedelta(days=4)):
            self.assertFalse(person.has_access("read"))

    # ------------------------------------------------------------------
    # The end of keeping, and requests
    # ------------------------------------------------------------------

    def ended(self):
        person = self.accepted(registered_address="东沟村", phone="13800138000")
        row = {"aftercare_id": person.id}
        self.env["township.aftercare.helper"].with_user(self.correction).create(
            {**row, "name": "孙梅", "workplace": "镇司法所", "phone": "5551234"}
        )
        kind = self.env.ref("township_governance.aftercare_need_job").id
        self.env["township.aftercare.need"].with_user(self.correction).create(
            {**row, "kind_id": kind, "request": "希望在镇上找到工作", "done": "推荐到农机站"}
        )
        person.visit_ids.write({"note": "谈到家里", "visitor": "孙梅"})
        person.visit_ids.planned_date = self.today
        person.visit_ids.action_complied()
        person.write({"end_reason": "wish", "ended_date": RELEASED + timedelta(days=1)})
        person.action_end()
        return person

    def test_what_was_kept_for_the_help_goes_a_year_after_its_end(self):
        person = self.ended()
        self.assertEqual(person.retention_date, person.ended_date.replace(year=2028))
        with self.assertRaises(UserError):
            person.action_release_for_anonymising()
        self.on(person.retention_date + timedelta(days=1))
        self.env.invalidate_all()
        self.assertIn(person, person.search(person._retention_due_domain()))
        person.action_release_for_anonymising()
        person.sudo()._anonymise()
        kept = person.sudo()
        self.env.invalidate_all()
        self.assertTrue(kept.number)
        self.assertTrue(kept.visit_ids and kept.need_ids and kept.helper_ids)
        left = " ".join(
            str(record[name])
            for records in (kept, kept.visit_ids, kept.need_ids, kept.helper_ids)
            for record in records
            for name, field in record._fields.items()
            if field.store and field.type in ("char", "text")
        )
        for word in ("赵建国", "东沟村", "孙梅", "农机站", "找到工作", "家里", "5551234"):
            with self.subTest(word):
                self.assertNotIn(word, left)
        self.assertFalse(kept.id_number_full or kept.phone_full or kept.birth_date)

    def test_the_retention_waits_for_a_release_by_a_person(self):
        person = self.ended()
        self.on(person.retention_date + timedelta(days=1))
        self.env.invalidate_all()
        person.sudo()._anonymise()
        self.assertFalse(person.anonymised_date)

    def test_a_request_about_the_data_held_is_answered_after_the_end_too(self):
        person = self.ended()
        Request = self.env["township.personal.request"].with_user(self.correction)
        request = Request.create(
            {"aftercare_id": person.id, "identity_checked": True, "text": "查阅本人信息"}
        )
        request.action_receive()
        request.answer = "当面查阅"
        request.action_grant()
        self.assertEqual(request.state, "granted")
        self.assertEqual(person.personal_request_ids, request)
        self.assertTrue(request.deadline_date)
        with self.assertRaises(AccessError):
            request.with_user(self.officer).read(["text"])
