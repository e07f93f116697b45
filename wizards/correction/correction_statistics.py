from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ...models.correction.correction_subject_metrics import TAKEN_IN
from ...models.common.metric import Metric

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
    every rate. What is handed to anybody outside the room withholds small counts."""

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
        return self.env["township.metric"]._evaluate(
            metrics,
            group_by,
            (self._first_day(), self.date_to),
            [("company_id", "=", self.company_id.id)],
        )

    def _subject_rows(self):
        metrics = self._subject_metrics()
        values = self._evaluated(metrics, "category")
        rows = []
        for name, (_model, metric) in metrics.items():
            counts = {key: values[name, key][0] for key in CATEGORIES}
            total = sum(values[name, group][0] for group in values.groups)
            rows.append({"name": str(metric.label), "figure": name, **counts, "total": total})
        return rows

    def _aftercare_rows(self):
        known = self.env[AFTERCARE]._get_metrics()
        metrics = {name: (AFTERCARE, known[name]) for name in HELPED}
        values = self._evaluated(metrics)
        return [
            {
                "name": str(known[name].label),
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


class TownshipCorrectionStatisticsLine(models.TransientModel):
    """One line of the statistics: by category and in all."""

    _name = "township.correction.statistics.line"
    _description = "Line of the statistics of community corrections"

    statistics_id = fields.Many2one(
        "township.correction.statistics", required=True, ondelete="cascade", index=True
    )
    name = fields.Char(string="Figure", readonly=True)
    figure = fields.Char(readonly=True, export_string_translation=False)
    control = fields.Integer(string="Public surveillance", readonly=True, aggregator=None)
    probation = fields.Integer(string="Probation", readonly=True, aggregator=None)
    parole = fields.Integer(string="Parole", readonly=True, aggregator=None)
    medical = fields.Integer(
        string="Temporary service outside prison", readonly=True, aggregator=None
    )
    total = fields.Integer(readonly=True, aggregator=None)
    base = fields.Integer(string="Of", readonly=True, aggregator=None)

    def action_open(self):
        """:return: action with the records behind this line
        :raise UserError: no such figure"""
        self.ensure_one()
        table = self.statistics_id
        if self.figure not in {*HELPED, *table._subject_metrics()}:
            raise UserError(self.env._("There is no such figure."))
        model, domain = table._domain_of(self.figure)
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": model,
            "view_mode": "list,form",
            "domain": list(domain),
            "context": {"group_by": "category"} if model == SUBJECT else {},
        }

    def _shown(self, small):
        """What the table shows of this line to somebody outside the room: no count below
        ``small``, and none from which one below it could be subtracted.

        :param int small: counts below this are withheld
        :return: ``dict`` field -> ``int``, or ``None`` for withheld
        """
        counts = {name: self[name] for name in CATEGORIES}
        if self.figure in HELPED:
            counts = {"base": self.base}
            if self.base - self.total < small:
                counts["base"] = None  # who refused could be counted
        withheld = any(value is not None and value < small for value in counts.values())
        shown = dict.fromkeys(counts) if withheld else counts
        return {**shown, "total": self.total if self.total >= small else None}
