from decimal import Decimal
from typing import NamedTuple

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import LazyTranslate

from ...tools.scoring import Rounding, decimal, spread_whole
from ..common.mechanism_mixin import Guard

_lt = LazyTranslate(__name__)

FILLED = Guard(hint=_lt("it follows from the letter when the round takes the figures."))
SUMMED = Guard(hint=_lt("it is computed from the items."))
STEP = Guard(hint=_lt("it is set by the buttons of the assessment."))
ZERO = Decimal(0)


class Mark(NamedTuple):
    """What an item got: ``full`` marks after spreading, ``value`` per cent or ``None``."""

    full: Decimal
    value: Decimal | None
    score: Decimal
    scored: bool


class TownshipAssessment(models.Model):
    """Assessment (考核) of one letter in one round: the sum of its items, bonus up to the letter's
    cap, less penalties; a veto that was hit gives the lowest grade whatever the score
    (domain 5.3)."""

    _name = "township.assessment"
    _description = "Assessment"
    _inherit = [
        "township.workflow.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_to desc, unit_id, id"
    _check_company_auto = True

    round_id = fields.Many2one(
        "township.assessment.round",
        required=True,
        index=True,
        ondelete="restrict",
        guard=FILLED,
    )
    letter_id = fields.Many2one(
        "township.letter",
        string="Responsibility letter",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        guard=FILLED,
    )
    company_id = fields.Many2one(
        related="letter_id.company_id", store=True, index=True, guard=FILLED
    )
    unit_id = fields.Many2one(
        related="letter_id.unit_id", string="Unit", store=True, index=True, guard=FILLED
    )
    unit_kind = fields.Selection(related="unit_id.kind", string="Kind of unit")
    year = fields.Integer(related="round_id.year", store=True, aggregator=None, guard=FILLED)
    period = fields.Selection(
        related="round_id.period", string="Assessed by", store=True, guard=FILLED
    )
    date_to = fields.Date(related="round_id.date_to", string="Until", store=True, guard=FILLED)
    state = fields.Selection(
        [("open", "Assessing"), ("announced", "Announced"), ("closed", "Finished")],
        required=True,
        default="open",
        readonly=True,
        copy=False,
        tracking=True,
    )
    line_ids = fields.One2many("township.assessment.line", "assessment_id", string="Items")
    bonus_ids = fields.One2many(
        "township.assessment.bonus", "assessment_id", string="Bonus and penalties"
    )
    objection_ids = fields.One2many(
        "township.assessment.objection", "assessment_id", string="Objections"
    )
    # --- sums
    item_score = fields.Float(
        string="Points of the items",
        digits=(8, 2),
        compute="_compute_score",
        store=True,
        guard=SUMMED,
        aggregator="avg",
    )
    bonus = fields.Float(
        digits=(8, 2), compute="_compute_score", store=True, guard=SUMMED, aggregator="avg"
    )
    penalty = fields.Float(
        digits=(8, 2), compute="_compute_score", store=True, guard=SUMMED, aggregator="avg"
    )
    score = fields.Float(
        digits=(8, 2),
        compute="_compute_score",
        store=True,
        guard=SUMMED,
        aggregator="avg",
        tracking=True,
    )
    veto = fields.Boolean(string="Veto hit", compute="_compute_score", store=True, guard=SUMMED)
    grade_id = fields.Many2one(
        "township.assessment.grade",
        compute="_compute_score",
        store=True,
        guard=SUMMED,
        index="btree_not_null",
        ondelete="restrict",
    )
    rank = fields.Integer(
        string="Rank among departments", readonly=True, guard=STEP, copy=False, aggregator=None
    )
    announced_date = fields.Date(string="Announced on", readonly=True, guard=STEP, copy=False)
    announced_by_id = fields.Many2one(
        "res.users", string="Announced by", readonly=True, guard=STEP, copy=False
    )
    own_unit = fields.Boolean(compute="_compute_own_unit", export_string_translation=False)
    may_object = fields.Boolean(compute="_compute_own_unit", export_string_translation=False)

    _letter_unique = models.UniqueIndex(
        "(round_id, letter_id)", "This round assesses this letter already."
    )

    @api.depends("unit_id", "round_id")
    def _compute_display_name(self):
        for one in self:
            one.display_name = f"{one.sudo().unit_id.name} {one.sudo().round_id.display_name}"

    # ------------------------------------------------------------------
    # Points
    # ------------------------------------------------------------------

    @api.depends(
        *(f"line_ids.{name}" for name in ("score", "scored", "hit", "scorer_id")),
        *("bonus_ids.points", "letter_id.bonus_cap", "round_id.year"),
    )
    def _compute_score(self):
        scales = self.env["township.assessment.grade"]._scales(self)
        for one in self:
            parts = [decimal(line.score) for line in one.line_ids]
            extra = [decimal(row.points) for row in one.bonus_ids]
            gained = sum((number for number in extra if number > 0), ZERO)
            bonus = min(gained, decimal(one.letter_id.bonus_cap))
            penalty = -sum((number for number in extra if number < 0), ZERO)
            total = max(sum(parts, ZERO) + bonus - penalty, ZERO)
            one.update(
                {
                    "item_score": float(sum(parts, ZERO)),
                    "bonus": float(bonus),
                    "penalty": float(penalty),
                    "score": float(total),
                    "veto": any(one.line_ids.mapped("hit")),
                }
            )
            complete = any(one.line_ids.mapped("scored")) and not one._pending()
            scale = scales[one.company_id, one.year]
            one.grade_id = complete and scale._of(total, one.veto)

    def _pending(self):
        """:return: the items of this one assessment that wait for somebody's score"""
        return self.line_ids.filtered(lambda line: line._is_pending())

    def _marks(self, edited):
        """:param edited: items whose values stand before those stored, as a form shows them
        :return: ``dict`` id of an item -> :class:`Mark`"""
        shown = {line._origin.id: line for line in edited}
        lines = {
            line._origin.id: shown.get(line._origin.id, line) for line in self.line_ids | edited
        }
        weights = {key: decimal(line.weight) for key, line in lines.items()}
        empty = {key for key, line in lines.items() if line._has_nothing_to_measure()}
        letter = self.letter_id.sudo()
        full = spread_whole(weights, empty if letter.zero_rule == "spread" else set())
        company = self.company_id.sudo()
        rounded = Rounding(company.township_points_rounding, company.township_points_places)
        marks = {}
        for key, line in lines.items():
            if key not in full:
                marks[key] = Mark(ZERO, None, ZERO, False)
            elif key in empty:
                marks[key] = Mark(full[key], None, full[key], True)
            else:
                marks[key] = Mark(full[key], *line._reached(full[key], rounded))
        return marks

    def _take_figures(self):
        """Write the figures of the system into the computed items of these assessments, make the
        items that are missing, and count all points anew."""
        rounds = self.grouped(lambda one: (one.round_id.date_from, one.round_id.date_to))
        figures = {
            (span, line): figure._asdict()
            for span, assessments in rounds.items()
            for line, figure in assessments.letter_id._figures(*span).items()
        }
        known, changed = set(), {}
        for line in self.line_ids:
            known.add((line.assessment_id, line.letter_line_id))
            figure = figures.get((line.assessment_id._span(), line.letter_line_id), {})
            news = tuple((name, new) for name, new in figure.items() if line[name] != new)
            changed.setdefault(news, []).append(line.id)
        Line = self.env["township.assessment.line"]
        for news, ids in changed.items():
            if news:  # many items have the same small numbers: one write for all of them
                Line.browse(ids).write(dict(news))
        Line.create(
            [
                {
                    "assessment_id": one.id,
                    "letter_line_id": item.id,
                    **figures.get((one._span(), item), {}),
                }
                for one in self
                for item in one.letter_id.line_ids
                if (one, item) not in known
            ]
        )
        for name in ("value", "full", "score", "scored"):
            self.env.add_to_compute(Line._fields[name], self.line_ids)

    def _span(self):
        return self.round_id.date_from, self.round_id.date_to

    # ------------------------------------------------------------------
    # Nobody scores the own unit
    # ------------------------------------------------------------------

    @api.depends_context("uid")
    def _compute_own_unit(self):
        for one in self:
            one.own_unit = one._is_own()
            one.may_object = one.state == "announced" and self.env.user in one._heads()

    def _heads(self):
        """:return: ``res.users`` who speak for the unit: its head, or who has the duty now"""
        letter = self.sudo().letter_id
        return letter.duty_user_id | (letter.unit_id | letter.duty_unit_id).leader_id

    def _is_own(self):
        """:return: ``bool``: the user belongs to the unit that is assessed here"""
        letter = self.sudo().letter_id
        units = letter.unit_id | letter.duty_unit_id
        heads = self._heads() | letter.signer_id | letter.handover_ids.to_user_id
        return self.env.user in units.user_ids | heads

    def _check_access(self, operation):
        """Items, bonus and their evidence follow."""
        result = super()._check_access(operation)
        if result is not None or self.env.su or operation != "write":
            return result
        own = self.filtered(lambda one: one._is_own())
        return (own, own._own_error) if own else None

    def _refuse_own(self):
        """:raise AccessError: one of these is about the user's own unit"""
        own = self.filtered(lambda one: one._is_own())
        if own and self.env.uid != SUPERUSER_ID:
            raise own._own_error()

    def _own_error(self):
        return AccessError(
            self.env._(
                "You belong to “%(unit)s”, or answer for its letter: a colleague of another unit "
                "scores it, announces it and answers its objections.",
                unit=self[0].sudo().unit_id.name,
            )
        )
