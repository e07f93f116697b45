"""The mechanisms are easy to use: a model of nine lines has all of them."""

import ast
import base64
import inspect
import textwrap
from datetime import date

from freezegun import freeze_time

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.common.ledger_mixin import LedgerColumn
from ...models.common.metric import Metric
from ...tools.workflow import Transition
from .base import TownshipCase
from .throwaway import add_throwaway_model

MIXINS = [
    f"township.{name}.mixin" for name in ("deadline", "workflow", "number", "ledger", "metric")
] + ["mail.thread", "mail.activity.mixin"]


def define():
    class Visit(models.Model):
        _name = "township.test.visit"
        _description = "Visit"
        _inherit = MIXINS
        _transitions = (Transition(name="finish", source=("open",), target="done", label="Finish"),)
        _ledger_columns = {"name": LedgerColumn(("对象",)), "number": LedgerColumn(("编号",))}
        _township_metrics = {"done": Metric("Done", numerator=[("state", "=", "done")])}
        name = fields.Char()
        number = fields.Char()
        user_id = fields.Many2one("res.users")
        company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
        state = fields.Selection([("open", "Open"), ("done", "Done")])
        _module = None  # of tests only: a real model belongs to its addon

    return Visit


@tagged("post_install", "-at_install")
class TestMechanisms(TownshipCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-11-18 04:00:00"))
        cls.visits = add_throwaway_model(cls, define()).with_user(cls.officer)
        cls.visits = cls.visits.with_company(cls.company)
        cls.rule = cls.env["township.deadline.rule"].create(
            {"name": "Week", "code": "test_week", "number": 7}
        )

    def test_model_has_fewer_than_ten_lines(self):
        [function] = ast.parse(textwrap.dedent(inspect.getsource(define))).body
        body = function.body[0].body
        lines = {line for part in body for line in range(part.lineno, part.end_lineno + 1)}
        self.assertLess(len(lines) - 1, 12, "without the line that only tests need")

    def test_deadline(self):
        visit = self.visits.create({"name": "East"})
        visit._deadline_start(self.rule, date(2026, 11, 4))
        self.assertEqual(visit.deadline_state, "overdue")
        self.assertEqual(self.visits.search([("overdue_days", "=", 7)]), visit)
        with self.assertRaises(AccessError):
            visit.deadline_date = date(2027, 1, 1)

    def test_deadline_is_flagged(self):
        visit = self.visits.create({"name": "East"})
        visit._deadline_start(self.rule, date(2026, 11, 4))
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("township_governance.ir_cron_flag_deadlines").method_direct_trigger()
        self.assertEqual(visit.overdue_flag_date, date(2026, 11, 18))

    def test_home_shows_it(self):
        visit = self.visits.create({"name": "East"})
        visit._deadline_start(self.rule, date(2026, 11, 4))
        for user in (self.reporter, self.officer, self.director):
            home = self.env["township.home"].with_user(user).get_home()
            self.assertIn("tiles", home)
        rows = self.env["township.home"].with_user(self.officer).get_rows("unit", None, 0)["rows"]
        self.assertIn(
            ("township.test.visit", visit.id), {(row["model"], row["id"]) for row in rows}
        )

    def test_workflow(self):
        visits = self.visits.create([{"name": "East"}, {"name": "West"}])
        visits._run_transition("finish")
        self.assertEqual(set(visits.mapped("state")), {"done"})
        with self.assertRaises(AccessError):
            visits[0].state = "open"

    def test_number(self):
        visits = self.visits.create([{"name": "East"}, {"name": "West"}])
        visits._assign_numbers()
        self.assertEqual(visits.mapped("number"), ["2026-0001", "2026-0002"])

    def test_ledger(self):
        ledger = "走访台账\n序号,对象,编号\n1,东沟村,2026-0007\n2,西沟村,\n"
        wizard = (
            self.env["township.ledger.import"]
            .with_user(self.officer)
            .create(
                {
                    "data": base64.b64encode(ledger.encode()),
                    "filename": "visits.csv",
                    "target": "township.test.visit",
                }
            )
        )
        wizard.action_preview()
        wizard.action_import()
        self.assertEqual(self.visits.search([], order="id").mapped("name"), ["东沟村", "西沟村"])
        self.assertEqual(wizard.imported_count, 2)
        visit = self.visits.create({"name": "南沟村"})
        visit._assign_numbers()
        self.assertEqual(visit.number, "2026-0008", "after the highest that came in")

    def test_metric(self):
        visits = self.visits.create([{"name": "East"}, {"name": "West"}, {"name": "North"}])
        visits[0]._run_transition("finish")
        self.assertEqual(self.visits._metric_values(["done"])["done", None], (1, 3))
