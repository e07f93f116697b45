"""Accountability of units: the township asks or proposes, the unit answers, nobody of the unit
changes what is asked of it."""

from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .base import LetterCase


class AccountabilityCase(LetterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own_officer = cls._make_user("officer", "own_officer")
        cls.own_director = cls._make_user("director", "own_director")
        cls.unit.user_ids = cls.own_officer + cls.own_director
        cls.Accountability = cls.env["township.accountability"].with_user(cls.officer)
        cls.scan = cls.env["ir.attachment"].with_user(cls.head)

    @classmethod
    def accountability_vals(cls, **vals):
        """:return: ``dict`` for ``create`` of a notice that may be issued"""
        return {
            "kind": "rectification",
            "unit_id": cls.unit.id,
            "problem": "三件交办矛盾纠纷逾期未办结。",
            "requirements": "于期限内办结并报送结果。",
            "basis": "《目标管理责任书》第五条",
            "answer_by": cls.today + timedelta(days=10),
            "company_id": cls.company.id,
            **vals,
        }

    @classmethod
    def make(cls, **vals):
        return cls.Accountability.create(cls.accountability_vals(**vals))

    def serve(self, **vals):
        """:return: one served notice in the officer's environment"""
        record = self.make(**vals)
        record.with_user(self.director).action_serve()
        return record

    def decided(self, kind="listing", **vals):
        """:return: a listing or veto whose decision the county took"""
        record = self.make(kind=kind, body="槐荫县平安建设领导小组", **vals)
        record.with_user(self.director).action_propose()
        record.write(self.decision_vals())
        record.with_user(self.director).action_decide()
        return record

    @classmethod
    def decision_vals(cls, rule="listed", **vals):
        return {
            "decision_body": "槐荫县平安建设领导小组办公室",
            "decision_number": "槐平安办〔2026〕7号",
            "decision_date": cls.today,
            "decision_scan_ids": [Command.create({"name": "决定.pdf", "raw": b"%PDF decision"})],
            "term_rule_id": cls.env.ref(f"township_governance.rule_accountability_{rule}").id,
            "term_start": cls.today,
            **vals,
        }

    def proof(self, user=None):
        return (
            self.env["ir.attachment"]
            .with_user(user or self.head)
            .create({"name": "整改照片.jpg", "raw": b"proof"})
        )

    def answer(self, record):
        record.with_user(self.head).action_answer("已全部办结。", self.proof().ids)

    def deliver(self, record):
        record.delivery_ids.write({"date_served": self.today, "receiver": "办公室"})


@tagged("post_install", "-at_install")
class TestAccountabilityLife(AccountabilityCase):
    def test_a_rectification_from_draft_to_closed(self):
        record = self.serve()
        self.assertTrue(record.number)
        self.assertEqual(record.deadline_date, record.answer_by)
        self.assertEqual(record.delivery_ids.paper_number, record.number)
        self.assertEqual(record.delivery_ids.recipient, self.unit.name)
        with self.assertRaisesRegex(UserError, "answer"):
            record.action_close()
        self.answer(record)
        self.assertEqual((record.state, record.deadline_state), ("answered", "met"))
        with self.assertRaisesRegex(UserError, "served"):
            record.action_close()
        self.deliver(record)
        with self.assertRaisesRegex(UserError, "Result of the check"):
            record.action_close()
        record.result = "三件均已办结。"
        record.action_close()
        self.assertEqual((record.state, record.closed_date), ("closed", self.today))

    def test_an_answer_sent_back_is_answered_again_by_another_day(self):
        record = self.serve()
        self.answer(record)
        again = self.today + timedelta(days=3)
        for reason, day in (("", again), ("材料不全", False), ("材料不全", "2020-01-01")):
            with self.assertRaises(UserError):
                record.action_send_back(reason, day)
        record.action_send_back("材料不全", again)
        self.assertEqual((record.state, record.deadline_date), ("served", again))
        self.assertEqual(record.answer_ids.returned_reason, "材料不全")
        self.answer(record)
        first, second = record.answer_ids.sorted("id")
        self.assertTrue(first.returned_date)
        self.assertFalse(second.returned_date)

    def test_a_township_only_proposes_a_listing_or_veto(self):
        for kind in ("listing", "veto"):
            record = self.make(kind=kind)
            with self.assertRaisesRegex(UserError, "only proposes"):
                record.with_user(self.director).action_serve()
            with self.assertRaisesRegex(UserError, "Competent body"):
                record.with_user(self.director).action_propose()
            record.body = "县平安建设领导小组"
            record.with_user(self.director).action_propose()
            with self.assertRaisesRegex(UserError, "Number of the decision"):
                record.with_user(self.director).action_decide()
            with self.assertRaises(UserError):
                record.with_user(self.director).action_serve()
            record.write(self.decision_vals())
            record.with_user(self.director).action_decide()
            record.with_user(self.director).action_serve()
            self.assertNotEqual(record.number, record.notice_number)
            self.answer(record)
            self.deliver(record)
            record.result = "验收合格"
            record.action_close()
            self.assertEqual(record.state, "closed")

    def test_what_a_township_may_do_itself_is_not_proposed(self):
        record = self.make(kind="circular")
        with self.assertRaisesRegex(UserError, "issues itself"):
            record.with_user(self.director).action_propose()

    def test_no_veto_for_a_village(self):
        record = self.make(kind="veto", unit_id=self.village.id, body="县平安办")
        with self.assertRaisesRegex(UserError, "no veto"):
            record.with_user(self.director).action_propose()

    def test_terms_are_counted_by_their_rule(self):
        """Six months from 31 August end on the last day of February, a working day or not."""
        start = date(2025, 8, 31)
        for rule, end in (
            ("listed", date(2026, 2, 28)),
            ("missed", date(2026, 8, 31)),
            ("harm", date(2026, 8, 31)),
        ):
            record = self.make(kind="listing", body="县平安办")
            record.with_user(self.director).action_propose()
            record.write(self.decision_vals(rule, term_start=start))
            record.with_user(self.director).action_decide()
            self.assertEqual((record.term_from, record.term_to), (start, end))
            self.assertEqual(record.term_to, record.term_rule_id._deadline(start))

    def test_a_township_edits_its_terms(self):
        own = self.env.ref("township_governance.rule_accountability_listed").copy(
            {"company_id": self.company.id, "number": 3}
        )
        record = self.make(kind="listing", body="县平安办")
        record.with_user(self.director).action_propose()
        record.write(self.decision_vals(term_rule_id=own.id, term_start=date(2026, 1, 10)))
        record.with_user(self.director).action_decide()
        self.assertEqual(record.term_to, date(2026, 4, 10))

    def test_a_talk_is_closed_with_its_minutes(self):
        record = self.serve(kind="talk", answer_by=False)
        self.assertEqual(record.deadline_state, "none")
        self.deliver(record)
        with self.assertRaisesRegex(UserError, "Minutes"):
            record.action_close()
        record.write(
            {"talk_date": self.today, "attendees": "镇长、自然资源所所长", "minutes": "听取说明。"}
        )
        record.promise = "月底前办结。"
        record.action_close()
        with self.assertRaises(UserError):
            record.minutes = "改过"

    def test_a_circular_needs_no_answer_unless_asked_for(self):
        record = self.serve(kind="circular", answer_by=False)
        self.deliver(record)
        record.action_close()
        asked = self.serve(kind="circular")
        self.deliver(asked)
        with self.assertRaisesRegex(UserError, "answer"):
            asked.action_close()

    def test_a_transfer_ends_with_the_receipt_of_the_body(self):
        record = self.make(kind="transfer")
        with self.assertRaisesRegex(UserError, "Competent body"):
            record.with_user(self.director).action_serve()
        record.body = "槐荫县纪委监委"
        record.with_user(self.director).action_serve()
        self.assertEqual(record.delivery_ids.recipient, "槐荫县纪委监委")
        self.assertFalse(record.clock_ids)
        with self.assertRaisesRegex(UserError, "Number of the receipt"):
            record.action_close()
        record.write(
            {
                "receipt_number": "收〔2026〕12号",
                "receipt_date": self.today,
                "receipt_scan_ids": [Command.create({"name": "回执.jpg", "raw": b"receipt"})],
            }
        )
        record.action_close()

    def test_dropped_with_a_reason_and_no_alarm_after(self):
        record = self.serve()
        director = record.with_user(self.director)
        with self.assertRaises(UserError):
            director.action_drop(" ")
        director.action_drop("核查后不属实")
        self.assertEqual((record.state, record.drop_reason), ("dropped", "核查后不属实"))
        self.assertTrue(record.clock_ids.deadline_done_date)

    def test_what_is_needed_before_it_is_served(self):
        for vals, words in (
            ({"problem": False}, "Problem"),
            ({"basis": False}, "Basis in words"),
            ({"answer_by": False}, "To be answered by"),
            ({"answer_by": self.today - timedelta(days=1)}, "still to come"),
        ):
            record = self.make(**vals)
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                record.with_user(self.director).action_serve()
        letter = self.make_letter(unit_id=self.village.id, kind="agreement", line_ids=[])
        record = self.make(letter_id=letter.id)
        with self.assertRaisesRegex(UserError, "same unit"):
            record.with_user(self.director).action_serve()

    def test_nobody_handles_what_is_asked_of_the_own_unit(self):
        for user in (self.own_officer, self.head):
            with self.assertRaisesRegex(ValidationError, "another handler"):
                self.make(user_id=user.id)

    def test_the_future_is_not_recorded(self):
        record = self.serve(kind="talk")
        with self.assertRaises(ValidationError):
            record.talk_date = self.today + timedelta(days=1)

    def test_numbers_have_no_gaps(self):
        self.serve()
        record = self.make()
        with self.assertRaises(UserError):
            record.copy({"problem": False}).with_user(self.director).action_serve()
        record.with_user(self.director).action_serve()
        listing = self.decided()
        listing.with_user(self.director).action_serve()
        year = self.today.year
        found = self.Accountability.search([("company_id", "=", self.company.id)])
        numbers = {*found.mapped("number"), *found.mapped("notice_number")} - {False}
        self.assertEqual(numbers, {f"槐荫督〔{year}〕{seq}号" for seq in range(1, 5)})

    def test_many_are_served_with_flat_queries(self):
        def cost(number):
            records = self.Accountability.create([self.accountability_vals()] * number)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.with_user(self.director).action_serve()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        cost(1)
        self.assertLessEqual(cost(60) - cost(10), 15)

    def test_an_overdue_answer_stands_on_the_home_screen_of_unit_and_office(self):
        record = self.serve()
        with freeze_time(self.today + timedelta(days=12)):
            self.env.invalidate_all()
            self.assertEqual(record.deadline_state, "overdue")
            for user in (self.head, self.officer):
                mine = record.with_user(user)
                domain = mine._home_mine_domain()
                self.assertEqual(mine.search(domain), mine)
            self.flag_deadlines()
            self.assertEqual(record.sudo().activity_ids.user_id, self.head | self.officer)


@tagged("post_install", "-at_install")
class TestAccountabilityRights(AccountabilityCase):
    def test_who_reads_what(self):
        draft, served = self.make(), self.serve()
        transfer = self.serve(kind="transfer", body="县纪委监委")
        everything = draft | served | transfer
        nothing = draft.browse()
        for user, seen in (
            (self.head, served),
            (self.own_officer, served),
            (self.own_director, served),
            (self.officer, everything),
            (self.director, everything),
            (self.supervisor, everything),
            (self.reporter, nothing),
            (self.reporter_other, nothing),
            (self.village_head, nothing),
            (self.mediator_user, nothing),
            (self.auditor, nothing),
            (self.correction, nothing),
            (self.administrator, nothing),
        ):
            with self.subTest(user.login):
                mine = self.Accountability.with_user(user)
                self.assertEqual(mine.search([("id", "in", everything.ids)]), seen)
                for model in ("clock", "answer"):
                    rows = self.env[f"township.accountability.{model}"].with_user(user)
                    found = rows.search([("accountability_id", "in", everything.ids)])
                    self.assertLessEqual(found.accountability_id, seen)
                for record in everything - seen:
                    self.assertFalse(record.with_user(user).has_access("read"))
                    if self.env["township.delivery"].with_user(user).has_access("read"):
                        self.assertFalse(
                            self.env["township.delivery"]
                            .with_user(user)
                            .search([("accountability_id", "=", record.id)])
                        )
                for record in everything - seen:
                    resolved = self.env["township.accountability.step.wizard"].with_user(user)
                    wizard = resolved.new({"accountability_id": record.id})
                    name = wizard.accountability_id.sudo().display_name
                    self.assertNotIn(self.unit.name, name)
                groups = mine._read_group([("id", "in", everything.ids)], ["unit_id"])
                self.assertEqual(bool(groups), bool(seen))

    def test_nobody_of_the_unit_changes_what_is_asked_of_it(self):
        draft, served = self.make(), self.serve()
        self.answer(self.serve())
        for user in (self.own_officer, self.own_director, self.head):
            own, mine = served.with_user(user), draft.with_user(user)
            attempts = (
                lambda user=user: self.Accountability.with_user(user).create(
                    self.accountability_vals(user_id=self.officer.id)
                ),
                lambda mine=mine: mine.write({"problem": "没有问题"}),
                lambda mine=mine: mine.action_serve(),
                lambda mine=mine: mine.unlink(),
                lambda own=own: own.write({"user_id": self.head.id}),
                lambda own=own: own.action_close(),
                lambda own=own: own.action_drop("撤回"),
                lambda own=own: own.unlink(),
                lambda own=own: own.message_post(body="说明"),
                lambda own=own: own.delivery_ids.write({"date_served": self.today}),
                lambda own=own: own.delivery_ids.unlink(),
                lambda own=own: own.env["township.delivery"].create(
                    {"paper": "x", "recipient": "y", "accountability_id": own.id}
                ),
                lambda own=own: own.clock_ids.write({"deadline_done_date": self.today}),
                lambda own=own: own.clock_ids.unlink(),
                lambda own=own: own.env["township.accountability.answer"].create(
                    {"accountability_id": own.id, "answer": "x"}
                ),
                lambda own=own: own.env["ir.attachment"].create(
                    {"name": "x", "raw": b"x", "res_model": own._name, "res_id": own.id}
                ),
            )
            for position, attempt in enumerate(attempts):
                refused = self.assertRaises(AccessError)
                with self.subTest(user=user.login, position=position), refused:
                    attempt()
        self.assertEqual(served.state, "served")

    def test_officers_draft_and_directors_issue(self):
        record = self.make(kind="listing", body="县平安办")
        for action in ("action_propose", "action_decide", "action_serve"):
            with self.subTest(action), self.assertRaises(AccessError):
                getattr(record, action)()
        with self.assertRaises(AccessError):
            record.action_drop("x")
        for user in (self.supervisor, self.reporter, self.mediator_user, self.correction):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.Accountability.with_user(user).create(self.accountability_vals())

    def test_only_the_head_answers_or_an_officer_from_paper(self):
        record = self.serve()
        for user in (self.own_officer, self.own_director, self.reporter, self.supervisor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                record.with_user(user).action_answer("好", self.proof(user).ids)
        with self.assertRaisesRegex(UserError, "proof"):
            record.with_user(self.head).action_answer("好")
        stolen = self.env["ir.attachment"].create(
            {"name": "密", "raw": b"x", "res_model": self.village._name, "res_id": 0}
        )
        stolen.write({"res_model": "township.accountability", "res_id": self.make().id})
        with self.assertRaises(AccessError):
            record.with_user(self.head).action_answer("好", stolen.ids)
        record.action_answer("纸质反馈", self.proof(self.officer).ids)
        self.assertEqual(record.answer_ids.user_id, self.officer)

    def test_a_head_without_any_group_answers(self):
        alone = self.env["res.users"].create(
            {
                "name": "只答复的人",
                "login": "answer_only",
                "company_id": self.company.id,
                "company_ids": [Command.set(self.company.ids)],
                "group_ids": [Command.set(self.env.ref("base.group_user").ids)],
            }
        )
        record = self.serve()
        self.unit.leader_id = alone
        wizard = (
            self.env["township.accountability.step.wizard"]
            .with_user(alone)
            .create(
                {
                    "step": "answer",
                    "accountability_id": record.id,
                    "text": "已办结",
                    "scan_ids": [Command.set(self.proof(alone).ids)],
                }
            )
        )
        wizard.action_confirm()
        self.assertEqual(record.state, "answered")
        self.assertEqual(record.answer_ids.scan_ids.res_id, record.answer_ids.id)
        with self.assertRaises(AccessError):
            record.answer_ids.scan_ids.with_user(alone).write({"raw": b"other"})

    def test_each_role_opens_the_form_and_types_only_what_is_open(self):
        record = self.decided("listing")
        record.with_user(self.director).action_serve()
        alone = self.env["res.users"].create(
            {
                "name": "无组所长",
                "login": "head_alone",
                "company_id": self.company.id,
                "company_ids": [Command.set(self.company.ids)],
                "group_ids": [Command.set(self.env.ref("base.group_user").ids)],
            }
        )
        self.unit.leader_id = alone
        own = self.unit.user_ids
        for user in (alone, self.own_officer, self.officer, self.director, self.supervisor):
            with self.subTest(user.login):
                form = Form(record.with_user(user))
                self.assertEqual(form.may_answer, user in alone | self.officer | self.director)
                with self.assertRaises(AssertionError):
                    form.problem = "改过"
                if not user.has_group("township_governance.group_officer") or user in own:
                    with self.assertRaises(AssertionError):
                        form.result = "合格"
        with Form(record) as form:
            form.result = "验收合格"
            with self.assertRaises(AssertionError):
                form.decision_number = "改号"
        self.assertEqual(record.result, "验收合格")

    def test_the_decision_is_typed_into_a_proposal(self):
        record = self.make(kind="veto", body="县平安办")
        record.with_user(self.director).action_propose()
        with Form(record) as form:
            form.decision_number = "槐平安办〔2026〕7号"
            with self.assertRaises(AssertionError):
                form.problem = "改过"
        self.assertEqual(record.decision_number, "槐平安办〔2026〕7号")

    def test_a_neighbour_township_sees_nothing(self):
        record = self.serve()
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
        self.assertFalse(record.with_user(stranger).has_access("read"))
        self.assertFalse(record.with_user(stranger).search([("id", "=", record.id)]))

    def test_served_content_changes_by_no_path(self):
        record = self.decided()
        record.with_user(self.director).action_serve()
        xmlid = record.sudo().export_data(["id"])["datas"][0][0]
        attempts = (
            lambda: record.write({"problem": "改过"}),
            lambda: record.write({"unit_id": self.village.id}),
            lambda: record.write({"answer_by": self.today}),
            lambda: record.write({"decision_number": "改号"}),
            lambda: record.write({"term_to": self.today}),
            lambda: record.write({"served_date": self.today}),
            lambda: record.write({"notice_number": "改号"}),
            lambda: record.write({"state": "closed"}),
            lambda: record.write({"drop_reason": "x"}),
            lambda: record.decision_scan_ids.write({"raw": b"other"}),
            lambda: record.decision_scan_ids.unlink(),
            lambda: record.write({"decision_scan_ids": [Command.clear()]}),
            lambda: record.clock_ids.write({"name": "x"}),
            lambda: record.load(["id", "problem"], [[xmlid, "改过"]]),
            lambda: record.unlink(),
        )
        for position, attempt in enumerate(attempts):
            with self.subTest(position), self.assertRaises(UserError), self.env.cr.savepoint():
                result = attempt()
                if isinstance(result, dict) and not result["ids"]:
                    raise UserError("refused by load")
        self.assertNotEqual(record.problem, "改过")

    def test_nothing_is_created_in_a_later_state(self):
        for vals in ({"state": "served"}, {"served_date": self.today}, {"term_to": self.today}):
            with self.subTest(vals), self.assertRaises(AccessError):
                self.make(**vals)
        forged = self.Accountability.with_context(default_state="served")
        self.assertEqual(forged.create(self.accountability_vals()).state, "draft")
        result = self.Accountability.load(
            ["unit_id", "kind", "state"], [[self.unit.name, "通报", "served"]]
        )
        self.assertFalse(result["ids"])
        copy = self.serve().copy()
        self.assertEqual((copy.state, copy.number, copy.served_date), ("draft", False, False))

    def test_no_person_is_the_blamed(self):
        """A person of the model is who handles it; nobody else is named by a field."""
        people = {
            name
            for name, field in self.Accountability._fields.items()
            if field.comodel_name in ("res.users", "res.partner", "township.mediator")
        }
        own = {name for name in people if not name.startswith(("create_", "write_", "message_"))}
        self.assertEqual(own - {"activity_user_id"}, {"user_id"})
