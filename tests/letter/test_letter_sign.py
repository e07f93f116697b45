"""The pens of a letter: read, drawn, sealed, chained, verified."""

import base64
import io
from unittest.mock import patch

from PIL import Image, ImageDraw

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ...tools import pades
from .base import LetterCase


def drawn(shift=0):
    """:return: base64 of a PNG with a stroke"""
    picture = Image.new("RGBA", (600, 250), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line(
        [(40, 200), (150, 40), (260, 180), (420 + shift, 60), (560, 190)], fill="black", width=6
    )
    data = io.BytesIO()
    picture.save(data, "PNG")
    return base64.b64encode(data.getvalue())


@tagged("post_install", "-at_install")
class TestLetterSign(LetterCase):
    def signed(self, **vals):
        letter = self.issued(**vals)
        letter.with_user(self.head)._sign("party_b", drawn())
        return letter

    def checks(self, letter):
        """:return: ``dict`` label -> whether it holds, of Verify"""
        found = letter.with_user(self.director)._signature_verify_more()
        return {label: holds for label, holds, _detail in found}

    def test_the_head_signs_and_the_file_shows_the_pen(self):
        letter = self.signed()
        self.assertEqual((letter.state, letter.signed_way), ("signed", "app"))
        self.assertEqual(letter.deadline_state, "met")
        self.assertTrue(letter.sudo().signed_file_id.raw.startswith(b"%PDF"))
        self.assertEqual(letter.signature_ids.signer_name, self.head.name)

    def test_who_may_sign_is_asked_once_for_all_rows_of_a_screen(self):
        def queries(count):
            units = self.env["township.unit"].create(
                [
                    {
                        "name": f"{count}之{place}",
                        "kind": "department",
                        "leader_id": self.head.id,
                        "company_id": self.company.id,
                    }
                    for place in range(count)
                ]
            )
            letters = self.Letter.create([self.letter_vals(unit_id=unit.id) for unit in units])
            letters.action_issue()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(letters.with_user(self.head).mapped("may_sign"), [True] * count)
            return self.env.cr.sql_log_count - before

        queries(1)
        self.assertLessEqual(queries(20), queries(4))

    def test_nobody_else_signs(self):
        letter = self.issued()
        for user in (self.officer, self.director, self.reporter_other):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                letter.with_user(user)._sign("party_b", drawn())
        self.assertEqual(letter.state, "issued")

    def test_the_seal_brings_into_force_and_the_original_proves_itself(self):
        letter = self.signed()
        letter.action_seal(self.make_seal())
        self.assertEqual((letter.state, letter.bound_way), ("in_force", "seal"))
        self.assertEqual(set(self.checks(letter).values()), {True})
        original = letter.sudo().original_id
        original.with_context(prefetch_fields=False).write({"raw": original.raw + b"\n%junk"})
        self.assertEqual(set(self.checks(letter).values()), {False})

    def test_all_heads_countersign_and_the_last_brings_into_force(self):
        letter = self.signed(head_ids=[Command.set((self.director | self.mediator_user).ids)])
        letter.with_user(self.director)._sign(f"party_a_{self.director.id}", drawn())
        self.assertEqual(letter.state, "signed")
        letter.with_user(self.mediator_user)._sign(f"party_a_{self.mediator_user.id}", drawn(9))
        self.assertEqual((letter.state, letter.bound_way), ("in_force", "countersign"))
        self.assertEqual(set(self.checks(letter).values()), {True})

    def test_the_public_page_knows_a_changed_original(self):
        letter = self.signed()
        letter.action_seal(self.make_seal())
        document = self.env["township.document"].search(
            [("res_model", "=", letter._name), ("res_id", "=", letter.id)], limit=1
        )
        find = self.env["township.document"]._find_genuine
        self.assertEqual(find(code=document.check_code)["number"], letter.number)
        letter.sudo().original_id.write({"raw": b"%PDF-1.4 another"})
        self.assertIsNone(find(code=document.check_code))

    def test_an_agreement_in_ink_is_asked_for_where_the_township_wants_it(self):
        letter = self.issued()
        self.company.township_sign_agreement = True
        with self.assertRaisesRegex(UserError, "agreement"):
            letter.with_user(self.head).action_sign()
        with self.assertRaisesRegex(UserError, "agreement"):
            letter.with_user(self.head)._sign("party_b", drawn())
        self.env["township.signature.agreement"].with_user(self.officer).create(
            {
                "user_id": self.head.id,
                "date": self.today,
                "company_id": self.company.id,
                "scan_ids": [Command.create({"name": "约定.jpg", "raw": b"scan"})],
            }
        )
        letter.with_user(self.head)._sign("party_b", drawn())
        self.assertEqual(letter.state, "signed")

    def test_a_unit_renamed_later_changes_nothing_that_was_signed(self):
        letter = self.signed()
        before = letter.sudo()._signature_content("party_b")
        self.unit.name = "自然资源和规划所"
        self.head.name = "改名的人"
        self.assertEqual(letter.sudo()._signature_content("party_b"), before)

    def test_without_what_seals_nothing_is_frozen(self):
        letter = self.signed()
        with (
            patch.object(pades, "is_ready", return_value=False),
            self.assertRaisesRegex(UserError, "pyhanko"),
        ):
            letter.action_seal(self.make_seal())
        self.assertEqual(letter.state, "signed")
        self.assertFalse(letter.seal_id)

    def test_a_deputy_signs_and_the_paper_says_so(self):
        letter = self.issued()
        self.env["township.delegation"].create(
            {
                "principal_id": self.head.id,
                "deputy_id": self.reporter_other.id,
                "date_from": self.today,
                "date_to": self.today,
                "paper": "自然资源所授〔2026〕1号",
                "company_id": self.company.id,
            }
        )
        letter.with_user(self.reporter_other)._sign("party_b", drawn(), behalf=self.head)
        pen = letter._printed_pens()["party_b"]
        self.assertEqual(pen["name"], self.reporter_other.name)
        self.assertIn(self.head.name, pen["behalf"])

    def test_who_has_signed_in_ink_signs_no_more_in_the_app(self):
        letter = self.issued()
        self.sign_on_paper(letter)
        self.assertEqual(letter.signature_ids.way, "paper")
        with self.assertRaises(UserError):
            letter.with_user(self.head)._sign("party_b", drawn())

    def test_the_administrator_cannot_replace_the_original_quietly(self):
        letter = self.signed()
        letter.action_seal(self.make_seal())
        with self.assertRaises(AccessError):
            letter.sudo().original_id.with_user(self.administrator).write({"raw": b"x"})

    def test_a_head_countersigns_many_in_the_background_after_one_proof(self):
        units = self.env["township.unit"].create(
            [
                {
                    "name": f"第{place}站所",
                    "kind": "department",
                    "leader_id": self.head.id,
                    "company_id": self.company.id,
                }
                for place in range(22)
            ]
        )
        letters = self.Letter.create(
            [
                self.letter_vals(unit_id=unit.id, head_ids=[Command.set(self.director.ids)])
                for unit in units
            ]
        )
        letters.action_issue()
        letters.sudo()._run_transition("sign")
        wizard = (
            self.env["township.letter.countersign.wizard"]
            .with_user(self.director)
            .create({"letter_ids": [Command.set(letters.ids)], "image": drawn()})
        )
        pdf = letters[0].sudo()._render_original()
        Letter = self.env.registry["township.letter"]
        with patch.object(Letter, "_render_original", lambda letter: pdf):
            action = type(wizard).action_confirm.__wrapped__(wizard)
            self.assertEqual(action["res_model"], "township.letter.bind")
            self.assertEqual(set(letters.mapped("state")), {"signed"})
            letters[3].sudo()._entering().state = "issued"
            with self.enter_registry_test_mode():
                self.env.ref("township_governance.ir_cron_bind_letters").method_direct_trigger()
        self.env.invalidate_all()
        job = self.env["township.letter.bind"].browse(action["res_id"])
        self.assertEqual((job.state, job.done_count, job.failed_count), ("done", 21, 1))
        self.assertFalse(job.image)
        self.assertEqual(letters.filtered(lambda one: one.state != "in_force"), letters[3])
        self.assertEqual(set(letters.signature_ids.mapped("user_id")), {self.director})
