from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.periods import exceeds
from .correction_breach import BREACH_KINDS

UNITS = [("day", "Days"), ("month", "Months")]


class TownshipCorrectionMeasureRung(models.Model):
    """Rung of the ladder (domain 3.4): on which recorded facts the law lets the county body decide
    on which measure. Its numbers are records; what it says is information, decided by people."""

    _name = "township.correction.measure.rung"
    _description = "Rung of the ladder of measures"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, index=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        default=lambda self: self.env.company,
        help="Empty: for every township. A township's own rung wins over the shared one.",
    )
    kind_id = fields.Many2one(
        "township.correction.measure.kind",
        string="Possible measure",
        required=True,
        ondelete="restrict",
        index=True,
    )
    article = fields.Char(help="In Chinese, as printed. Compare it with the county body.")
    fact = fields.Selection(
        [
            ("out", "County finding of being out of supervision"),
            ("breach", "Recorded breach"),
            ("repeated", "Earlier measures and a further breach"),
            ("good", "No breach on record"),
        ],
        required=True,
        default="out",
    )
    over_number = fields.Integer(
        string="More than", aggregator=None, help="Of a good record: at least."
    )
    over_unit = fields.Selection(UNITS, string="More than, in", default="day")
    up_to_number = fields.Integer(
        string="At most", aggregator=None, help="0: without an upper end."
    )
    up_to_unit = fields.Selection(UNITS, string="At most, in", default="day")
    breach_kind = fields.Selection(BREACH_KINDS, string="Rule broken", help="Empty: any.")
    earlier_kind_id = fields.Many2one(
        "township.correction.measure.kind",
        string="Earlier measure",
        ondelete="restrict",
        index="btree_not_null",
    )
    times = fields.Integer(string="Earlier measures, times", default=1, aggregator=None)

    _code_company_unique = models.UniqueIndex(
        "(code, company_id) NULLS NOT DISTINCT", "There is a rung with this code already."
    )
    _numbers_positive = models.Constraint(
        "CHECK(over_number >= 0 AND up_to_number >= 0 AND times > 0)",
        "Numbers of the ladder are not negative.",
    )

    @api.constrains("fact", "earlier_kind_id")
    def _check_earlier(self):
        if any(rung.fact == "repeated" and not rung.earlier_kind_id for rung in self):
            raise ValidationError(self.env._("Please name the earlier measure."))

    @api.model
    def _of(self, company):
        """:return: the rungs that hold for a township, its own before the shared ones"""
        rungs = self.sudo().search(
            [("company_id", "in", (company.id, False))], order="company_id, sequence, id"
        )
        by_code = {}
        for rung in rungs:
            by_code.setdefault(rung.code, rung)
        return self.sudo().union(*by_code.values()).sorted(lambda rung: (rung.sequence, rung.id))

    def _holds(self, start, end):
        """:param date start: first day of a period
        :param date end: first day after it
        :return: ``bool``: whether the period is within this rung"""
        return exceeds(start, end, self.over_number, self.over_unit) and not (
            self.up_to_number and exceeds(start, end, self.up_to_number, self.up_to_unit)
        )
