import json
from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .base import CorrectionCase

PHONE = "13959594287"


@tagged("post_install", "-at_install")
class TestCorrectionGroup(CorrectionCase):
    """Who helps a subject: complete before the announcement, kept as rows, without a right."""

    def received(self, subject=None, **vals):
        subject = subject or self.make_subject(**vals)
        subject.action_expect()
        subject.action_receive()
        return subject

    # ------------------------------------------------------------------
    # Complete (COR-12, COR-27)
    # ------------------------------------------------------------------

    def test_nobody_is_announced_without_the_village_in_the_group(self):
        subject = self.received()
        self.make_group(subject, "justice", "family")
        self.assertIn("村（居）民委员会人员", subject.group_gaps)
        with self.assertRaisesRegex(UserError, "村（居）民委员会人员"):
            subject.action_announce()
        self.make_group(subject, "village")
        self.assertFalse(subject.group_gaps)
        subject.action_announce()
        self.assertEqual(subject.state, "in_correction")

    def test_a_woman_has_a_woman_in_her_group(self):
        subject = self.received(name="刘芳", gender="female")
        men = self.make_group(subject, "justice", "village", gender="male")
        with self.assertRaisesRegex(UserError, "a woman"):
            subject.action_announce()
        men[0].gender = "female"
        subject.action_announce()

    def test_a_man_needs_no_woman(self):
        subject = self.received()
        self.make_group(subject, "justice", "village", gender="male")
        self.assertFalse(subject.group_gaps)

    def test_a_minor_has_the_guardian_and_somebody_who_knows_minors(self):
        minor = self.received(self.make_minor())
        self.make_group(minor, "justice", "village")
        for who in ("监护人", "熟悉未成年人身心特点的人员"):
            self.assertIn(who, minor.group_gaps)
        self.make_group(minor, "guardian", "minors")
        self.assertFalse(minor.group_gaps)

    def test_whom_a_group_needs_is_the_townships_own_record(self):
        subject = self.received()
        self.make_group(subject, "justice")
        shared = self.env.ref("township_governance.correction_member_kind_village")
        Kind = self.env["township.correction.member.kind"].with_user(self.correction)
        with self.assertRaises(AccessError):
            shared.with_user(self.correction).required = False
        own = Kind.browse(shared.with_user(self.correction).action_make_own()["res_id"])
        own.required = False
        subject.invalidate_recordset(["group_gaps"])
        self.assertFalse(subject.group_gaps)
        self.assertTrue(shared.required)
        self.assertIn(own, Kind.search([("in_force", "=", True)]))
        self.assertNotIn(shared, Kind.search([("in_force", "=", True)]))

    def test_who_has_left_is_missing(self):
        subject = self.in_correction()
        village = subject.member_ids.filtered(lambda member: member.kind_id.code == "village")
        village.date_to = self.today
        self.assertIn(village.kind_id.name, subject.group_gaps)

    # ------------------------------------------------------------------
    # Kept
    # ------------------------------------------------------------------

    def test_a_member_is_replaced_by_a_new_row_and_never_overwritten(self):
        subject = self.in_correction()
        member = subject.member_ids[0]
        for vals in ({"name": "吴桂英"}, {"kind_id": subject.member_ids[1].kind_id.id}):
            with self.subTest(vals), self.assertRaises(UserError):
                member.write(vals)
        with self.assertRaises(UserError):
            member.unlink()
        member.write({"date_to": self.today, "phone": PHONE})
        with self.assertRaises(UserError):
            member.date_to = False

    def test_before_the_announcement_the_group_is_put_together_freely(self):
        subject = self.received()
        members = self.make_group(subject)
        members[0].name = "吴桂英"
        members[1].unlink()
        self.assertEqual(len(subject.member_ids), len(members) - 1)

    def test_only_what_the_group_needs_is_held_of_a_member(self):
        subject = self.received()
        for name, value in (
            ("id_number", "619929195304014345"),
            ("birth_date", date(1953, 4, 1)),
            ("address", "东沟村一组"),
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                self.make_group(subject, "family", **{name: value})

    def test_the_phone_of_a_member_is_masked(self):
        member = self.make_group(self.received(), "family", phone=PHONE)
        self.assertNotIn(PHONE, str(member.read()))
        self.assertEqual(member.action_reveal("phone", "通知小组会议"), PHONE)

    def test_the_letter_that_members_keep_names_neither_number_nor_offence(self):
        subject = self.in_correction(
            self.make_subject(id_number="619929195304014345", birth_date=False, phone=PHONE)
        )
        subject.member_ids[1].date_to = self.today
        report = self.env["ir.actions.report"].with_user(self.correction)
        name = "township_governance.report_correction_duty"
        text = report._render_qweb_html(name, subject.ids)[0].decode()
        self.assertIn(subject.member_ids[0].name, text)
        self.assertIn("开展个案矫正工作", text)
        for hidden in ("619929195304014345", subject.offence, subject.address):
            self.assertNotIn(hidden, text)
        self.assertNotIn(subject.member_ids.filtered("date_to").name, text)

    # ------------------------------------------------------------------
    # No right
    # ------------------------------------------------------------------

    def test_nobody_outside_the_room_is_linked(self):
        subject = self.received()
        with self.assertRaises(ValidationError):
            self.make_group(subject, "mediator", user_id=self.mediator_user.id)

    def test_a_member_who_is_a_mediator_reads_nothing_by_any_channel(self):
        """Linked while an officer of the room, later a mediator alone."""
        group = self.env.ref("township_governance.group_correction")
        self.mediator_user.group_ids += group
        subject = self.in_correction()
        member = self.make_group(subject, "mediator", user_id=self.mediator_user.id)
        self.mediator_user.group_ids -= group
        self.assert_blind(self.mediator_user, subject, member)

    def test_an_officer_for_adults_in_the_group_of_a_minor_reads_nothing(self):
        minor = self.in_correction(self.make_minor())
        member = self.make_group(minor, "volunteer", user_id=self.correction.id)
        self.assert_blind(self.correction, minor, member)

    def assert_blind(self, user, subject, member):
        """Neither rows, names, messages, activities, nor files reach the user."""
        partner = user.partner_id
        user.group_ids += self.env.ref("base.group_allow_export")
        self.assertNotIn(partner, subject.sudo().message_partner_ids)
        self.assertFalse(subject.sudo().activity_ids.filtered(lambda one: one.user_id == user))
        self.assertFalse(
            self.env["mail.notification"].search([("res_partner_id", "=", partner.id)])
        )
        for record in (subject, member):
            theirs = record.with_user(user)
            theirs.invalidate_recordset()
            for verb in ("read", "write", "unlink"):
                with self.subTest(record=record._name, verb=verb):
                    self.assertFalse(theirs.has_access(verb))
            with self.assertRaises(AccessError):
                theirs.read(["name"])
            with self.assertRaises(AccessError):
                theirs.export_data(["name"])
            with self.assertRaises(AccessError):
                theirs.action_reveal("phone", "看看")
            for name in (record.sudo().name, self.MEMBERS[0]):
                self.assertNotIn(name, json.dumps(self.found(theirs, name), default=str))
        report = "township_governance.report_correction_group"
        with self.assertRaises(AccessError):
            self.env["ir.actions.report"].with_user(user)._render_qweb_html(report, subject.ids)
        messages = self.env["mail.message"].with_user(user)
        self.assertFalse(
            messages.search([("model", "=", subject._name), ("res_id", "=", subject.id)])
        )

    def found(self, model, name):
        """:return: what search, grouping and the search of names give"""
        try:
            return [
                model.search_read([("name", "=", name)], ["display_name"]),
                model.name_search(name),
                model.formatted_read_group([], ["name"], ["__count"]),
            ]
        except AccessError:
            return []
