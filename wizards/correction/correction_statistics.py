from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Command, Domain

from ...models.common.metric import Metric
from ...models.correction.correction_minor_mixin import MINOR_OFFICER
from ...models.correction.correction_subject_metrics import TAKEN_IN

SUBJECT = "township.correction.subject"
AFTERCARE = "township.aftercare"
CATEGORIES = ("control", "probation", "parole", "medical")
MONTHS = {"month": 1, "quarter": 3, "year": 12}
MOVED = (
    "correction_new",
    "correction_released",
    "correction_terminated",
    "correction_relocated",
    "correction_assessed",
)
HELPED = ("aftercare_handed_over", "aftercare_accepted", "aftercare_settled")


class TownshipCorrectionStatistics(models.TransientModel):
    """Statistics of community corrections and aftercare (社区矫正、安置帮教统计表) for a month, a
    quarter or a year. Each figure opens the records that were counted; raw counts stand beside
    every rate. What is handed to anybody outside the room withholds small counts.

    Officers for minors count sealed files too, also those they may not open: in the figure alone.
    """

    _name = "township.correction.statistics"
    _description = "Statistics of community corrections"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    period = fields.Selection(
        [("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
        string="Statistics for a",
        required=True,
        default="month",
    )
    date_from = fields.Date(
        string="First day",
        required=True,
        default=lambda self: self.env["township.calendar.day"]._today().replace(day=1),
    )
    date_to = fields.Date(string="Last day", compute="_compute_date_to")
    withheld = fields.Boolean(
        string="To be handed to others",
        help="Small counts are withheld, and what would tell them, on the print.",
    )
    line_ids = fields.One2many(
        "township.correction.statistics.line", "statistics_id", string="Figures", readonly=True
    )

    @api.depends("date_from", "period")
    def _compute_date_to(self):
        for table in self:
            first = table._first_day()
            table.date_to = first and first + relativedelta(months=MONTHS[table.period], days=-1)

    def _first_day(self):
        """:return: ``date`` on which the month, quarter or year of the chosen day begins"""
        if not self.date_from:
            return False
        months = MONTHS[self.period]
        month = (self.date_from.month - 1) // months * months + 1
        return self.date_from.replace(month=month, day=1)

    def action_count(self):
        """Count anew for the period chosen.

        :return: action that shows this table again
        """
        self.ensure_one()
        self.check_access("read")  # of a township of the user's
        rows = self._rows()
        self.line_ids = [Command.clear(), *(Command.create(row) for row in rows)]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Statistics"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "current",
        }

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def _rows(self):
        """:return: ``list`` of ``dict``, one per line of the table: its words and counts"""
        return [*self._subject_rows(), *self._aftercare_rows()]

    def _subject_metrics(self):
        """:return: ``dict`` name -> (model, ``Metric``): who was in correction on the last day,
        and what the period brought"""
        known = self.env[SUBJECT]._get_metrics()
        in_correction = Metric(
            self.env._("In correction on the last day"),
            base=Domain(TAKEN_IN)
            & Domain("reported_date", "<=", self.date_to)
            & (Domain("ended_date", "=", False) | Domain("ended_date", ">", self.date_to)),
        )
        return {
            "correction_stock": (SUBJECT, in_correction),
            **{name: (SUBJECT, known[name]) for name in MOVED},
        }

    def _evaluated(self, metrics, group_by=None):
        return self._counting(self.env["township.metric"])._evaluate(
            metrics,
            group_by,
            (self._first_day(), self.date_to),
            [("company_id", "=", self.company_id.id)],
        )

    def _counting(self, model):
        """:return: the model as its records are counted: under the rules of who counts; for
        officers for minors by the system, which sees the sealed files"""
        return model.sudo() if self.env.user.has_group(MINOR_OFFICER) else model

    def _sealed_behind(self, model, domain):
        """:return: ``int``: how many of the records counted the user may not open"""
        records = self.env[model]
        return self._counting(records).search_count(domain) - records.search_count(domain)

    def _subject_rows(self):
        metrics = self._subject_metrics()
        values = self._evaluated(metrics, "category")
        rows = []
        for name, (_model, metric) in metrics.items():
            counts = {key: values[name, key][0] for key in CATEGORIES}
            total = sum(values[name, group][0] for group in values.groups)
            rows.append(
                {"name": self.env._(metric.label), "figure": name, **counts, "total": total}
            )
        return rows

    def _aftercare_rows(self):
        known = self.env[AFTERCARE]._get_metrics()
        metrics = {name: (AFTERCARE, known[name]) for name in HELPED}
        values = self._evaluated(metrics)
        return [
            {
                "name": self.env._(known[name].label),
                "figure": name,
                "total": values[name, None][0],
                "base": values[name, None][1],
            }
            for name in HELPED
        ]

    def _domain_of(self, figure):
        """:return: ``tuple`` model name and ``Domain`` of the records behind a figure"""
        if figure in HELPED:
            known = self.env[AFTERCARE]._get_metrics()
            values = self._evaluated({figure: (AFTERCARE, known[figure])})
            return AFTERCARE, values.domain(figure)
        metrics = self._subject_metrics()
        values = self._evaluated({figure: metrics[figure]})
        return SUBJECT, values.domain(figure)

    def action_print(self):
        """:return: action that prints the table"""
        self.ensure_one()
        report = self.env.ref("township_governance.action_report_correction_statistics")
        return report._township_print(self)
