from decimal import Decimal

from odoo import api, fields, models

from ...tools.scoring import decimal

LETTER_KINDS = [
    ("letter", "Responsibility letter"),
    ("agreement", "Work agreement"),
    ("assistance", "List of matters to assist with"),
    ("pledge", "Pledge of joint building"),
    ("received", "Letter received from above"),
]
# The kinds whose items are scored and whose weights sum to 100.
SCORED_KINDS = ("letter", "received")
PERIODS = [("quarter", "Quarter"), ("half", "Half-year"), ("year", "Year")]
# Rules on less paperwork protect them (domain 10.1).
PROTECTED_KINDS = ("village", "community")
FULL_MARKS = Decimal(100)


class TownshipLetterTextMixin(models.AbstractModel):
    """Text and terms that a template and a letter have alike (domain 5.2)."""

    _name = "township.letter.text.mixin"
    _description = "Text of a letter"

    kind = fields.Selection(LETTER_KINDS, string="Kind of letter", required=True, default="letter")
    year = fields.Integer(
        required=True,
        aggregator=None,
        default=lambda self: self.env["township.calendar.day"]._today().year,
    )
    title = fields.Char(
        string="Title of the letter",
        required=True,
        help="As printed, without the township's name and the year.",
    )
    preamble = fields.Text(string="Purpose and basis")
    goals = fields.Text()
    tasks = fields.Text()
    method = fields.Text(string="Method of assessment")
    measures = fields.Text(string="Rewards and measures")
    copies = fields.Integer(string="Number of copies", default=2, aggregator=None)
    period = fields.Selection(PERIODS, string="Assessed by", required=True, default="year")
    bonus_cap = fields.Float(string="Bonus at most", digits=(6, 2), aggregator=None)
    zero_rule = fields.Selection(
        [("spread", "Its points are spread over the others"), ("full", "Full marks")],
        string="Item with nothing to measure",
        required=True,
        default="spread",
    )
    scored = fields.Boolean(compute="_compute_scored")
    weight_total = fields.Float(
        string="Sum of points", digits=(6, 2), compute="_compute_weight_total", aggregator=None
    )

    @api.depends("kind")
    def _compute_scored(self):
        for text in self:
            text.scored = text.kind in SCORED_KINDS

    @api.depends(lambda self: ["line_ids.weight"] if "line_ids" in self._fields else [])
    def _compute_weight_total(self):
        for text in self:
            text.weight_total = text._weight_sum()

    def _weight_sum(self):
        """:return: ``Decimal`` sum of the points of the items"""
        return sum((decimal(line.weight) for line in self.line_ids), Decimal(0))

    def _text_vals(self):
        """:return: ``dict`` for ``create`` of a letter or template with the same text"""
        stored = [
            name
            for name, field in self.env["township.letter.text.mixin"]._fields.items()
            if field.store and name not in models.MAGIC_COLUMNS and not field.compute
        ]
        return {name: self[name] for name in stored}

    def _text_problems(self):
        """:return: ``list`` of ``str``: what is missing before such a letter can be issued"""
        problems = [] if self.goals or self.tasks else [self.env._("goals or tasks")]
        if self.kind == "letter" and self._weight_sum() != FULL_MARKS:
            problems.append(
                self.env._(
                    "points that sum to 100: they sum to %(total)s",
                    total=f"{self._weight_sum():f}".rstrip("0").rstrip("."),
                )
            )
        if self.kind != "letter" and self.kind != "received" and self._weight_sum():
            problems.append(self.env._("items without points: this paper is not scored"))
        return problems
