"""Who sees and does what of an assessment: unit, scorers, directors, county; objections, ranking,
self-reports."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .assessing import AssessmentCase


@tagged("post_install", "-at_install")
class TestAssessmentRights(AssessmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.staff = cls._make_user("reporter", "unit_staff")
        cls.unit.user_ids += cls.staff
        cls.signer = new_test_user(
            cls.env,
            "test_signer",
            "base.group_user",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def object(self, assessment, user=None, **vals):
        """:return: objection of the head of the unit"""
        Objection = self.env["township.assessment.objection"].with_user(user or self.head)
        return Objection.create({"assessment_id": assessment.id, "text": "数据有误", **vals})

    # --- seen

    def seen(self, user, assessment):
        """:return: ``bool`` whether the user finds and reads an assessment and its rows"""
        one = assessment.with_user(user)
        found = one.search([("id", "=", one.id)])
        rows = self.env["township.assessment.line"].with_user(user)
        self.assertEqual(bool(found), bool(rows.search([("assessment_id", "=", one.id)])))
        self.assertEqual(bool(found), one.has_access("read"))
        groups = one._read_group([("id", "=", one.id)], ["unit_id"], ["score:sum"])
        self.assertEqual(bool(found), bool(groups))
        return bool(found)

    def test_a_unit_sees_its_assessment_once_it_is_announced_and_no_other_ever(self):
        self.amend(self.letter, duty_user_id=self.signer.id)
        assessment = self.filled()
        own = (self.head, self.staff, self.signer)
        others = (self.reporter_other, self.mediator_user, self.correction, self.auditor)
        for user in (*own, *others):
            with self.subTest(user.login, state="open"):
                self.assertFalse(self.seen(user, assessment))
        for user in (self.officer, self.director, self.supervisor):
            with self.subTest(user.login):
                if user == self.supervisor:
                    user.company_ids += self.company
                self.assertTrue(self.seen(user, assessment))
        self.line_of(assessment, "组织领导").action_full_marks()
        assessment.action_announce()
        for user in own:
            with self.subTest(user.login, state="announced"):
                self.assertTrue(self.seen(user, assessment))
        for user in others:
            with self.subTest(user.login, state="announced"):
                self.assertFalse(self.seen(user, assessment))
        told = assessment.sudo().activity_ids.user_id
        self.assertEqual(told, self.signer)

    def test_only_officers_write_and_nobody_makes_or_deletes_an_assessment(self):
        assessment = self.filled()
        line = self.line_of(assessment, "组织领导")
        for user in (self.head, self.staff, self.supervisor, self.reporter_other, self.signer):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    line.with_user(user).write({"hand_score": 20})
                with self.assertRaises(AccessError):
                    assessment.with_user(user).action_announce()
                with self.assertRaises(AccessError):
                    self.round.with_user(user).action_fill()
        vals = {"round_id": self.round.id, "letter_id": self.letter.id}
        with self.assertRaises(AccessError):
            assessment.with_user(self.director).create(vals)
        for record in (assessment, line):
            with self.assertRaises(AccessError):
                record.with_user(self.director).unlink()

    def test_a_township_does_not_see_another(self):
        assessment = self.announced()
        other = self.env["res.company"].create({"name": "Other Township"})
        self.director.sudo().write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        self.assertFalse(self.seen(self.director, assessment))
        round_ = self.round.with_user(self.director)
        self.assertFalse(round_.search([("id", "=", round_.id)]))

    # --- objections

    def test_the_head_objects_and_is_answered_within_the_clock(self):
        assessment = self.announced()
        line = self.line_of(assessment, "组织领导")
        objection = self.object(assessment, line_id=line.id)
        rule = self.env.ref("township_governance.rule_assessment_objection")
        self.assertEqual(objection.deadline_rule_id, rule)
        self.assertEqual(objection.deadline_date, rule._deadline(self.today))
        self.assertEqual(objection.user_id, self.officer)
        self.assertEqual(objection.sudo().activity_ids.user_id, self.officer)
        objection.with_user(self.officer).action_answer("kept", "经复核，评分依据充分")
        self.assertEqual(objection.deadline_state, "met")
        self.assertEqual(objection.sudo().activity_ids.user_id, self.head)
        self.assertEqual(objection.answered_by_id, self.officer)

    def test_an_answer_too_late_is_flagged_with_the_director_next(self):
        objection = self.object(self.announced())
        late = self.today - timedelta(days=30)
        objection.sudo().write({"deadline_date": late, "deadline_start_date": late})
        with self.enter_registry_test_mode():
            cron = self.env.ref("township_governance.ir_cron_flag_deadlines")
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(objection.overdue_flag_date, self.today)
        told = objection.sudo().activity_ids.user_id
        self.assertIn(self.director, told)
        self.assertNotIn(self.head, told)

    def test_a_changed_score_is_on_record(self):
        assessment = self.filled()
        line = self.line_of(assessment, "组织领导")
        line.write({"hand_score": 10, **self.proof()})
        assessment.action_announce()
        before = line.score
        objection = self.object(assessment, line_id=line.id)
        wizard = self.env["township.assessment.answer.wizard"].with_user(self.director)
        wizard = wizard.create({"objection_id": objection.id, "answer": "材料属实"})
        wizard.write({"decision": "changed", "hand_score": 18})
        wizard.action_confirm()
        self.assertGreater(line.score, before)
        self.assertTrue(line.corrected)
        self.assertEqual(line.scorer_id, self.officer)
        self.assertIn(str(before), assessment.message_ids[0].body)
        self.assertEqual(assessment.message_ids[0].author_id, self.director.partner_id)
        with self.assertRaises(UserError):
            objection.with_user(self.director).action_answer("kept", "again")

    def test_a_figure_of_the_system_is_corrected_only_in_its_numbers(self):
        self.make_ended_case(late=True)
        assessment = self.announced()
        line = self.line_of(assessment, "unit_on_time")
        objection = self.object(assessment, line_id=line.id)
        answer = objection.with_user(self.director).action_answer
        with self.assertRaises(UserError):
            answer("changed", "案件已改派", hand_score=20, hit=True, scorer_id=1)
        answer("changed", "案件已改派", numerator=1)
        self.assertEqual((line.numerator, line.score), (1, line.full))

    def test_nobody_else_objects_and_not_at_another_time(self):
        assessment = self.filled()
        with self.assertRaises(AccessError):
            self.object(assessment)
        self.line_of(assessment, "组织领导").action_full_marks()
        assessment.action_announce()
        for user in (self.staff, self.officer, self.reporter_other, self.director):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.object(assessment, user)
        self.round.with_user(self.director).action_close()
        with self.assertRaises(AccessError):
            self.object(assessment)

    def test_an_objection_is_answered_by_its_button_and_by_no_one_of_the_unit(self):
        objection = self.object(self.announced())
        for user in (self.head, self.staff):
            with self.subTest(user.login), self.assertRaises(AccessError):
                objection.with_user(user).action_answer("changed", "x")
        for user in (self.head, self.officer, self.director):
            for vals in ({"decision": "kept"}, {"answer": "x"}, {"text": "x"}):
                with self.subTest(user.login, **vals), self.assertRaises(AccessError):
                    objection.with_user(user).write(vals)
        self.unit.user_ids += self.officer
        with self.assertRaises(AccessError):
            objection.with_user(self.officer).action_answer("kept", "x")
        self.assertFalse(objection.decision)

    def test_a_round_with_an_unanswered_objection_is_not_closed(self):
        objection = self.object(self.announced())
        director = self.round.with_user(self.director)
        with self.assertRaisesRegex(UserError, self.unit.name):
            director.action_close()
        objection.with_user(self.director).action_answer("kept", "依据充分")
        director.action_close()

    # --- ranking

    def ranked_round(self):
        """:return: a closed round of three departments, two of equal score, and a village"""
        self.company.township_letter_ranking = True
        units = self.env["township.unit"].create(
            [
                {"name": name, "kind": kind, "company_id": self.company.id}
                for name, kind in (
                    ("甲站", "department"),
                    ("乙站", "department"),
                    ("西沟村", "village"),
                )
            ]
        )
        for unit in units:
            self.make_letter_in_force(unit=unit, signer_id=self.village_head.id)
        self.round.action_fill()
        for assessment in self.round.assessment_ids:
            points = 10 if assessment.unit_id == self.unit else 20
            proof = self.proof() if points < 20 else {}
            self.line_of(assessment, "组织领导").write({"hand_score": points, **proof})
        self.round.action_announce()
        self.round.with_user(self.director).action_close()
        return self.round

    def test_a_ranking_is_seen_by_directors_alone_until_one_publishes_it(self):
        batch = self.ranked_round()
        everybody = (self.officer, self.head, self.village_head, self.supervisor)
        self.assertIn("甲站", batch.with_user(self.director).ranking)
        for user in everybody:
            with self.subTest(user.login):
                self.assertFalse(batch.with_user(user).ranking)
        with self.assertRaises(AccessError):
            batch.action_publish()
        for forged in ({"published_date": self.today}, {"published_by_id": self.officer.id}):
            with self.assertRaises(AccessError):
                batch.write(forged)
        batch.with_user(self.director).action_publish()
        ranks = {one.unit_id.name: one.rank for one in batch.assessment_ids}
        self.assertEqual(ranks, {"甲站": 1, "乙站": 1, self.unit.name: 3, "西沟村": 0})
        for user in everybody:
            with self.subTest(user.login):
                shown = batch.with_user(user).ranking
                self.assertIn("甲站", shown)
                self.assertNotIn("西沟村", shown)
        self.company.township_letter_ranking = False
        self.assertIn("甲站", batch.with_user(self.head).ranking)

    def test_no_ranking_unless_the_township_wants_one(self):
        self.announced()
        director = self.round.with_user(self.director)
        with self.assertRaises(UserError):
            director.action_publish()
        director.action_close()
        self.assertFalse(director.ranking)
        with self.assertRaisesRegex(UserError, "ranked"):
            director.action_publish()

    # --- self-report

    def test_the_head_writes_the_self_report_until_the_result_is_announced(self):
        letter = self.letter.with_user(self.head)
        with self.assertRaises(UserError):
            letter.action_self_report()
        assessment = self.filled()
        report = self.env["township.assessment.report"].with_user(self.head)
        report = report.browse(letter.action_self_report()["res_id"])
        self.assertEqual(letter.action_self_report()["res_id"], report.id)
        with self.assertRaises(UserError):
            report.action_submit()
        report.write({"work_text": "排查12次", "result_text": "调解成功率96%"})
        report.action_submit()
        self.assertEqual(report.submitted_by_id, self.head)
        for user in (self.staff, self.officer, self.reporter_other):
            with self.subTest(user.login), self.assertRaises(UserError):
                self.letter.with_user(user).action_self_report()
            with self.subTest(user.login), self.assertRaises(AccessError):
                report.with_user(user).write({"work_text": "x"})
        self.assertEqual(report.with_user(self.officer).work_text, "排查12次")
        self.line_of(assessment, "组织领导").action_full_marks()
        assessment.action_announce()
        with self.assertRaises(UserError):
            report.write({"work_text": "改"})

    # --- a signer without any group

    def test_who_has_the_duty_needs_no_group_to_report_see_and_object(self):
        self.amend(self.letter, duty_user_id=self.signer.id)
        assessment = self.filled()
        letter = self.letter.with_user(self.signer)
        self.assertTrue(letter.action_current_figures()["domain"])
        action = letter.action_self_report()
        report = self.env[action["res_model"]].with_user(self.signer)
        report = report.search([("id", "=", action["res_id"])])
        report.write({"work_text": "排查", "result_text": "化解"})
        report.action_submit()
        self.line_of(assessment, "组织领导").action_full_marks()
        assessment.action_announce()
        objection = self.object(assessment, self.signer)
        found = objection.search([("decision", "=", False)])
        self.assertEqual(found, objection)
        own = assessment.with_user(self.signer)
        self.assertTrue(own.may_object)
        for record in (own, own.line_ids, objection, report):
            record.read()
