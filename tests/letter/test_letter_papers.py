"""Signed papers that come back: photos and stacks of scans find their letters by the code."""

import io

from PIL import Image

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ...tools import printing, scans
from .base import LetterCase


@tagged("post_install", "-at_install")
class TestLetterPapers(LetterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        units = cls.env["township.unit"].create(
            [
                {
                    "name": f"第{place}站所",
                    "kind": "department",
                    "leader_id": cls.head.id,
                    "company_id": cls.company.id,
                }
                for place in range(3)
            ]
        )
        cls.letters = cls.Letter.create([cls.letter_vals(unit_id=unit.id) for unit in units])
        cls.letters.action_issue()
        cls.prints = [letter.sudo()._render_original() for letter in cls.letters]

    def wizard(self, *files):
        """:param files: (name, content)"""
        return (
            self.env["township.letter.papers.wizard"]
            .with_user(self.officer)
            .create(
                {
                    "witness": "林知行",
                    "file_ids": [
                        Command.create({"name": name, "raw": content}) for name, content in files
                    ],
                }
            )
        )

    def photo(self, pdf):
        """:return: JPEG of the last page, askew"""
        *_others, page = scans.pages(pdf, "a.pdf")
        data = io.BytesIO()
        page.rotate(3, expand=True, fillcolor=255).save(data, "JPEG", quality=70)
        return data.getvalue()

    def test_a_stack_and_a_photo_find_their_letters(self):
        stack = printing.merge(self.prints[:2])
        wizard = self.wizard(("stack.pdf", stack), ("photo.jpg", self.photo(self.prints[2])))
        wizard.action_match()
        self.assertEqual(wizard.line_ids.letter_id, self.letters)
        self.assertEqual((wizard.matched_count, wizard.unmatched_count), (3, 0))
        wizard.action_confirm()
        self.assertEqual(set(self.letters.mapped("state")), {"signed"})
        self.assertEqual(set(self.letters.mapped("witness")), {"林知行"})
        for letter, pdf in zip(self.letters[:2], self.prints, strict=False):
            scan = letter.sudo().paper_scan_ids
            self.assertEqual((scan.res_model, scan.res_id), (letter._name, letter.id))
            self.assertEqual(printing.count_pages(scan.raw), printing.count_pages(pdf))

    def test_a_page_without_code_is_matched_by_hand_or_left_out(self):
        blank = io.BytesIO()
        Image.new("L", (800, 1100), 255).save(blank, "PNG")
        wizard = self.wizard(("blank.png", blank.getvalue()))
        wizard.action_match()
        self.assertFalse(wizard.line_ids.letter_id)
        self.assertTrue(wizard.line_ids.note)
        with self.assertRaisesRegex(UserError, "needs its letter"):
            wizard.action_confirm()
        wizard.line_ids.letter_id = self.letters[0]
        wizard.action_confirm()
        self.assertEqual(self.letters.mapped("state"), ["signed", "issued", "issued"])

    def test_the_second_copy_of_a_signed_letter_says_so(self):
        first = self.wizard(("1.pdf", self.prints[0]))
        first.action_match()
        first.action_confirm()
        again = self.wizard(("2.pdf", self.prints[0]))
        again.action_match()
        self.assertFalse(again.line_ids.letter_id)
        self.assertIn("not waiting", again.line_ids.note)

    def test_a_file_that_is_no_scan_is_refused_by_name(self):
        wizard = self.wizard(("台账.docx", b"PK\x03\x04 not a scan"))
        with self.assertRaisesRegex(UserError, "台账.docx"):
            wizard.action_match()
