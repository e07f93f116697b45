"""A letter from its draft into force: basis, protection of villages, freezing, versions."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .base import LetterCase


@tagged("post_install", "-at_install")
class TestLetterIssue(LetterCase):
    def assertMissing(self, letter, words):
        with self.assertRaisesRegex(UserError, words):
            letter.action_issue()
        self.assertEqual(letter.state, "draft")

    def test_an_issued_letter_has_number_clock_and_shows_in_red_when_late(self):
        letter = self.make_letter()
        letter.action_issue()
        self.assertEqual(letter.state, "issued")
        self.assertTrue(letter.number)
        self.assertEqual(letter.deadline_date, letter.sign_by)
        self.assertEqual(letter.with_user(self.head).deadline_state, "running")
        letter.clock_ids.sudo().write({"deadline_date": self.today - timedelta(days=1)})
        self.assertEqual(letter.deadline_state, "overdue")

    def test_the_basis_is_asked_for_with_all_its_parts(self):
        self.assertMissing(self.make_letter(basis_id=False), "Basis for signing")
        self.basis.sudo().entry = False
        self.assertMissing(self.make_letter(), "list of duties")

    def test_points_must_sum_to_100(self):
        letter = self.make_letter()
        letter.line_ids[1].weight = 39.99
        self.assertEqual(letter.weight_total, 99.99)
        self.assertMissing(letter, "99.99")

    def test_a_veto_needs_a_basis_of_its_own(self):
        letter = self.make_letter()
        letter.line_ids = [Command.create({"name": "重大责任事故", "kind": "veto", "weight": 0})]
        self.assertMissing(letter, "veto")
        letter.line_ids[2].veto_basis_id = self.make_basis(number="槐政法〔2026〕1号")
        letter.action_issue()

    def test_a_village_is_protected(self):
        vals = {"unit_id": self.village.id}
        self.assertMissing(self.make_letter(**vals), "work agreement")
        provincial = self.make_basis("provincial", "省委办〔2026〕8号")
        vals["basis_id"] = provincial.id
        self.assertMissing(self.make_letter(**vals, period="quarter"), "by the year")
        with_veto = self.make_letter(**vals)
        with_veto.line_ids = [
            Command.create({"name": "重大责任事故", "kind": "veto", "veto_basis_id": provincial.id})
        ]
        self.assertMissing(with_veto, "no veto")
        with_veto.line_ids[2].unlink()
        with_veto.action_issue()

    def test_a_village_without_that_basis_is_given_an_agreement_without_scores(self):
        agreement = self.make_letter(
            kind="agreement",
            unit_id=self.village.id,
            basis_id=False,
            line_ids=[Command.create({"name": "协助开展排查", "kind": "manual", "weight": 0})],
        )
        agreement.action_issue()
        self.assertFalse(agreement.scored)
        self.assertMissing(
            self.make_letter(kind="agreement", unit_id=self.village.id), "without points"
        )

    def test_a_second_letter_of_the_year_needs_another_basis(self):
        self.make_letter().action_issue()
        second = self.make_letter(title="第二份责任书")
        self.assertMissing(second, "basis of its own")
        second.basis_id = self.make_basis(number="槐办发〔2026〕9号")
        second.action_issue()
        self.assertEqual(second.unit_letter_count, 2)

    def test_many_letters_are_issued_with_flat_queries(self):
        def issue(number):
            units = self.env["township.unit"].create(
                [
                    {
                        "name": f"单位{number}-{place}",
                        "kind": "department",
                        "leader_id": self.head.id,
                        "company_id": self.company.id,
                    }
                    for place in range(number)
                ]
            )
            letters = self.Letter.create([self.letter_vals(unit_id=unit.id) for unit in units])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            letters.action_issue()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        issue(1)
        few, many = issue(10), issue(100)
        self.assertLessEqual(many - few, 20)

    def test_a_reporter_issues_nothing(self):
        letter = self.make_letter()
        with self.assertRaises(AccessError):
            letter.with_user(self.head).action_issue()


@tagged("post_install", "-at_install")
class TestLetterLife(LetterCase):
    def paper_signed(self):
        return self.sign_on_paper(self.issued())

    def test_paper_and_seal_bring_a_letter_into_force(self):
        letter = self.paper_signed()
        self.assertEqual((letter.state, letter.signed_way), ("signed", "paper"))
        self.assertEqual(letter.deadline_state, "met")
        letter.action_seal(self.make_seal())
        self.assertEqual((letter.state, letter.bound_way), ("in_force", "seal"))
        self.assertEqual(letter.date_in_force, self.today)

    def test_what_was_issued_changes_by_no_path(self):
        letter = self.issued()
        line = letter.line_ids[0]
        attempts = (
            lambda: letter.write({"goals": "别的目标"}),
            lambda: line.write({"weight": 10}),
            lambda: line.unlink(),
            lambda: letter.write({"line_ids": [Command.create({"name": "新", "weight": 0})]}),
            lambda: letter.load(
                ["id", "title"], [[letter.export_data(["id"])["datas"][0][0], "x"]]
            ),
            lambda: letter.write({"signed_date": self.today}),
            lambda: letter.write({"state": "signed"}),
        )
        for position, attempt in enumerate(attempts):
            with self.subTest(position), self.assertRaises(UserError):
                result = attempt()
                if isinstance(result, dict) and not result["ids"]:
                    raise UserError("refused by load")
        self.assertEqual(line.weight, 60)

    def test_a_template_edited_after_issue_changes_no_letter(self):
        template = (
            self.env["township.letter.template"]
            .with_user(self.officer)
            .create(
                {
                    "name": "部门模板",
                    "title": "平安建设目标管理责任书",
                    "unit_kind": "department",
                    "goals": "目标",
                    "company_id": self.company.id,
                    "line_ids": [Command.create({"name": "组织领导", "weight": 100})],
                }
            )
        )
        letter = self.make_letter(**template._letter_vals())
        letter.action_issue()
        template.line_ids.weight = 50
        template.goals = "改过"
        self.assertEqual(letter.line_ids.weight, 100)
        self.assertEqual(letter.goals, "目标")

    def test_a_basis_in_use_no_longer_changes(self):
        self.issued()
        basis = self.basis.with_user(self.officer)
        with self.assertRaises(UserError):
            basis.number = "改号"
        with self.assertRaises(UserError):
            basis.unlink()

    def test_a_former_heads_letter_stays_his(self):
        letter = self.issued()
        self.unit.leader_id = self.reporter_other
        self.assertEqual(letter.signer_id, self.head)

    def test_a_correction_is_a_new_version_and_the_old_one_stands_until_then(self):
        old = self.paper_signed()
        action = old.action_new_version("甲方名称写错")
        new = self.Letter.browse(action["res_id"])
        self.assertEqual((new.version, new.previous_id, new.state), (2, old, "draft"))
        self.assertEqual(new.line_ids.mapped("name"), old.line_ids.mapped("name"))
        with self.assertRaises(UserError):
            old.action_new_version("再来一次")
        new.action_issue()
        self.assertEqual(old.state, "signed")
        self.sign_on_paper(new)
        new.action_seal(self.make_seal())
        self.assertEqual(old.state, "closed")
        self.assertTrue(old.replaced)

    def test_a_recalled_letter_is_a_draft_again_and_its_number_stays(self):
        letter = self.issued()
        number = letter.number
        with self.assertRaises(UserError):
            letter.action_recall(" ")
        letter.action_recall("签订日期有误")
        self.assertEqual((letter.state, letter.number), ("draft", number))
        self.assertFalse(letter.clock_ids)

    def test_a_letter_from_above_is_recorded_and_items_serve_it(self):
        received = self.make_letter(kind="received", unit_id=False, sign_by=False)
        received.action_record()
        self.assertEqual(received.state, "in_force")
        letter = self.make_letter(parent_letter_id=received.id)
        letter.line_ids[0].parent_line_id = received.line_ids[0]
        letter.action_issue()
        self.assertEqual(letter.with_user(self.head).line_ids[0].serves, "按期办结率")


@tagged("post_install", "-at_install")
class TestLetterRights(LetterCase):
    def test_who_sees_a_letter(self):
        letter = self.make_letter()
        for user in (self.head, self.reporter, self.auditor, self.correction):
            self.assertFalse(letter.with_user(user).has_access("read"))
        letter.action_issue()
        signer_only = self.env["res.users"].create(
            {
                "name": "只签字的人",
                "login": "signer_only",
                "company_id": self.company.id,
                "company_ids": [Command.set(self.company.ids)],
                "group_ids": [Command.set(self.env.ref("base.group_user").ids)],
            }
        )
        own = self.make_letter(signer_id=signer_only.id, basis_id=self.make_basis(number="另号").id)
        own.action_issue()
        for user, seen in (
            (self.head, letter | own),
            (signer_only, own),
            (self.reporter, letter.browse()),
            (self.village_head, letter.browse()),
            (self.officer, letter | own),
            (self.director, letter | own),
            (self.supervisor, letter | own),
            (self.auditor, letter.browse()),
            (self.administrator, letter.browse()),
        ):
            with self.subTest(user=user.login):
                Letter = self.env["township.letter"].with_user(user)
                self.assertEqual(Letter.search([("id", "in", (letter | own).ids)]), seen)
                self.assertEqual(
                    Letter.line_ids.search([("letter_id", "in", (letter | own).ids)]),
                    seen.line_ids,
                )
                self.assertFalse(user == signer_only and own.with_user(user).has_access("write"))

    def test_a_neighbour_township_sees_nothing(self):
        letter = self.make_letter()
        letter.action_issue()
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self.env["res.users"].create(
            {
                "name": "邻镇主任",
                "login": "stranger",
                "company_id": other.id,
                "company_ids": [Command.set(other.ids)],
                "group_ids": [Command.set(self.env.ref("township_governance.group_director").ids)],
            }
        )
        self.assertFalse(letter.with_user(stranger).has_access("read"))

    def test_a_metric_that_counts_people_or_complaints_feeds_no_item(self):
        """From the registry: only shares of duties done in time, done well or late."""
        Indicator = self.env["township.indicator"]
        allowed = dict(Indicator._metric_selection())
        self.assertIn("township.case:unit_on_time", allowed)
        for name in ("registered", "open", "overdue"):
            self.assertNotIn(f"township.case:{name}", allowed)
        with self.assertRaises(ValidationError):
            Indicator.create(
                {
                    "name": "信访量",
                    "kind": "computed",
                    "rule": "proportional",
                    "metric": "township.case:registered",
                }
            )

    def test_wrong_items_are_refused_in_words(self):
        for vals in (
            {"kind": "computed"},
            {"kind": "veto", "weight": 5},
            {"rule": "banded", "bands": "好:10"},
            {"rule": "deduct_per_event"},
            {"weight": -1},
        ):
            with self.subTest(vals), self.assertRaises(ValidationError):
                self.env["township.indicator"].create({"name": "指标", **vals})
