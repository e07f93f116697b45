from datetime import timedelta

from freezegun import freeze_time

from odoo import fields, models
from odoo.tests import tagged

from ...models.common.home import COUNT_LIMIT, Tile
from ..common import TownshipCase
from .throwaway import add_throwaway_model


@tagged("post_install", "-at_install")
class TestHome(TownshipCase):
    """今日待办: who sees what, in which order, and what may be copied and printed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        freezer = freeze_time("2026-03-10 02:00:00")
        freezer.start()
        cls.addClassCleanup(freezer.stop)
        cls.today = cls.env["township.calendar.day"]._today()
        cls.env["township.deadline.rule"].search([]).write({"roll_to_working_day": False})

    def home(self, user, **options):
        return self.env["township.home"].with_user(user).get_home(**options)

    def case_due(self, days, user=None, **vals):
        """A registered case whose deadline is ``days`` from today."""
        case = self.make_case(**vals)
        case.action_register()
        case.sudo().clock_ids._deadline_extend(self.today + timedelta(days=days))
        case.sudo().user_id = user or self.officer
        self.assertEqual(case.deadline_date, self.today + timedelta(days=days))
        return case

    def counts(self, home):
        return {tile["key"]: tile["count"] for tile in home["tiles"]}

    def test_tiles_count_by_deadline(self):
        for days in (-5, -1, 0, 3, 4):
            self.case_due(days)
        counts = self.counts(self.home(self.officer))
        self.assertEqual((counts["overdue"], counts["today"], counts["soon"]), (2, 1, 2))

    def test_list_is_by_deadline_with_days_and_next_step(self):
        later, overdue, today = self.case_due(9), self.case_due(-2), self.case_due(0)
        rows = self.home(self.officer)["rows"]
        self.assertEqual([row["id"] for row in rows], [overdue.id, today.id, later.id])
        self.assertEqual([row["days"] for row in rows], [-2, 0, 9])
        self.assertEqual([row["soon"] for row in rows], [False, True, False])
        self.assertEqual(rows[0]["next_step"], "Assign")
        self.assertEqual(rows[0]["number"], overdue.number)

    def test_tile_filters_the_list(self):
        overdue = self.case_due(-2)
        self.case_due(9)
        home = self.home(self.officer, tile="overdue")
        self.assertEqual([row["id"] for row in home["rows"]], overdue.ids)
        self.assertEqual(home["tile"], "overdue")

    def test_unknown_tile_and_scope_fall_back_to_all_of_mine(self):
        self.case_due(2)
        home = self.home(self.reporter, tile="gone", scope="everything")
        self.assertEqual((home["scope"], home["tile"]), ("mine", None))

    def test_default_is_mine_for_an_officer_and_units_for_a_director_and_supervisor(self):
        self.case_due(-1, user=self.director, unit_id=self.unit.id)
        self.assertEqual(self.home(self.officer)["scope"], "mine")
        self.assertFalse(self.home(self.officer)["rows"])
        for user in (self.director, self.supervisor):
            home = self.home(user)
            self.assertEqual(home["scope"], "unit")
            self.assertEqual([group["name"] for group in home["groups"]], [self.unit.name])

    def test_units_with_most_overdue_first_and_work_without_unit_is_not_lost(self):
        self.case_due(5)
        self.case_due(-1, unit_id=self.unit.id)
        self.case_due(1, unit_id=self.village.id)
        groups = self.home(self.director)["groups"]
        self.assertEqual(
            [(group["id"], group["overdue"], group["soon"], group["total"]) for group in groups],
            [(self.unit.id, 1, 0, 1), (self.village.id, 0, 1, 1), (0, 0, 0, 1)],
        )
        Home = self.env["township.home"].with_user(self.director)
        self.assertEqual(len(Home.get_rows("unit", None, 0)["rows"]), 1)
        rows = Home.get_rows("unit", None, self.unit.id)["rows"]
        self.assertEqual([row["unit"] for row in rows], [self.unit.name])

    def test_a_reporter_follows_the_own_report_and_nothing_else(self):
        own = self.make_case(self.reporter)
        own.action_register()
        self.case_due(-3)
        rows = self.home(self.reporter)["rows"]
        self.assertEqual([row["id"] for row in rows], own.ids)
        self.assertFalse(rows[0]["may_handle"])
        self.assertTrue(self.home(self.officer)["rows"][0]["may_handle"])
        self.assertEqual(self.home(self.reporter)["scopes"], ["mine"])

    def test_a_mediator_sees_the_cases_led(self):
        case = self.make_case(mediator_id=self.mediator.id, committee_id=self.committee.id)
        case.action_register()
        self.assertEqual([row["id"] for row in self.home(self.mediator_user)["rows"]], case.ids)

    def test_an_ended_case_leaves_the_list(self):
        case = self.case_due(1)
        case.end_reason = "duplicate"
        case.action_withdraw()
        self.assertFalse(self.home(self.officer)["rows"])

    def test_settled_on_the_spot_waits_on_every_officers_screen(self):
        case = self.make_case(self.reporter, settlement="让出排水沟")
        case.action_settle_on_spot()
        home = self.home(self.officer, tile="to_confirm")
        self.assertEqual([row["id"] for row in home["rows"]], case.ids)
        self.assertEqual(home["rows"][0]["next_step"], "Confirm settlement")
        case.with_user(self.officer).action_confirm_settlement()
        self.assertNotIn("to_confirm", self.counts(self.home(self.officer)))

    def test_my_drafts_are_shown_only_while_there_are_some(self):
        self.assertNotIn("my_drafts", self.counts(self.home(self.reporter)))
        draft = self.make_case(self.reporter)
        home = self.home(self.reporter, tile="my_drafts")
        self.assertEqual([row["id"] for row in home["rows"]], draft.ids)
        self.assertIsNone(home["rows"][0]["days"])

    def test_an_accusation_is_in_no_count_of_the_unit_complained_about(self):
        self.unit.user_ids = self.officer
        case = self.make_case(
            self.director,
            kind="petition",
            purpose="accusation",
            type_id=self.env["township.case.type"].search([("kind", "=", "petition")], limit=1).id,
            complained_unit_id=self.unit.id,
            user_id=self.director.id,
        )
        case.action_register()
        for scope in ("mine", "unit"):
            home = self.home(self.officer, scope=scope)
            self.assertFalse(home["rows"] or home["groups"])
        self.assertEqual(self.home(self.director)["groups"][0]["total"], 1)

    def test_copied_text_has_no_title_and_no_name(self):
        case = self.case_due(-2, unit_id=self.unit.id)
        text = self.home(self.officer)["rows"][0]["copy_text"]
        self.assertIn(case.number, text)
        self.assertIn(self.unit.name, text)
        for private in (case.name, *case.party_ids.mapped("name"), case.summary):
            self.assertNotIn(private, text)

    def test_printing_the_list_is_logged(self):
        case = self.case_due(1)
        Log = self.env["township.access.log"].sudo()
        before = Log.search([])
        printed = self.env["township.home"].with_user(self.officer).print_rows()
        self.assertEqual([row["id"] for row in printed["rows"]], case.ids)
        logged = Log.search([]) - before
        self.assertEqual(logged.mapped("action"), ["print"])
        self.assertEqual(logged.user_id, self.officer)

    def test_auditor_and_corrections_officer_have_an_empty_screen_not_an_error(self):
        self.case_due(-1)
        for user in (self.auditor, self.correction):
            home = self.home(user)
            # whoever has a letter to sign sees it here, so the tiles are there and count nothing
        counts = [tile["count"] for tile in home["tiles"]]
        self.assertFalse(home["rows"] or home["groups"] or any(counts))

    def test_more_rows_on_demand_and_never_without_end(self):
        for days in range(4):
            self.case_due(days)
        home = self.home(self.officer, limit=3)
        self.assertEqual((len(home["rows"]), home["more"]), (3, True))
        self.assertFalse(self.home(self.officer, limit=10**9)["more"])

    def test_counts_stop_at_the_limit(self):
        model = self.env["township.case"]
        tile = Tile("any", "Any", domain=model._home_tile_domains().get("none"))
        self.assertIsNone(self.env["township.home"]._tile_domain(model, tile, "unit"))
        self.case_due(-1)
        with self.patch_limit(1):
            self.case_due(-1)
            self.assertEqual(self.counts(self.home(self.officer))["overdue"], 1)
        self.assertEqual(COUNT_LIMIT, 1000)

    def patch_limit(self, limit):
        from unittest.mock import patch

        return patch("odoo.addons.township_governance.models.common.home.COUNT_LIMIT", limit)

    def test_the_head_of_a_unit_answers_for_its_cases(self):
        case = self.case_due(1, unit_id=self.unit.id)
        self.unit.leader_id = self.reporter_other
        rows = self.home(self.reporter_other)["rows"]
        self.assertEqual([row["id"] for row in rows], case.ids)

    def test_number_of_queries_does_not_grow_with_the_list(self):
        def queries(number):
            for _count in range(number):
                self.case_due(1, unit_id=self.unit.id)
            self.home(self.officer)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.home(self.officer)
            return self.env.cr.sql_log_count - before

        queries(1)  # warm up
        self.assertEqual(queries(2), queries(20))


@tagged("post_install", "-at_install")
class TestHomeOfAnyModel(TownshipCase):
    """Whatever has a deadline stands on the home screen without a line in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()

        class Notice(models.Model):
            _name = "township.test.notice"
            _description = "Notice"
            _inherit = ["township.deadline.mixin", "mail.thread", "mail.activity.mixin"]
            _module = None
            _deadline_user_field = None

            name = fields.Char()
            company_id = fields.Many2one("res.company")

        cls.model = add_throwaway_model(cls, Notice)
        cls.today = cls.env["township.calendar.day"]._today()
        yesterday = cls.today - timedelta(days=1)
        cls.notice = cls.model.create({"name": "Notice 1", "deadline_date": yesterday})

    def test_model_without_unit_and_handler_is_seen_by_who_watches(self):
        home = self.env["township.home"].with_user(self.director).get_home()
        self.assertEqual([(group["id"], group["overdue"]) for group in home["groups"]], [(0, 1)])
        rows = self.env["township.home"].with_user(self.director).get_rows("unit", "overdue", 0)
        self.assertEqual(rows["rows"][0]["title"], "Notice 1")
        self.assertEqual(rows["rows"][0]["kind"], "Notice")
        self.assertFalse(
            self.env["township.home"].with_user(self.director).get_rows("unit", None, 77)["rows"]
        )

    def test_it_is_nobodys_own_work(self):
        home = self.env["township.home"].with_user(self.officer).get_home()
        self.assertFalse(home["rows"])

    def test_rows_of_several_models_in_one_order(self):
        case = self.make_case()
        case.action_register()
        rows = self.env["township.home"].with_user(self.officer).get_rows("unit")["rows"]
        self.assertEqual([row["id"] for row in rows], [self.notice.id, case.id])
