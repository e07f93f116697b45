import base64
from datetime import date, timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import ledger_files as files
from .test_aftercare import AftercareCase

HEADING = [
    *("序号", "姓名", "性别", "身份证号", "现住址", "所在村", "人员类别", "服刑场所", "释放日期"),
    *("原罪名", "原判刑期", "衔接日期", "衔接方式", "是否接受帮教", "帮教责任人", "安置方式"),
    *("解除帮教日期", "帮教状态"),
]
ACTIVE = [
    *(1, "赵 建国", "男", files.ID_A, "东沟村二组", "东沟村", "刑满释放", "槐荫监狱"),
    *("2026.2.28", "盗窃罪", "有期徒刑三年", "2026-2-28", "必接必送", "愿意", "孙梅、钱进"),
    *("务工", None, "在帮"),
]


@tagged("post_install", "-at_install")
class TestAftercareImport(AftercareCase):
    """An existing register of people in aftercare comes in as what it was."""

    def import_rows(self, rows, user=None, heading=HEADING, **vals):
        data = files.make_xlsx([["刑满释放安置帮教对象名册"], heading, *rows])
        wizard = (
            self.env["township.ledger.import"]
            .with_user(user or self.correction)
            .create(
                {
                    "data": base64.b64encode(data),
                    "filename": "register.xlsx",
                    "target": "aftercare",
                    "history": True,
                    **vals,
                }
            )
        )
        wizard.action_preview()
        wizard.action_import()
        return wizard

    def imported(self, wizard, user=None):
        Aftercare = self.env["township.aftercare"].with_user(user or self.correction)
        return Aftercare.browse(wizard.record_ids)

    def row(self, name, **cells):
        values = dict(zip(HEADING, ACTIVE, strict=True))
        values |= {"姓名": name, "身份证号": None, **cells}
        return list(values.values())

    def test_a_register_becomes_people_as_it_says(self):
        person = self.imported(self.import_rows([ACTIVE]))
        self.assertEqual((person.name, person.state, person.wish), ("赵建国", "active", "yes"))
        self.assertEqual((person.source, person.settled_way), ("prison", "job"))
        self.assertEqual(person.release_date, date(2026, 2, 28))
        self.assertEqual(person.hand_over_way, "fetched")
        self.assertEqual(person.unit_id, self.village)
        self.assertEqual(set(person.helper_ids.mapped("name")), {"孙梅", "钱进"})
        self.assertEqual(person._period_clocks().deadline_date, date(2031, 2, 28))
        self.assertTrue(person.number)

    def test_the_state_is_the_registers_else_that_of_its_dates_and_the_wish(self):
        none = {"帮教状态": None}
        rows = [
            self.row("甲", **none),
            self.row("乙", 是否接受帮教="拒绝", **none),
            self.row("丙", 是否接受帮教=None, **none),
            self.row("丁", 衔接日期=None, **none),
            self.row("戊", 解除帮教日期="2026-12-31", **none),
            self.row("己", 帮教状态="拒绝帮教"),
        ]
        people = self.imported(self.import_rows(rows))
        self.assertEqual(
            people.mapped("state"),
            ["active", "declined", "handed_over", "expected", "ended", "declined"],
        )
        self.assertEqual(people[-1].wish, "no")

    def test_who_declined_and_what_ended_stay_so(self):
        rows = [
            self.row("乙", 是否接受帮教="拒绝", 帮教状态=None),
            self.row("戊", 解除帮教日期="2026-12-31", 帮教状态="解除帮教"),
        ]
        declined, ended = self.imported(self.import_rows(rows))
        self.plan()
        self.flag_deadlines()
        for person in declined + ended:
            with self.subTest(person.state):
                self.assertFalse(person.visit_ids)
                running = person.clock_ids.filtered(lambda one: not one.deadline_done_date)
                self.assertFalse(running)
        self.assertEqual((declined.state, ended.state), ("declined", "ended"))
        self.assertEqual(ended.retention_date, date(2027, 12, 31))

    def test_history_plans_no_visit_and_raises_no_alarm(self):
        person = self.imported(self.import_rows([ACTIVE]))
        self.plan()
        self.on(person.deadline_date + timedelta(days=30))
        self.env.invalidate_all()
        self.flag_deadlines()
        self.assertFalse(person.visit_ids)
        self.assertFalse(person.activity_ids)
        self.assertFalse(person.overdue_flag_date)

    def test_who_is_expected_is_met_on_the_day_of_release(self):
        cells = {"释放日期": "2027-05-01", "衔接日期": None, "帮教状态": None}
        person = self.imported(self.import_rows([self.row("丁", **cells)], history=False))
        self.assertEqual(person.state, "expected")
        self.assertEqual(person.deadline_date, date(2027, 5, 1))
        person.write({"hand_over_date": date(2027, 3, 2), "hand_over_way": "own"})
        person.action_hand_over()
        person.write({"wish": "yes", "wish_date": date(2027, 3, 2)})
        person.action_accept()
        self.assertEqual(len(person._period_clocks()), 1)

    def test_every_row_is_accounted_for(self):
        wrong = [*ACTIVE]
        wrong[3] = files.ID_A[:-1] + "0"
        backwards = self.row("庚", 解除帮教日期="2025-1-1")
        unknown = self.row("辛", 人员类别="劳动教养")
        wizard = self.import_rows([ACTIVE, ACTIVE, wrong, backwards, unknown])
        counts = (wizard.imported_count, wizard.skipped_count, wizard.rejected_count)
        self.assertEqual(wizard.read_count, sum(counts))
        self.assertEqual(counts, (1, 1, 3))

    def test_the_same_person_comes_once_per_release(self):
        again = [*ACTIVE]
        again[8], again[11] = "2016-5-1", "2016-5-2"
        self.assertEqual(self.import_rows([ACTIVE, again]).imported_count, 2)
        twice = [*ACTIVE]
        twice[4] = "另写一处"
        self.assertEqual(self.import_rows([twice]).rejected_count, 1)

    def test_a_minor_is_left_to_the_minors_officer(self):
        heading, minor = [*HEADING, "出生日期"], [*self.row("小明"), "2009-06-01"]
        wizard = self.import_rows([minor], heading=heading)
        self.assertEqual((wizard.imported_count, wizard.rejected_count), (0, 1))
        wizard = self.import_rows([minor], self.minor_officer, heading=heading)
        self.assertTrue(self.imported(wizard, self.minor_officer).is_minor)

    def test_what_a_person_might_do_is_not_read(self):
        heading, row = [*HEADING, "是否重新犯罪", "风险等级"], [*ACTIVE, "重新犯罪", "高风险"]
        person = self.imported(self.import_rows([row], heading=heading)).sudo()
        kept = " ".join(
            str(person[name])
            for name, field in person._fields.items()
            if field.store and field.type in ("char", "text")
        )
        self.assertIn("盗窃罪", kept)
        self.assertNotIn("重新犯罪", kept)
        self.assertNotIn("高风险", kept)

    def test_nobody_outside_the_room_imports_it_and_the_file_is_not_kept(self):
        for user in (self.officer, self.director, self.administrator):
            Wizard = self.env["township.ledger.import"].with_user(user)
            with self.subTest(user.login):
                if Wizard.has_access("create"):
                    self.assertNotIn("aftercare", dict(Wizard._selection_target()))
                with self.assertRaises(AccessError):
                    Wizard.create({"target": "aftercare", "pasted": "姓名\n甲"}).action_import()
        self.assertFalse(self.import_rows([ACTIVE]).data)
