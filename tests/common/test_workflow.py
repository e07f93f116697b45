"""Workflow: the state changes by its transitions alone, and a refusal says what is missing."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import Form, tagged

from ...tools.workflow import Transition
from .base import DIRECTORS, TownshipCase
from .throwaway import add_throwaway_model

# What JSON can make; none of it is the object the mixin compares with.
FORGED_TOKENS = (True, 1, "object", {}, [], {"_TOKEN": True}, "<object object>")


@tagged("post_install", "-at_install")
class TestWorkflow(TownshipCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()

        class Errand(models.Model):
            _name = "township.test.errand"
            _description = "Errand"
            _inherit = ["township.workflow.mixin", "mail.thread"]
            _module = None

            _transitions = (
                Transition(
                    name="start",
                    source=("new",),
                    target="doing",
                    guard="_guard_start",
                    holds_in=("doing", "done"),
                    label="Start",
                ),
                Transition(
                    name="finish",
                    source=("doing",),
                    target="done",
                    groups=(DIRECTORS,),
                    label="Finish",
                ),
            )

            name = fields.Char()
            place = fields.Char()
            state = fields.Selection(
                [("new", "New"), ("doing", "Doing"), ("done", "Done")], default="new"
            )

            def _guard_start(self):
                return [] if self.place else ["the place"]

        cls.errands = add_throwaway_model(cls, Errand)

    def errand(self, user=None, **vals):
        errands = self.errands.with_user(user or self.officer)
        return errands.create({"name": "Fetch", "place": "East", **vals})

    def rpc(self, method, *args, context=None, **kwargs):
        """Call as a client of the officer does."""
        model = self.errands.with_user(self.officer).with_env(
            self.env(user=self.officer, context={})
        )
        return call_kw(model, method, list(args), {"context": context or {}, **kwargs})

    # The state cannot be set

    def test_create_with_a_later_state_is_refused(self):
        with self.assertRaisesRegex(AccessError, "Errand"):
            self.errand(state="done")
        self.assertEqual(self.errand(state="new").state, "new")

    def test_write_is_refused_even_by_the_superuser(self):
        errand = self.errand()
        for forbidden in (errand, errand.sudo()):
            with self.assertRaises(AccessError):
                forbidden.state = "done"
            with self.assertRaises(AccessError):
                forbidden.write({"name": "x", "state": "new"})
        self.assertEqual(errand.state, "new")

    def test_refusal_loses_nothing(self):
        errand = self.errand()
        with self.assertRaises(AccessError), self.cr.savepoint():
            errand.write({"name": "x", "state": "done"})
        self.assertEqual(errand.name, "Fetch")

    def test_load_is_refused(self):
        result = self.errands.with_user(self.officer).load(["name", "state"], [["x", "Done"]])
        self.assertFalse(result["ids"])
        self.assertTrue(result["messages"])
        result = self.errands.with_user(self.officer).load(["name", "place"], [["x", "y"]])
        self.assertEqual(self.errands.browse(result["ids"]).state, "new")

    def test_copy_starts_at_the_first_state(self):
        errand = self.errand()
        errand._run_transition("start")
        self.assertEqual(errand.copy().state, "new")
        self.assertEqual(errand.copy({"state": "done"}).state, "new")

    def test_forged_contexts(self):
        errand = self.errand()
        for token in FORGED_TOKENS:
            context = {"township_entering_token": token, "default_state": "done"}
            with self.subTest(token):
                with self.assertRaises(AccessError):
                    self.rpc("write", errand.ids, {"state": "done"}, context=context)
                with self.assertRaises(AccessError):
                    self.rpc("create", [{"name": "x", "state": "done"}], context=context)
                with self.assertRaises(AccessError):
                    self.rpc("web_save", [], {"state": "done"}, specification={}, context=context)
                [created] = self.rpc("create", [{"name": "x"}], context=context)
                self.assertEqual(self.errands.browse(created).state, "new")
                created, _name = self.rpc("name_create", "x", context=context)
                self.assertEqual(self.errands.browse(created).state, "new")
        self.assertEqual(errand.state, "new")

    def test_default_of_the_database_does_not_help(self):
        self.env["ir.default"].set(self.errands._name, "state", "done")
        self.assertEqual(self.errand().state, "new")

    def test_private_ways_are_closed_to_rpc(self):
        errand = self.errand()
        for method, args in (
            ("_enter_state", ["done"]),
            ("_entering", []),
            ("_run_transition", ["finish"]),
        ):
            with self.subTest(method), self.assertRaises(AccessError):
                self.rpc(method, errand.ids, *args)

    def test_permission_ends_with_the_step(self):
        """What a transition returns does not go on with its freedom."""
        errand = self.errand()
        errand._run_transition("start")
        with self.assertRaises(AccessError):
            errand.state = "done"
        made = self.errands._entering().create({"name": "x", "state": "done"})
        self.assertEqual(made.state, "done")
        with self.assertRaises(AccessError):
            made.state = "new"

    def test_form_of_the_web_client_saves(self):
        case = self.make_case()
        with Form(case) as form:
            form.summary = "更正"
        self.assertEqual(case.state, "draft")

    # Steps

    def test_step_moves_all_and_logs_once_each(self):
        errands = self.errand() + self.errand() + self.errand()
        before = {errand: len(errand.message_ids) for errand in errands}
        errands._run_transition("start")
        self.env.flush_all()
        self.assertEqual(set(errands.mapped("state")), {"doing"})
        for errand in errands:
            self.assertEqual(len(errand.message_ids) - before[errand], 1)
            self.assertIn("New → Doing", errand.message_ids[0].body)
            self.assertEqual(errand.message_ids[0].author_id, self.officer.partner_id)

    def test_refusal_says_what_is_missing_and_where(self):
        errands = self.errand() + self.errand(name="Carry", place=False)
        with self.assertRaises(UserError) as refused:
            errands._run_transition("start")
        message = str(refused.exception)
        self.assertIn("Carry", message)
        self.assertIn("the place", message)
        self.assertNotIn("Fetch", message)
        self.assertEqual(set(errands.mapped("state")), {"new"}, "all or none")

    def test_refusal_names_the_state_that_is_wrong(self):
        errand = self.errand()
        errand._run_transition("start")
        with self.assertRaisesRegex(UserError, "Fetch: Doing"):
            errand._run_transition("start")

    def test_refusal_of_many_stays_short(self):
        errands = self.errands.with_user(self.officer).create([{"name": "Many"}] * 30)
        with self.assertRaises(UserError) as refused:
            errands._run_transition("start")
        self.assertEqual(str(refused.exception).count("Many"), 10)
        self.assertIn("20", str(refused.exception))

    def test_group_of_the_transition_is_needed(self):
        errand = self.errand()
        errand._run_transition("start")
        with self.assertRaises(AccessError) as refused:
            errand._run_transition("finish")
        self.assertIn(self.env.ref(DIRECTORS).name, str(refused.exception))
        errand.with_user(self.director)._run_transition("finish")
        self.assertEqual(errand.state, "done")

    def test_right_to_write_is_needed(self):
        errand = self.errand()
        self.env["ir.rule"].create(
            {
                "name": "only the creator",
                "model_id": self.env["ir.model"]._get_id(errand._name),
                "domain_force": "[('create_uid', '=', user.id)]",
            }
        )
        with self.assertRaises(AccessError):
            errand.with_user(self.reporter)._run_transition("start")
        errand._run_transition("start")

    def test_values_are_written_with_the_step(self):
        errand = self.errand(place=False)
        errand._run_transition("start", place="West")
        self.assertEqual((errand.place, errand.state), ("West", "doing"))

    def test_what_the_import_left_out_stays_on_record(self):
        errand = self.errand(place=False)
        self.assertFalse(errand.missing_items)
        errand._enter_state("done")
        errand.invalidate_recordset()
        self.assertEqual(errand.missing_items, "the place")
        errand.place = "West"
        errand.invalidate_recordset()
        self.assertFalse(errand.missing_items)

    def test_queries_do_not_grow_with_the_records(self):
        def cost(number):
            errands = self.errands.with_user(self.officer).create(
                [{"name": "x", "place": "y"}] * number
            )
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            errands._run_transition("start")
            self.env.flush_all()
            return self.cr.sql_log_count - start

        cost(2)
        self.assertLessEqual(cost(80) - cost(2), 3)


@tagged("post_install", "-at_install")
class TestCaseState(TownshipCase):
    """What the office answers for is not typed by hand either."""

    def test_state_of_a_case_cannot_be_forged(self):
        case = self.make_case()
        for user in (self.reporter, self.officer, self.director, self.administrator):
            for token in FORGED_TOKENS:
                forged = case.with_user(user).with_context(township_entering_token=token)
                with self.assertRaises(AccessError):
                    forged.write({"state": "archived"})

    def test_deadline_and_flags_of_a_case_are_not_typed(self):
        case = self.make_handling_case().with_user(self.mediator_user)
        for name, value in (
            ("deadline_date", "2099-01-01"),
            ("deadline_done_date", "2026-01-01"),
            ("deadline_suspended_date", "2026-01-01"),
            ("deadline_muted", True),
            ("overdue_flag_date", False),
            ("escalation_level", 0),
            ("history", True),
            ("backfilled", True),
            ("settlement_state", "confirmed"),
            ("number", "2026-99999"),
        ):
            with self.subTest(name), self.assertRaises(UserError):
                case.write({name: value})

    def test_history_is_not_claimed_by_a_forged_context(self):
        forged = self.env["township.case"].with_user(self.reporter)
        with self.assertRaises(UserError):
            forged.create(self.case_vals(history=True))
        for name, value in (
            ("history", True),
            ("settlement_state", "confirmed"),
            ("deadline_muted", True),
        ):
            with self.assertRaises(AccessError):
                forged.with_context(**{f"default_{name}": value}).create(self.case_vals())
