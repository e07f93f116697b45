from datetime import date, timedelta
from pathlib import Path

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import TownshipCase

ROOT = Path(__file__).resolve().parents[2]


@tagged("post_install", "-at_install")
class TestBoard(TownshipCase):
    """逾期督办: figures by unit, each opening exactly its cases; reminders once per case."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        freezer = freeze_time("2026-03-10 02:00:00")
        freezer.start()
        cls.addClassCleanup(freezer.stop)
        cls.today = date(2026, 3, 10)
        cls.unit.leader_id = cls.reporter
        cls.overdue = cls.case_due(-4, unit_id=cls.unit.id, user_id=cls.officer.id)
        cls.soon = cls.case_due(2, unit_id=cls.unit.id)
        cls.elsewhere = cls.case_due(-1, unit_id=cls.village.id, user_id=cls.officer.id)
        cls.in_time = cls.closed(5, unit_id=cls.unit.id)
        cls.late = cls.closed(-5, unit_id=cls.unit.id)

    @classmethod
    def case_due(cls, days, **vals):
        case = cls.make_case(**vals)
        case.action_register()
        case.sudo().clock_ids._deadline_extend(cls.today + timedelta(days=days))
        return case

    @classmethod
    def closed(cls, days, **vals):
        case = cls.case_due(days, **vals)
        case.action_assign()
        case.action_handle()
        case.write({"outcome": "settled", "settlement": "让出排水沟"})
        case.action_close()
        return case

    def board(self, user=None, **options):
        Board = self.env["township.case.board"].with_user(user or self.director)
        return Board.get_board(**options)

    def row(self, board, unit):
        return next(row for row in board["rows"] if row["id"] == unit.id)

    def test_figures_of_a_unit(self):
        row = self.row(self.board(), self.unit)
        self.assertEqual(
            {key: row[key] for key in row if key not in ("id", "name")},
            {
                "open": 2,
                "due_soon": 1,
                "overdue": 1,
                "longest_overdue": 4,
                "on_time": 1,
                "ended": 2,
            },
        )

    def test_total_is_the_sum_of_the_units(self):
        board = self.board()
        for figure in ("open", "due_soon", "overdue", "on_time", "ended"):
            self.assertEqual(board["total"][figure], sum(row[figure] for row in board["rows"]))
        values = (
            self.env["township.case"]
            .with_user(self.director)
            ._metric_values(["open", "overdue", "longest_overdue"])
        )
        for figure in ("open", "overdue", "longest_overdue"):
            self.assertEqual(board["total"][figure], values[figure, None][0])

    def test_every_figure_opens_exactly_its_cases(self):
        Board = self.env["township.case.board"].with_user(self.director)
        row = self.row(self.board(), self.unit)
        for figure in ("open", "due_soon", "overdue", "on_time"):
            action = Board.get_figure_action(figure, "numerator", group=self.unit.id)
            found = self.env["township.case"].with_user(self.director).search(action["domain"])
            self.assertEqual(len(found), row[figure], figure)
        action = Board.get_figure_action("on_time", "denominator", group=self.unit.id)
        found = self.env["township.case"].search(action["domain"])
        self.assertEqual(found, self.in_time.sudo() | self.late.sudo())
        action = Board.get_figure_action("overdue", "numerator")
        found = self.env["township.case"].search(action["domain"])
        self.assertEqual(found, self.overdue.sudo() | self.elsewhere.sudo())

    def test_period_narrows_the_rate_but_not_what_is_open(self):
        row = self.row(self.board(date_from="2025-01-01", date_to="2025-12-31"), self.unit)
        self.assertEqual((row["ended"], row["overdue"], row["open"]), (0, 1, 2))

    def test_periods_are_counted_where_today_is(self):
        """At 7 in the morning in China a server on UTC, and many a browser, is at yesterday."""
        for moment, year in (("2026-12-31 15:59:59", 2026), ("2026-12-31 16:00:01", 2027)):
            with freeze_time(moment):
                periods = {row["key"]: row for row in self.board()["periods"]}
            self.assertEqual(periods["year"]["date_from"], date(year, 1, 1))
            self.assertEqual(periods["last_year"]["date_to"], date(year - 1, 12, 31))
            self.assertEqual(periods["month"]["date_from"].year, year)

    def test_no_screen_asks_the_browser_for_today(self):
        for path in sorted((ROOT / "static" / "src").rglob("*.js")):
            with self.subTest(path.name):
                asked = r"DateTime\.(local|now|utc)\(|new Date\(|Date\.now"
                self.assertNotRegex(path.read_text(), asked)

    def test_kind_narrows_everything(self):
        board = self.board(kind="hazard")
        self.assertFalse(board["rows"])
        self.assertEqual(board["total"]["open"], 0)

    def test_period_that_ends_before_it_begins_is_refused(self):
        with self.assertRaisesRegex(UserError, "ends before it begins"):
            self.board(date_from="2026-05-01", date_to="2026-01-01")

    def test_unknown_figure_is_refused(self):
        with self.assertRaisesRegex(UserError, "no figure"):
            self.env["township.case.board"].get_figure_action("state", "numerator")

    def test_persons_are_never_a_group(self):
        self.assertEqual(self.board(group_by="user")["group_by"], "unit")
        self.assertEqual(self.board(group_by="mediator_id")["group_by"], "unit")

    def test_supervisor_reads_and_may_not_remind(self):
        board = self.board(self.supervisor)
        self.assertFalse(board["may_remind"])
        self.assertEqual(self.row(board, self.unit)["overdue"], 1)
        with self.assertRaises(AccessError):
            self.env["township.case.board"].with_user(self.supervisor).remind()

    def test_roles_without_cases_have_no_board(self):
        for user in (self.auditor, self.correction):
            with self.assertRaises(AccessError):
                self.board(user)

    def test_a_reporter_sees_figures_of_own_cases_only(self):
        own = self.make_case(self.reporter, unit_id=self.village.id)
        own.action_register()
        self.unit.leader_id = False
        board = self.board(self.reporter)
        self.assertEqual(board["total"]["open"], 1)

    def test_supervisor_of_two_townships_sees_them_by_township(self):
        other = self.env["res.company"].create({"name": "Second Township"})
        self.supervisor.company_ids += other
        user = self.supervisor.with_context(allowed_company_ids=(self.company + other).ids)
        Board = (
            self.env["township.case.board"]
            .with_user(self.supervisor)
            .with_context(allowed_company_ids=(self.company + other).ids)
        )
        board = Board.get_board()
        self.assertEqual(board["group_by"], "company")
        self.assertEqual([row["name"] for row in board["rows"]], [self.company.name])
        self.assertTrue(user)

    def test_reminder_goes_to_the_units_leader_else_the_handler_once_per_case(self):
        Board = self.env["township.case.board"].with_user(self.director)
        self.assertEqual(Board.remind()["reminded"], 2)
        kind = self.env.ref("township_governance.mail_act_case_reminder")
        given = self.env["mail.activity"].search([("activity_type_id", "=", kind.id)])
        self.assertEqual(
            {(activity.res_id, activity.user_id) for activity in given},
            {(self.overdue.id, self.reporter), (self.elsewhere.id, self.officer)},
        )
        self.unit.leader_id = self.officer  # another leader is no reason for a second one
        self.assertEqual(Board.remind(), {"reminded": 0, "known": 2, "nobody": 0})

    def test_reminder_for_one_unit_leaves_the_others_alone(self):
        told = self.env["township.case.board"].with_user(self.officer).remind([self.village.id])
        self.assertEqual(told["reminded"], 1)

    def test_reminding_many_costs_a_constant_number_of_queries(self):
        def queries(number):
            for _count in range(number):
                self.case_due(-1, unit_id=self.unit.id)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["township.case.board"].with_user(self.director).remind()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        queries(1)
        few = queries(3)
        self.assertLessEqual(queries(15) - few, 4)

    def test_reminder_text_names_no_person(self):
        text = self.env["township.case.board"].with_user(self.director).get_reminder_text()
        self.assertIn(self.overdue.number, text)
        self.assertEqual(len(text.splitlines()), 2)
        for name in self.overdue.party_ids.mapped("name"):
            self.assertNotIn(name, text)

    def test_one_query_per_axis_however_many_units(self):
        Board = self.env["township.case.board"].with_user(self.director)
        Board.get_board()
        self.env.flush_all()
        self.env.invalidate_all()
        # two axes, and the names of the units
        with self.assertQueryCount(5):
            Board.get_board()
