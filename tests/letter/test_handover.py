"""The duty of a letter passes by a recorded hand-over; the signature stays the former head's."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .base import LetterCase


@tagged("post_install", "-at_install")
class TestHandover(LetterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.successor = cls._make_user("reporter", "successor")
        cls.merged = cls.env["township.unit"].create(
            {
                "name": "综合执法队",
                "kind": "department",
                "leader_id": cls.successor.id,
                "company_id": cls.company.id,
            }
        )

    def signed(self):
        return self.sign_on_paper(self.issued())

    def hand_over(self, letter, user=None, **vals):
        return (
            self.env["township.letter.handover"]
            .with_user(user or self.officer)
            .create(
                {
                    "letter_id": letter.id,
                    "to_user_id": self.successor.id,
                    "reason": "负责人调整",
                    "paper_number": "槐委干〔2026〕6号",
                    **vals,
                }
            )
        )

    def test_the_duty_passes_and_the_signature_stays(self):
        letter = self.signed()
        handover = self.hand_over(letter)
        self.assertEqual(handover.from_user_id, self.head)
        self.assertEqual(letter.duty_user_id, self.successor)
        self.assertEqual((letter.signer_id, letter.duty_unit_id), (self.head, self.unit))
        self.assertIn("槐委干", letter.message_ids[0].body)
        for user in (self.head, self.successor):
            self.assertTrue(letter.with_user(user).has_access("read"))
        self.assertEqual(letter.with_user(self.successor).handover_ids, handover)
        self.assertEqual(letter._deadline_users(0), self.successor)

    def test_an_officer_hands_over_in_the_form_of_the_letter(self):
        letter = self.signed()
        with Form(letter) as form, form.handover_ids.new() as row:
            row.to_user_id = self.successor
            row.reason = "负责人调整"
            row.paper_number = "槐委干〔2026〕6号"
        self.assertEqual(letter.duty_user_id, self.successor)
        self.assertEqual(letter.handover_ids.date, self.today)

    def test_a_merged_unit_hands_its_duty_to_the_other(self):
        letter = self.signed()
        self.hand_over(letter, to_unit_id=self.merged.id)
        self.assertEqual((letter.unit_id, letter.duty_unit_id), (self.unit, self.merged))
        self.hand_over(letter, to_user_id=self.village_head.id)
        self.assertEqual(letter.duty_unit_id, self.merged)
        self.assertEqual(letter.duty_user_id, self.village_head)
        self.assertEqual(letter.handover_ids.mapped("from_user_id"), self.successor | self.head)

    def test_who_takes_over_an_unsigned_letter_signs_it(self):
        letter = self.make_letter()
        letter.action_issue()
        with self.assertRaises(UserError):
            letter.signer_id = self.successor
        with self.assertRaisesRegex(UserError, "recall it"), self.env.cr.savepoint():
            self.hand_over(letter, to_unit_id=self.merged.id)
        self.hand_over(letter)
        self.assertEqual(letter.signer_id, self.successor)
        self.assertEqual(letter.handover_ids.from_user_id, self.head)
        self.env.flush_all()
        self.env.cr.precommit.run()
        tracked = letter.sudo().message_ids.tracking_value_ids.field_id
        self.assertIn("signer_id", tracked.mapped("name"))
        tile, _mine = letter.with_user(self.head)._home_tile_domains()["to_sign"]
        self.assertFalse(letter.with_user(self.head).search(tile))

    def test_no_duty_goes_below_the_village(self):
        letter = self.signed()
        group = self.env["township.unit"].create(
            {
                "name": "东沟村第一村民小组",
                "kind": "other",
                "parent_id": self.village.id,
                "company_id": self.company.id,
            }
        )
        with self.assertRaisesRegex(UserError, "no letters go below"):
            self.hand_over(letter, to_unit_id=group.id)

    def test_alarms_go_to_the_new_head(self):
        letter = self.make_letter()
        letter.action_issue()
        letter.clock_ids.sudo().write({"deadline_date": self.today - timedelta(days=1)})
        self.flag_deadlines()
        self.assertEqual(letter.sudo().activity_ids.user_id, self.head)
        self.hand_over(letter)
        self.assertEqual(letter.sudo().activity_ids.user_id, self.successor)

    def test_only_from_issue_to_assessment(self):
        letter = self.make_letter()
        with self.assertRaisesRegex(UserError, "no duty"), self.env.cr.savepoint():
            self.hand_over(letter)
        signed = self.signed_closed()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.hand_over(signed)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            signed.with_user(self.officer).write(
                {
                    "handover_ids": [
                        Command.create(
                            {"to_user_id": self.successor.id, "reason": "x", "paper_number": "x"}
                        )
                    ]
                }
            )

    def signed_closed(self):
        letter = self.make_letter(title="已结束", basis_id=self.make_basis(number="另号").id)
        letter._enter_state("closed")
        return letter

    def test_hand_overs_follow_one_another(self):
        letter = self.signed()
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.hand_over(letter, date=self.today + timedelta(days=1))
        self.hand_over(letter)
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.hand_over(letter, date=self.today - timedelta(days=1))

    def test_only_officers_and_nobody_changes_one(self):
        letter = self.signed()
        for user in (self.head, self.successor, self.reporter, self.supervisor, self.auditor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.hand_over(letter, user=user)
        with self.assertRaises(AccessError):
            letter.duty_user_id = self.successor
        with self.assertRaises(AccessError):
            self.hand_over(letter, from_user_id=self.village_head.id)
        handover = self.hand_over(letter)
        for attempt in (
            lambda: handover.write({"to_user_id": self.village_head.id}),
            lambda: handover.write({"to_unit_id": self.merged.id}),
            lambda: letter.write({"handover_ids": [Command.update(handover.id, {"reason": "改"})]}),
            lambda: handover.unlink(),
            lambda: letter.write({"handover_ids": [Command.clear()]}),
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                attempt()
        self.assertEqual(letter.duty_user_id, self.successor)

    def test_a_new_version_starts_without_hand_overs(self):
        letter = self.signed()
        self.hand_over(letter)
        new = self.Letter.browse(letter.action_new_version("名称有误")["res_id"])
        self.assertFalse(new.handover_ids)


@tagged("post_install", "-at_install")
class TestNothingBelowTheVillage(LetterCase):
    def test_party_b_is_a_unit(self):
        self.assertEqual(self.Letter._fields["unit_id"].comodel_name, "township.unit")

    def test_a_group_of_a_village_is_given_no_paper(self):
        group, team = self.env["township.unit"].create(
            [
                {
                    "name": name,
                    "kind": "other",
                    "leader_id": self.village_head.id,
                    "parent_id": self.village.id,
                    "company_id": self.company.id,
                }
                for name in ("东沟村第一村民小组", "卫生队")
            ]
        )
        team.parent_id = group
        for unit in (group, team):
            for kind in ("letter", "agreement", "assistance"):
                refused = self.assertRaisesRegex(UserError, "no letters go below")
                with self.subTest(unit=unit.name, kind=kind), refused:
                    self.make_letter(unit_id=unit.id, kind=kind).action_issue()

    def test_a_department_below_a_centre_is_given_one(self):
        centre = self.env["township.unit"].create(
            {"name": "综治中心", "kind": "centre", "company_id": self.company.id}
        )
        self.unit.parent_id = centre
        letter = self.make_letter()
        letter.action_issue()
        self.assertEqual(letter.state, "issued")
