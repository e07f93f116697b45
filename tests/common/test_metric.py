from datetime import date

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import TransactionCase, new_test_user, tagged

from ...models.common.metric import Metric
from .throwaway import add_throwaway_model

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@tagged("post_install", "-at_install")
class TestMetric(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()

        class Errand(models.Model):
            _name = "township.test.errand"
            _description = "Errand"
            _inherit = ["township.metric.mixin"]
            _module = None

            unit_id = fields.Many2one("township.unit")
            day = fields.Date()
            moment = fields.Datetime()
            amount = fields.Integer()
            state = fields.Selection([("open", "Open"), ("done", "Done"), ("void", "Void")])

            _township_metrics = {
                "done": Metric(
                    "Done",
                    [("state", "!=", "void")],
                    [("state", "=", "done")],
                    date_field="day",
                ),
                "all": Metric("All", date_field="day"),
                "open": Metric("Open", [("state", "=", "open")]),
                "paid": Metric("Paid", numerator=[("state", "=", "done")], aggregate="amount:sum"),
                "heard": Metric("Heard", date_field="moment"),
                "big": Metric("Big", numerator=lambda model: [("amount", ">", 15)]),
            }

        cls.model = add_throwaway_model(cls, Errand)
        cls.units = cls.env["township.unit"].create(
            [{"name": name, "kind": "department"} for name in ("甲站", "乙站")]
        )
        one, two = cls.units
        cls.errands = cls.model.create(
            [
                {"unit_id": one.id, "day": "2026-01-31", "state": "done", "amount": 10},
                {"unit_id": one.id, "day": "2026-02-01", "state": "open", "amount": 20},
                {"unit_id": two.id, "day": "2026-02-28", "state": "done", "amount": 30},
                {"unit_id": two.id, "day": "2025-12-31", "state": "void"},
                {"unit_id": False, "day": "2026-03-01", "state": "void"},
            ]
        )

    def values(self, names, **options):
        return self.model._metric_values(names, **options)

    def test_numerator_is_counted_within_its_denominator(self):
        self.assertEqual(self.values(["done"])["done", None], (2, 3))

    def test_period_includes_both_of_its_days(self):
        values = self.values(["all"], period=(date(2026, 1, 31), date(2026, 2, 28)))
        self.assertEqual(values["all", None], (3, 3))

    def test_open_period_counts_without_end(self):
        self.assertEqual(self.values(["all"], period=(date(2026, 2, 1), None))["all", None][0], 3)

    def test_figures_of_this_moment_know_no_period(self):
        values = self.values(["open"], period=(date(2020, 1, 1), date(2020, 1, 2)))
        self.assertEqual(values["open", None], (1, 1))

    def test_group_by_unit(self):
        values = self.values(["all", "done"], group_by="unit", period=YEAR)
        one, two = self.units.ids
        self.assertEqual(values["done", one], (1, 2))
        self.assertEqual(values["done", two], (1, 1))
        self.assertEqual(values["all", False], (1, 1))
        self.assertEqual(values["done", False], (0, 0))

    def test_group_by_month(self):
        values = self.values(["all"], group_by="month", period=YEAR)
        self.assertEqual(values["all", date(2026, 2, 1)], (2, 2))
        self.assertEqual(values["all", date(2026, 4, 1)], (0, 0))

    def test_months_are_those_of_the_township_not_of_utc(self):
        self.errands[0].moment = "2026-01-31 17:00:00"  # 1 February, 1 o'clock in China
        values = self.values(["heard"], group_by="month", period=YEAR)
        self.assertEqual(values["heard", date(2026, 2, 1)], (1, 1))
        self.assertEqual(values["heard", date(2026, 1, 1)], (0, 0))

    def test_aggregate_replaces_the_count(self):
        self.assertEqual(self.values(["paid"])["paid", None], (40, 5))

    def test_condition_may_hang_on_today(self):
        self.assertEqual(self.values(["big"])["big", None], (2, 5))

    def test_nothing_found_is_zero_of_zero(self):
        values = self.values(["done"], domain=Domain.FALSE)
        self.assertEqual(values["done", None], (0, 0))

    def test_domain_behind_a_figure_finds_the_records_counted(self):
        names = ["all", "done", "open", "big", "heard"]
        self.errands.moment = "2026-01-31 17:00:00"
        for group_by in (None, "unit", "month"):
            asked = [
                name for name in names if group_by != "month" or name in ("all", "done", "heard")
            ]
            values = self.values(asked, group_by=group_by, period=YEAR)
            for (name, group), figures in values.items():
                for part, figure in zip(("numerator", "denominator"), figures, strict=True):
                    with self.subTest(name=name, group=group, part=part):
                        domain = values.domain(name, group, part)
                        self.assertEqual(self.model.search_count(domain), figure)

    def test_one_query_for_many_metrics_of_one_axis(self):
        self.values(["all", "done"], group_by="unit")  # warm up
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.values(["all", "done"], group_by="unit", period=YEAR)
        with self.assertQueryCount(2):
            self.values(["all", "done", "open", "paid", "big"], group_by="unit", period=YEAR)

    def test_rules_of_the_caller_hold(self):
        user = new_test_user(self.env, "metric_reader", groups="township_governance.group_reporter")
        self.env["ir.rule"].create(
            {
                "name": "only the first unit",
                "model_id": self.env["ir.model"]._get_id(self.model._name),
                "domain_force": [("unit_id", "=", self.units[0].id)],
            }
        )
        values = self.model.with_user(user)._metric_values(["all"])
        self.assertEqual(values["all", None], (2, 2))

    def test_no_figure_for_who_may_not_read_the_model(self):
        user = new_test_user(self.env, "metric_stranger", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self.model.with_user(user)._metric_values(["all"])

    def test_several_models_in_one_call(self):
        values = self.env["township.metric"]._evaluate(
            [f"{self.model._name}:done", "township.case:open"]
        )
        self.assertEqual(values[f"{self.model._name}:done", None], (2, 3))
        self.assertIn(("township.case:open", None), values)

    def test_unknown_metric_or_group_is_refused_with_its_name(self):
        with self.assertRaisesRegex(ValueError, "no metric 'gone'"):
            self.values(["gone"])
        with self.assertRaisesRegex(ValueError, "cannot be grouped by 'mediator'"):
            self.values(["all"], group_by="mediator")
        with self.assertRaisesRegex(ValueError, "grouped by month"):
            self.values(["open"], group_by="month")

    def test_metrics_of_a_higher_room_come_beside_those_below(self):
        declared = self.env["township.case"]._get_metrics()
        self.assertIn("on_time", declared)
        self.assertEqual(self.env["township.metric.mixin"]._get_metrics(), {})
