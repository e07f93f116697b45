from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import LazyTranslate

from ...tools.workflow import Frozen, Transition
from ..common.mechanism_mixin import Guard
from .letter_text_mixin import PERIODS
from .letter_workflow import DIRECTOR, OFFICER

_lt = LazyTranslate(__name__)

PARTS = {"quarter": 4, "half": 2, "year": 1}
MONTHS = 12
# Villages and communities are never ranked (domain 10.1); nor is anybody but departments.
RANKED_KINDS = ("department",)
PUBLISHED = Guard(hint=_lt("it is set when a director publishes the ranking."))
DATED = Guard(hint=_lt("it follows from the year and the period."))
PERIOD = frozenset({"company_id", "year", "period", "index"})
MAX_NAMED = 5


class TownshipAssessmentRound(models.Model):
    """Round of assessment (考核批次): all letters of a township for one quarter, half-year or
    year (TGT-07). Filled from the figures of the system any number of times while it is open;
    closed, nothing in it changes any more."""

    _name = "township.assessment.round"
    _description = "Assessment round"
    _inherit = ["township.workflow.mixin", "mail.thread"]
    _order = "date_to desc, date_from desc, id desc"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    year = fields.Integer(
        required=True,
        aggregator=None,
        default=lambda self: self.env["township.calendar.day"]._today().year,
    )
    period = fields.Selection(PERIODS, string="Assessed by", required=True, default="year")
    index = fields.Integer(
        string="Which of the year", required=True, default=1, aggregator=None, help="1 for a year."
    )
    date_from = fields.Date(string="From", compute="_compute_dates", store=True, guard=DATED)
    date_to = fields.Date(string="To", compute="_compute_dates", store=True, guard=DATED)
    state = fields.Selection(
        [("open", "Assessing"), ("closed", "Finished")],
        required=True,
        default="open",
        readonly=True,
        copy=False,
        tracking=True,
    )
    assessment_ids = fields.One2many("township.assessment", "round_id", string="Assessments")
    assessment_count = fields.Integer(
        string="Number of assessments", compute="_compute_assessment_count"
    )
    open_count = fields.Integer(string="Still to be announced", compute="_compute_assessment_count")
    published_date = fields.Date(
        string="Ranking published on", readonly=True, copy=False, guard=PUBLISHED
    )
    published_by_id = fields.Many2one(
        "res.users", string="Ranking published by", readonly=True, copy=False, guard=PUBLISHED
    )
    ranked = fields.Boolean(
        related="company_id.township_letter_ranking", string="Departments are ranked"
    )
    ranking = fields.Text(compute="_compute_ranking")

    _unique = models.UniqueIndex(
        "(company_id, year, period, index)", "There is a round of this period already."
    )

    _transitions = (
        Transition(
            name="fill",
            source=("open",),
            groups=OFFICER,
            after="_after_fill",
            label=_lt("Take the figures of the system"),
        ),
        Transition(
            name="close",
            source=("open",),
            target="closed",
            groups=DIRECTOR,
            guard="_guard_close",
            after="_after_close",
            label=_lt("Close the round"),
        ),
        Transition(
            name="publish",
            source=("closed",),
            groups=DIRECTOR,
            guard="_guard_publish",
            after="_after_publish",
            label=_lt("Publish the ranking"),
        ),
    )
    _frozen = {"closed": Frozen(fields=PERIOD)}

    @api.depends("year", "period", "index")
    def _compute_display_name(self):
        halves = {1: self.env._("first half"), 2: self.env._("second half")}
        for batch in self:
            year, index = batch.year, batch.index
            if batch.period == "quarter":
                name = self.env._("%(year)s, quarter %(index)s", year=year, index=index)
            elif batch.period == "half":
                half = halves.get(index, index)
                name = self.env._("%(year)s, %(half)s", year=year, half=half)
            else:
                name = self.env._("Year %(year)s", year=year)
            batch.display_name = name

    @api.depends("year", "period", "index")
    def _compute_dates(self):
        for batch in self:
            months = MONTHS // PARTS.get(batch.period, 1)
            start = months * (batch.index - 1) + 1
            if not (0 < start <= MONTHS and 0 < batch.year):
                batch.date_from = batch.date_to = False
                continue
            batch.date_from = date(batch.year, start, 1)
            batch.date_to = batch.date_from + relativedelta(months=months, days=-1)

    @api.constrains("year", "period", "index")
    def _check_index(self):
        for batch in self:
            if not (1 <= batch.index <= PARTS[batch.period] and 2000 <= batch.year <= 2100):
                raise ValidationError(
                    self.env._("A year has four quarters, two half-years, and is itself one.")
                )

    def _compute_assessment_count(self):
        rows = self.env["township.assessment"]._read_group(
            [("round_id", "in", self.ids)], ["round_id", "state"], ["__count"]
        )
        counts = {(batch, state): count for batch, state, count in rows}
        for batch in self:
            batch.open_count = counts.get((batch, "open"), 0)
            batch.assessment_count = sum(
                count for (counted, _state), count in counts.items() if counted == batch
            )

    def write(self, vals):
        """What was announced was announced for this period.

        :raise ValidationError: the period of a round with assessments
        """
        if PERIOD & vals.keys() and self.sudo().assessment_ids:
            raise ValidationError(
                self.env._("A round with assessments keeps its period: please make another one.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_filled(self):
        if self.sudo().assessment_ids:
            raise ValidationError(self.env._("A round with assessments cannot be deleted."))

    # ------------------------------------------------------------------
    # Filling
    # ------------------------------------------------------------------

    def action_fill(self):
        """Make the assessments that are missing and take the figures of the system into all that
        are open. Any number of rounds; queries do not grow with the units.

        :raise AccessError: the user is no officer
        :raise UserError: a round is closed
        """
        return self._run_transition("fill")

    def _after_fill(self):
        self._drop_replaced()
        self._add_missing()
        self.assessment_ids.filtered(lambda one: one.state == "open")._take_figures()

    def _drop_replaced(self):
        """A letter that a new version replaced is no longer assessed."""
        self.assessment_ids.filtered(
            lambda one: one.state == "open" and one.letter_id.replaced
        ).unlink()

    def _add_missing(self):
        known = {(one.round_id, one.letter_id) for one in self.assessment_ids}
        wanted = [
            (batch, letter)
            for batch, letters in self._letters().items()
            for letter in letters
            # who was told a result of the version before is assessed on it
            if not {(batch, letter), (batch, letter.previous_id)} & known
        ]
        self.env["township.assessment"].create(
            [{"round_id": batch.id, "letter_id": letter.id} for batch, letter in wanted]
        )

    def _letters(self):
        """:return: ``dict`` round -> the letters it assesses: in force within its dates, agreed
        to be assessed by that kind of period"""
        letters = self.env["township.letter"].search(
            [
                ("company_id", "in", self.company_id.ids),
                ("period", "in", list(set(self.mapped("period")))),
                ("state", "in", ["in_force", "assessed"]),
                ("kind", "=", "letter"),
                ("replaced", "=", False),
                ("date_from", "<=", max(self.mapped("date_to"))),
                ("date_to", ">=", min(self.mapped("date_from"))),
            ]
        )
        by_key = letters.grouped(lambda letter: (letter.company_id, letter.period))
        return {
            batch: by_key.get((batch.company_id, batch.period), letters.browse()).filtered(
                lambda letter, batch=batch: (
                    letter.date_from <= batch.date_to and letter.date_to >= batch.date_from
                )
            )
            for batch in self
        }

    def action_announce(self):
        """Tell the units their scores: every open assessment of these rounds but those of the
        user's own unit, which a colleague announces."""
        assessments = self.assessment_ids.filtered(
            lambda one: one.state == "open" and not one._is_own()
        )
        return assessments.action_announce()

    # ------------------------------------------------------------------
    # Closing
    # ------------------------------------------------------------------

    def action_close(self):
        """Close the round (director): every assessment in it is frozen, and letters whose last
        period this was are assessed.

        :raise AccessError: the user is no director
        :raise UserError: an assessment is not announced, or an objection not answered
        """
        return self._run_transition("close")

    def _guard_close(self):
        missing = [] if self.assessment_ids else [self.env._("assessments: take the figures first")]
        waiting = self.assessment_ids.filtered(lambda one: one.state == "open")
        if waiting:
            units = "、".join(waiting[:MAX_NAMED].unit_id.mapped("name"))
            missing.append(
                self.env._(
                    "%(number)s assessments to be announced: %(units)s",
                    number=len(waiting),
                    units=units,
                )
            )
        return missing + [
            self.env._("an answer to the objection of %(unit)s", unit=one.unit_id.name)
            for one in self.assessment_ids
            if one._unanswered()
        ]

    def _after_close(self):
        self.assessment_ids._run_transition("close")
        done = self.env["township.letter"].union(
            *(
                batch.assessment_ids.letter_id.filtered(
                    lambda letter, batch=batch: (
                        letter.state == "in_force" and letter.date_to <= batch.date_to
                    )
                )
                for batch in self
            )
        )
        if done:
            done._run_transition("assess")

    # ------------------------------------------------------------------
    # Ranking
    # ------------------------------------------------------------------

    def action_publish(self):
        """Publish the ranking of the departments (director), where the settings have one.

        :raise AccessError: the user is no director
        :raise UserError: not closed, published already, or the township ranks nobody
        """
        return self._run_transition("publish")

    def _guard_publish(self):
        missing = []
        if not self.ranked:
            missing.append(self.env._("the setting that departments are ranked"))
        if self.published_date:
            missing.append(self.env._("a ranking that is not published yet"))
        return missing

    def _after_publish(self):
        for batch in self:
            for assessment, rank in batch._ranks():
                assessment.rank = rank
        self.write(
            {
                "published_date": self.env["township.calendar.day"]._today(),
                "published_by_id": self.env.uid,
            }
        )

    def _ranks(self):
        """:return: ``list`` of (assessment, rank) of the departments, the best first; equal
        scores share a rank, and a veto stands behind all scores"""

        def key(one):
            return one.veto, -one.score

        departments = self.assessment_ids.filtered(lambda one: one.unit_id.kind in RANKED_KINDS)
        ordered = departments.sorted(lambda one: (key(one), one.unit_id.sequence, one.id))
        first = {}
        for place, one in enumerate(ordered, start=1):
            first.setdefault(key(one), place)
        return [(one, first[key(one)]) for one in ordered]

    @api.model
    def _sees_unpublished(self):
        return self.env.user.has_group(DIRECTOR[0])

    @api.depends("published_date", "assessment_ids.score", "state")
    @api.depends_context("uid")
    def _compute_ranking(self):
        """The published ranking is for all who read the round; before that for directors alone."""
        director = self._sees_unpublished()
        for batch in self:
            shown = batch.published_date or (director and batch.ranked)
            rows = batch.sudo()._ranking_rows() if shown else []
            batch.ranking = "\n".join(
                f"{rank}　{one.unit_id.name}　{one.score:.2f}　{one.grade_id.name or ''}"
                for one, rank in rows
            )

    def _ranking_rows(self):
        """:return: as :meth:`_ranks`; once published, what was published"""
        if not self.published_date:
            return self._ranks()
        ranked = self.assessment_ids.filtered("rank").sorted(
            lambda one: (one.rank, one.unit_id.sequence, one.id)
        )
        return [(one, one.rank) for one in ranked]

    def action_open_assessments(self):
        """:return: action that shows the assessments of this round"""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "township_governance.township_assessment_action"
        )
        return {**action, "domain": [("round_id", "=", self.id)], "context": {}}
