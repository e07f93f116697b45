"""The daily paths of a letter in a browser: issued, signed, sealed, assessed, answered."""

from datetime import timedelta

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .assessing import AssessmentCase
from .base import LetterCase
from .test_letter_sign import drawn

LETTERS = "/odoo/action-township_governance.township_letter_action"
ROUNDS = "/odoo/action-township_governance.township_assessment_round_action"


@tagged("post_install", "-at_install")
class TestLetterDeskTours(HttpCase, LetterCase):
    """Officer and director at a desk."""

    def test_issue_to_all_departments_and_see_who_is_late(self):
        late = self.unit.copy({"name": "Late office", "leader_id": self.village_head.id})
        letter = self.make_letter(unit_id=late.id)
        letter.action_issue()
        letter.sudo().clock_ids._deadline_extend(self.today - timedelta(days=4))
        self.make_basis(number="槐办发〔2026〕9号")
        template = self.env["township.letter.template"].create(
            {
                "name": "Department template",
                "title": "平安建设目标管理责任书",
                "unit_kind": "department",
                "goals": "辖区内不发生重大矛盾纠纷激化事件。",
                "company_id": self.company.id,
                "line_ids": [Command.create({"name": "组织领导", "kind": "manual", "weight": 100})],
            }
        )
        self.start_tour(LETTERS, "township_letter_issue", login="test_officer")
        made = self.env["township.letter"].search([("template_id", "=", template.id)])
        self.assertEqual(made.unit_id, self.unit | late)
        self.assertEqual(set(made.mapped("state")), {"issued"})

    def test_seal_and_verify(self):
        letter = self.make_letter()
        letter.action_issue()
        letter.with_user(self.head)._sign("party_b", drawn())
        self.start_tour(f"{LETTERS}/{letter.id}", "township_letter_seal", login="test_director")
        letter.invalidate_recordset()
        self.assertEqual((letter.state, letter.bound_way), ("in_force", "seal"))


@tagged("post_install", "-at_install")
class TestLetterPhoneTours(HttpCase, LetterCase):
    """The head of a unit, on a phone 390 pixels wide."""

    browser_size = "390x844"
    touch_enabled = True

    def test_sign_in_three_taps_from_the_home_screen(self):
        letter = self.make_letter()
        letter.action_issue()
        self.start_tour("/odoo/township-today", "township_letter_sign", login="test_head")
        letter.invalidate_recordset()
        self.assertEqual((letter.state, letter.signed_way), ("signed", "app"))
        self.assertTrue(letter.sudo().signed_file_id.raw.startswith(b"%PDF"))


@tagged("post_install", "-at_install")
class TestFrozenFile(HttpCase, LetterCase):
    """Core's browser draws a small picture of every PDF on a record one may write."""

    def test_a_frozen_pdf_keeps_no_picture_and_shows_no_error(self):
        letter = self.make_letter()
        letter.action_issue()
        letter.with_user(self.head)._sign("party_b", drawn())
        file = letter.sudo().signed_file_id
        self.authenticate("test_officer", "test_officer")
        answer = self.make_jsonrpc_request(
            "/mail/attachment/update_thumbnail",
            {"attachment_id": file.id, "thumbnail": drawn().decode()},
        )
        self.assertIsNone(answer)
        file.invalidate_recordset()
        self.assertFalse(file.thumbnail)


@tagged("post_install", "-at_install")
class TestAssessmentTours(HttpCase, AssessmentCase):
    """A quarter from its figures to the published ranking, by all who take part."""

    @classmethod
    def make_letter_in_force(cls, unit=None, **vals):
        return super().make_letter_in_force(unit, period="quarter", **vals)

    def test_assess_a_quarter_and_answer_an_objection(self):
        self.company.township_letter_ranking = True
        self.start_tour(ROUNDS, "township_letter_assess", login="test_officer")
        assessment = self.letter.sudo().assessment_ids
        line = self.line_of(assessment, "组织领导")
        self.assertEqual((assessment.state, line.hand_score), ("announced", 15))
        self.start_tour(
            f"/odoo/action-township_governance.township_assessment_action/{assessment.id}",
            "township_letter_object",
            login="test_head",
        )
        self.start_tour("/odoo/township-today", "township_letter_answer", login="test_officer")
        line.invalidate_recordset()
        self.assertEqual((line.hand_score, line.corrected), (20, True))
        batch = assessment.round_id
        self.start_tour(f"{ROUNDS}/{batch.id}", "township_letter_publish", login="test_director")
        batch.invalidate_recordset()
        self.assertEqual((batch.state, batch.published_by_id), ("closed", self.director))
        self.assertEqual(assessment.rank, 1)
