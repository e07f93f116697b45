import base64
from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import file_open

from ...wizards.common import ledger_import
from ..common import ledger_files as files
from ..common.base import TownshipCase

SAMPLE = "township_governance/tests/data/township_ledger_2026.xls"
TODO = "township_governance.mail_act_case_terminate"
HEADING = [
    "序号",
    "受理时间",
    "申请人",
    "被申请人",
    "所在村",
    "案由",
    "承办人",
    "化解情况",
    "结案时间",
]
# 东沟村, 周秀英 and the type exist in the base of the tests.
ROW = [1, "2026-03-02", "王伟强", "刘芳艳", "东沟村", "邻里", "周秀英", "已化解", "2026-03-05"]


@tagged("post_install", "-at_install")
@freeze_time("2026-07-20 04:00:00")
class TestCaseImport(TownshipCase):
    """Cases out of the ledgers that townships keep."""

    def wizard(self, data, filename="台账.xlsx", user=None, **vals):
        if isinstance(data, list):
            data = files.make_xlsx(data)
        Wizard = self.env["township.ledger.import"].with_user(user or self.officer)
        return Wizard.create(
            {"data": base64.b64encode(data), "filename": filename, "target": "case", **vals}
        )

    def sample(self, **vals):
        with file_open(SAMPLE, "rb") as sample:
            return self.wizard(sample.read(), "township_ledger_2026.xls", **vals)

    def import_rows(self, *rows, heading=HEADING, **vals):
        wizard = self.wizard([heading, *rows], **vals)
        wizard.action_import()
        return wizard

    def cases(self, wizard):
        return self.env["township.case"].browse(wizard.record_ids)

    def import_one(self, row, heading=HEADING, **vals):
        wizard = self.import_rows(row, heading=heading, **vals)
        self.assertEqual(wizard.imported_count, 1, wizard.reasons)
        return self.cases(wizard)

    def reason(self, row, heading=HEADING, **vals):
        wizard = self.import_rows(row, heading=heading, **vals)
        self.assertEqual((wizard.imported_count, wizard.rejected_count), (0, 1))
        [lines] = files.read_xlsx(wizard.rejected_data).values()
        return lines[-1][-1]

    def test_village_answers_for_the_case_but_its_staff_do_not_read_it(self):
        case = self.import_one(ROW)
        self.assertEqual((case.village_id, case.unit_id), (self.village, self.village))
        self.assertFalse(case.unit_referred)
        self.assertFalse(case.with_user(self.reporter_other).has_access("read"))

    def test_a_township_has_installed_one_language_only(self):
        self.env["res.lang"].search([("code", "=", "zh_TW")]).active = False
        self.assertEqual(self.import_one(ROW).state, "closed")

    def vary(self, **cells):
        """:return: ``ROW`` with other cells, by heading"""
        return [cells.get(name, value) for name, value in zip(HEADING, ROW, strict=True)]

    # ------------------------------------------------------------------
    # The sample as it is
    # ------------------------------------------------------------------

    def test_sample_counts(self):
        wizard = self.sample(create_missing=True)
        wizard.action_import()
        self.assertEqual((wizard.imported_count, wizard.rejected_count), (140, 20))
        [lines] = [rows for rows in files.read_xlsx(wizard.rejected_data).values()]
        self.assertEqual(len(lines), 4 + 20, "title, date, two heading rows and the rejected")
        self.assertEqual(lines[2][:3], ["序号", "受理时间", "申请人"])
        self.assertEqual(lines[3][2:5], ["姓名", "身份证号", "联系电话"])
        reasons = [line[-1] for line in lines[4:]]
        self.assertEqual(sum("check digit" in reason for reason in reasons), 6)
        self.assertEqual(sum("受理时间" in reason for reason in reasons), 9)
        self.assertEqual(sum("申请人/姓名" in reason for reason in reasons), 5)

    def test_sample_cases(self):
        wizard = self.sample(create_missing=True)
        wizard.action_import()
        cases = self.cases(wizard)
        by_number = {case.number: case for case in cases}
        self.assertEqual(len(by_number), 140, "each has a number of its own")
        self.assertEqual(set(cases.mapped("state")), {"handling", "closed"})
        self.assertTrue(all(case.outcome == "settled" for case in cases if case.state == "closed"))
        self.assertTrue(all(case.date_closed for case in cases if case.state == "closed"))
        self.assertFalse(any(case.outcome for case in cases if case.state == "handling"))
        self.assertTrue(all(cases.mapped("backfilled")))
        self.assertFalse(any(cases.mapped("history")))
        self.assertEqual(
            set(cases.type_id.mapped("name")) & {"其他劳动争议纠纷", "房屋宅基地纠纷", "其他纠纷"},
            {"其他劳动争议纠纷", "房屋宅基地纠纷", "其他纠纷"},
        )
        self.assertEqual(set(cases.village_id.mapped("kind")), {"village", "community"})
        self.assertEqual(cases.unit_id, cases.village_id)
        self.assertEqual(cases.committee_id, self.committee)
        first = cases.filtered(lambda case: case.date_received == date(2026, 1, 8))
        self.assertEqual(first.sudo().party_ids[0].phone_full, "13943803232")
        self.assertEqual(first.party_ids.mapped("role"), ["applicant", "respondent"])
        blanks = cases.filtered(lambda case: case.date_received == date(2026, 1, 12))
        self.assertEqual(blanks.party_ids[0].name, "沈敏")
        money = cases.filtered(lambda case: case.date_received == date(2026, 1, 25))
        self.assertEqual(money.amount, 12000)

    def test_sample_todo_for_failed_mediations(self):
        wizard = self.sample(create_missing=True)
        wizard.action_import()
        cases = self.cases(wizard)
        todo = cases.activity_ids.filtered(
            lambda activity: activity.activity_type_id == self.env.ref(TODO)
        )
        failed = cases.browse(todo.mapped("res_id"))
        self.assertEqual(len(failed), 26)
        self.assertEqual(set(failed.mapped("state")), {"handling"})
        self.assertIn("168", wizard.warnings, "a closing date after the ledger's own date")

    def test_sample_as_history_raises_no_alarm(self):
        wizard = self.sample(create_missing=True, history=True)
        wizard.action_import()
        cases = self.cases(wizard)
        self.assertEqual(len(cases), 140)
        with self.enter_registry_test_mode():
            self.env.ref("township_governance.ir_cron_flag_deadlines").method_direct_trigger()
        cases.invalidate_recordset()
        self.assertFalse(any(cases.mapped("overdue_flag_date")))
        self.assertFalse(cases.activity_ids)

    def test_sample_flagged_when_it_is_no_history(self):
        wizard = self.sample(create_missing=True)
        wizard.action_import()
        with self.enter_registry_test_mode():
            self.env.ref("township_governance.ir_cron_flag_deadlines").method_direct_trigger()
        cases = self.cases(wizard)
        cases.invalidate_recordset()
        flagged = cases.filtered("overdue_flag_date")
        self.assertTrue(flagged)
        self.assertEqual(set(flagged.mapped("state")), {"handling"})

    def test_sample_twice(self):
        self.sample(create_missing=True).action_import()
        again = self.sample(create_missing=True)
        again.action_preview()
        self.assertEqual((again.imported_count, again.skipped_count), (0, 140))
        again.action_import()
        self.assertEqual(
            (again.imported_count, again.skipped_count, again.rejected_count), (0, 140, 20)
        )

    def test_sample_without_creating(self):
        wizard = self.sample()
        wizard.action_import()
        self.assertIn("柳树村", wizard.reasons)
        self.assertIn("马志强", wizard.reasons)
        self.assertEqual(wizard.imported_count + wizard.rejected_count, 160)
        self.assertEqual(set(self.cases(wizard).village_id.mapped("name")), {"东沟村"})

    def test_preview_names_what_would_be_made(self):
        wizard = self.sample(create_missing=True)
        wizard.action_preview()
        self.assertEqual(
            (wizard.read_count, wizard.imported_count, wizard.rejected_count), (160, 140, 20)
        )
        for words in ("柳树村", "马志强", "宅基地纠纷", "房屋宅基地纠纷"):
            self.assertIn(words, wizard.preview)
        self.assertNotIn(files.ID_A, wizard.preview)
        self.assertFalse(self.env["township.unit"].search([("name", "=", "柳树村")]))

    # ------------------------------------------------------------------
    # States
    # ------------------------------------------------------------------

    def test_results_and_states(self):
        for words, closed, state, outcome in (
            ("调解成功", "2026-03-05", "closed", "settled"),
            ("已化解", "2026-03-06", "closed", "settled"),
            ("调解不成", "2026-03-05", "closed", "failed"),
            ("调解不成", None, "handling", False),
            ("调解中", None, "handling", False),
            (None, None, "handling", False),
            ("撤回申请", "2026-03-05", "withdrawn", "withdrawn"),
            ("已移交", "2026-03-05", "transferred", "transferred"),
        ):
            case = self.import_one(
                self.vary(
                    化解情况=words, 结案时间=closed, 申请人=f"王{words or '无'}{closed or ''}"
                )
            )
            self.assertEqual((case.state, case.outcome), (state, outcome), words)

    def test_what_a_guard_would_have_asked_is_listed(self):
        case = self.import_one(self.vary(化解情况="调解不成"))
        self.assertFalse(case.routes_told)
        self.assertIn("routes", case.missing_items)
        open_case = self.import_one(self.vary(化解情况=None, 结案时间=None, 案由=None))
        self.assertTrue(open_case.missing_items)

    def test_contradictions_are_rejected(self):
        self.assertIn("结案时间", self.reason(self.vary(结案时间="2026-03-01")))
        self.assertIn("化解情况", self.reason(self.vary(化解情况="调解中")))
        self.assertIn("不清楚", self.reason(self.vary(化解情况="不清楚")))
        self.assertIn("future", self.reason(self.vary(受理时间="2026-07-21", 结案时间=None)))
        self.assertIn("案由", self.reason(self.vary(案由="外星纠纷"), create_missing=True))

    def test_clocks_of_imported_cases(self):
        closed = self.import_one(self.vary())
        self.assertEqual(set(closed.clock_ids.mapped("deadline_done_date")), {date(2026, 3, 5)})
        self.assertEqual(closed.deadline_state, "met")
        running = self.import_one(self.vary(化解情况=None, 结案时间=None))
        self.assertEqual(running.deadline_state, "overdue")

    # ------------------------------------------------------------------
    # Other layouts
    # ------------------------------------------------------------------

    def test_usual_names_of_columns(self):
        for heading in (
            [
                "编号",
                "登记日期",
                "甲方",
                "乙方",
                "村居",
                "纠纷类型",
                "调解员",
                "调解结果",
                "结案日期",
            ],
            [
                "序号",
                "排查时间",
                "当事人",
                "对方当事人",
                "网格",
                "案由",
                "承办人",
                "结案方式",
                "化解时间",
            ],
            [
                "序号",
                "受理日期",
                "申请人",
                "被申请人",
                "所在村（社区）",
                "纠纷类别",
                "人民调解员",
                "化解情况",
                "办结时间",
            ],
        ):
            case = self.import_one([f"A{heading[1]}", *ROW[1:2], heading[2], *ROW[3:]], heading)
            self.assertEqual(case.date_received, date(2026, 3, 2))
            self.assertEqual(case.village_id, self.village)
            self.assertEqual(case.mediator_id, self.mediator)
            self.assertEqual(case.user_id, self.mediator_user)
            self.assertEqual(case.type_id, self.type)
            self.assertEqual((case.state, case.date_closed), ("closed", date(2026, 3, 5)))

    def test_csv(self):
        for number, encoding in enumerate(("utf-8", "gb18030")):
            data = files.make_csv([HEADING, self.vary(申请人=f"王{number}")], encoding)
            wizard = self.wizard(data, "台账.csv")
            wizard.action_import()
            self.assertEqual(wizard.imported_count, 1)

    def test_several_parties_in_one_cell(self):
        heading = [*HEADING, "申请人身份证号", "申请人联系电话"]
        row = [
            *self.vary(申请人="王伟强、刘芳艳\n某某建筑公司"),
            f"{files.ID_A}、{files.ID_B}、无",
            "13900001111,13900002222,0571-88001234",
        ]
        case = self.import_one(row, heading)
        applicants = case.sudo().party_ids.filtered(lambda party: party.role == "applicant")
        self.assertEqual(applicants.mapped("name"), ["王伟强", "刘芳艳", "某某建筑公司"])
        self.assertEqual(applicants.mapped("id_number_full"), [files.ID_A, files.ID_B, False])
        self.assertEqual(
            applicants.mapped("phone_full"), ["13900001111", "13900002222", "057188001234"]
        )
        self.assertEqual(applicants.mapped("is_organisation"), [False, False, True])

    def test_numbers_that_fit_no_name_are_rejected(self):
        heading = [*HEADING, "申请人身份证号"]
        row = [*self.vary(申请人="王伟强、刘芳艳"), files.ID_A]
        self.assertIn("2", self.reason(row, heading))
        wrong = files.ID_A[:-1] + "6"
        self.assertIn("check digit", self.reason([*ROW, wrong], heading))

    def test_the_same_matter_with_other_content_is_warned_about(self):
        self.import_one(self.vary(化解情况=None, 结案时间=None))
        wizard = self.import_rows(ROW)
        self.assertEqual(wizard.imported_count, 1)
        self.assertIn("other content", wizard.warnings)

    def test_several_mediators_in_one_cell(self):
        case = self.import_one(self.vary(承办人="周秀英（主任）、马志强"), create_missing=True)
        self.assertEqual(case.mediator_id, self.mediator)
        self.assertEqual(case.mediator_ids.mapped("name"), ["马志强"])
        self.assertEqual(case.mediator_ids.committee_id, self.committee)
        self.assertIn("李四", self.reason(self.vary(承办人="周秀英、李四")))

    def test_serial_numbers_are_no_official_numbers(self):
        heading = ["编号", *HEADING[1:]]
        wizard = self.import_rows(
            [1, *ROW[1:]], [2, *self.vary(申请人="李明")[1:]], heading=heading
        )
        self.assertEqual(wizard.imported_count, 2)
        self.assertNotIn("1", self.cases(wizard).mapped("number"))
        self.assertIn("编号", wizard.warnings)

    def test_both_sides_in_one_cell(self):
        case = self.import_one(self.vary(申请人="张三与李四", 被申请人=None))
        self.assertEqual(case.party_ids.mapped("name"), ["张三", "李四"])
        self.assertEqual(case.party_ids.mapped("role"), ["applicant", "respondent"])

    def test_what_has_no_field_is_kept_in_the_first_message(self):
        case = self.import_one([*ROW, "约3千", "双方为邻居"], [*HEADING, "涉及金额", "备注"])
        self.assertFalse(case.amount)
        text = "".join(case.message_ids.mapped("body"))
        self.assertIn("约3千", text)
        self.assertIn("双方为邻居", text)

    def test_the_grid_beside_or_instead_of_the_village(self):
        beside = self.import_one([*ROW, "第一网格"], [*HEADING, "所在网格"])
        heading = [*HEADING[:4], "网格", *HEADING[5:]]
        instead = self.import_one(self.vary(所在村="东沟村第一网格"), heading)
        for case in beside | instead:
            self.assertEqual((case.grid_id, case.village_id), (self.grid, self.village))

    def test_official_numbers_are_kept_and_the_counter_goes_on(self):
        heading = ["编号", *HEADING[1:], "卷号"]
        number, file_number = "2026-00007", "（2026）槐荫人调字第0009号"
        case = self.import_one([number, *ROW[1:], file_number], heading)
        self.assertEqual((case.number, case.file_number), (number, file_number))
        self.assertIn(number, self.reason([number, *self.vary(申请人="李明")[1:], None], heading))
        following = self.import_one(self.vary(申请人="李明"))
        self.assertEqual(
            (following.number, following.file_number), ("2026-00008", "（2026）槐荫人调字第0010号")
        )

    def test_a_number_standing_twice_in_the_file(self):
        heading = ["编号", *HEADING[1:]]
        wizard = self.import_rows(
            ["A1", *ROW[1:]], ["A1", *self.vary(申请人="李明")[1:]], heading=heading
        )
        self.assertEqual((wizard.imported_count, wizard.rejected_count), (1, 1))

    # ------------------------------------------------------------------
    # Rights, speed
    # ------------------------------------------------------------------

    def test_who_may_import_cases(self):
        for user in (
            self.reporter,
            self.mediator_user,
            self.supervisor,
            self.auditor,
        ):
            with self.assertRaises(AccessError):
                self.wizard([HEADING, ROW], user=user)
        wizard = self.wizard([HEADING, ROW], user=self.director)
        wizard.action_import()
        self.assertEqual(wizard.imported_count, 1)

    def test_a_forged_context_writes_no_message(self):
        Case = self.env["township.case"].with_user(self.officer)
        case = Case.with_context(township_ledger_messages=["forged"]).create(self.case_vals())
        self.assertNotIn("forged", "".join(case.message_ids.mapped("body")))

    def test_queries_do_not_grow_with_the_rows(self):
        def count(number, start):
            rows = [self.vary(申请人=f"王某{start + place}") for place in range(number)]
            wizard = self.wizard([HEADING, *rows])
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            wizard.action_import()
            self.assertEqual(wizard.imported_count, number)
            return self.env.cr.sql_log_count - before

        count(5, 0)
        few, many = count(20, 100), count(220, 1000)
        self.assertLess(many - few, 60, "at most some 0.3 queries per further row")

    def test_large_ledger_of_cases_in_the_background(self):
        rows = [self.vary(申请人=f"王某{place}") for place in range(30)]
        with patch.object(ledger_import, "DIRECT_ROWS", 10):
            action = self.wizard([HEADING, *rows]).action_import()
        job = self.env["township.ledger.job"].browse(action["res_id"])
        with self.enter_registry_test_mode():
            self.env.ref("township_governance.ir_cron_run_ledger_jobs").method_direct_trigger()
        self.assertEqual((job.state, job.imported_count), ("done", 30))
