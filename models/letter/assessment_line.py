from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import LazyTranslate

from ...tools.scoring import by_hand, points, rate
from ..common.mechanism_mixin import Guard
from .assessment import FILLED, STEP, SUMMED
from .letter_workflow import DIRECTOR

_lt = LazyTranslate(__name__)

COUNTED = ("numerator", "denominator")
# What a scorer types into an item, by its kind and rule.
PROOF = frozenset({"reason", "date", "evidence_ids"})
LOADED = Guard(hint=_lt("the system counts it."))


class TownshipAssessmentLine(models.Model):
    """Item of an assessment: what was reached, what that gives, and the records or papers that
    prove it. A computed item is counted by the system; the others are scored by hand, never by
    the unit itself."""

    _name = "township.assessment.line"
    _description = "Item of an assessment"
    _inherit = ["township.assessment.proof.mixin"]
    _order = "assessment_id, sequence, id"

    letter_line_id = fields.Many2one(
        "township.letter.line",
        string="Item of the letter",
        required=True,
        index=True,
        ondelete="restrict",
        guard=FILLED,
    )
    sequence = fields.Integer(related="letter_line_id.sequence", store=True, guard=FILLED)
    company_id = fields.Many2one(
        related="assessment_id.company_id", store=True, index=True, guard=FILLED
    )
    name = fields.Char(related="letter_line_id.name", string="Indicator")
    kind = fields.Selection(related="letter_line_id.kind", string="Indicator kind")
    metric = fields.Selection(related="letter_line_id.metric", string="Figure of the system")
    rule = fields.Selection(related="letter_line_id.rule", string="Scoring rule")
    weight = fields.Float(related="letter_line_id.weight", string="Weight")
    target = fields.Float(related="letter_line_id.target", string="Target value")
    standard = fields.Text(related="letter_line_id.standard", string="Standard")
    checking_unit_id = fields.Many2one(
        related="letter_line_id.checking_unit_id", string="Checking unit"
    )
    veto_basis_id = fields.Many2one(
        related="letter_line_id.veto_basis_id", string="Basis of the veto"
    )
    by_hand = fields.Boolean(compute="_compute_by_hand", export_string_translation=False)
    # --- figures
    numerator = fields.Float(digits=(12, 2), aggregator=None, help="Events, for a deduction.")
    denominator = fields.Float(digits=(12, 2), aggregator=None)
    numerator_domain = fields.Text(
        guard=LOADED, export_string_translation=False, help="The records of the numerator."
    )
    denominator_domain = fields.Text(
        guard=LOADED, export_string_translation=False, help="The records of the denominator."
    )
    # --- by hand
    hand_score = fields.Float(string="Given points", digits=(6, 2), aggregator=None)
    hit = fields.Boolean(string="Veto hit")
    evidence_ids = fields.Many2many("ir.attachment", "township_assessment_line_scan_rel")
    scorer_id = fields.Many2one("res.users", string="Scored by", readonly=True)
    corrected = fields.Boolean(string="Corrected after an objection", readonly=True, guard=STEP)
    # --- points
    full = fields.Float(
        string="Weight counted",
        digits=(6, 2),
        compute="_compute_score",
        store=True,
        guard=SUMMED,
        aggregator=None,
        help="After the weights of what was not scored are spread.",
    )
    value = fields.Float(
        string="Rate (%)",
        digits=(12, 2),
        compute="_compute_score",
        store=True,
        guard=SUMMED,
        aggregator=None,
    )
    score = fields.Float(digits=(8, 2), compute="_compute_score", store=True, guard=SUMMED)
    scored = fields.Boolean(
        compute="_compute_score",
        store=True,
        guard=SUMMED,
        help="Off: there was nothing to measure; the weight is spread over the other items.",
    )

    _item_unique = models.UniqueIndex(
        "(assessment_id, letter_line_id)", "This item is in the assessment already."
    )

    @api.depends("letter_line_id")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for line in self - self._hidden_rows():
            line.display_name = line.sudo().name
        return result

    @property
    def proof_name(self):
        """What a message calls this row."""
        return self.name

    @api.depends("letter_line_id")
    def _compute_by_hand(self):
        for line in self:
            line.by_hand = line.kind == "manual"

    # ------------------------------------------------------------------
    # Points
    # ------------------------------------------------------------------

    @api.depends(
        *("numerator", "denominator", "hand_score", "scorer_id"),
        *(f"assessment_id.line_ids.{name}" for name in (*COUNTED, "scorer_id")),
    )
    def _compute_score(self):
        for assessment, lines in self.grouped("assessment_id").items():
            marks = assessment._marks(lines)
            for line in lines:
                mark = marks[line._origin.id]
                line.update(
                    {
                        "full": float(mark.full),
                        "value": float(mark.value or 0),
                        "score": float(mark.score),
                        "scored": mark.scored,
                    }
                )

    def _has_nothing_to_measure(self):
        """:return: ``bool``: a rate without a denominator (不计分)"""
        if self.kind == "veto" or self.rule == "manual" or self._is_pending():
            return False
        return points(self.letter_line_id._item(), *self._counted()) is None

    def _reached(self, full, rounded):
        """:param full: ``Decimal``, full marks after spreading
        :param rounded: ``tools.scoring.Rounding``
        :return: ``tuple`` of per cent or ``None``, points, and whether it is scored"""
        item = self.letter_line_id._item()
        if self.kind == "veto" or self._is_pending():
            return None, 0, False
        if self.rule == "manual":
            return None, rounded(by_hand(item, self.hand_score, full)), True
        numerator, denominator = self._counted()
        value = rate(numerator, denominator)
        return value, rounded(points(item, numerator, denominator, full)), True

    def _is_pending(self):
        """:return: ``bool``: it waits for somebody's score; what a form holds already is one"""
        return self.by_hand and not (self.scorer_id or self.hand_score or any(self._counted()))

    def _counted(self):
        return self.numerator, self.denominator

    @api.constrains("hand_score", *COUNTED)
    def _check_points(self):
        for line in self:
            if not 0 <= line.hand_score <= line.weight or min(line._counted()) < 0:
                raise ValidationError(
                    self.env._(
                        "“%(item)s”: points lie between 0 and %(weight)s.",
                        item=line.name,
                        weight=line.weight,
                    )
                )

    def _is_deduction(self):
        """:return: ``bool``: somebody took points here, or hit a veto: that needs proof"""
        if self.kind == "veto":
            return self.hit
        return self.by_hand and bool(self.scorer_id) and self.scored and self.score < self.full

    # ------------------------------------------------------------------
    # Scored by hand
    # ------------------------------------------------------------------

    @api.onchange("hand_score", "hit", *COUNTED)
    def _onchange_points(self):
        """Whoever types scores: the form shows at once what that gives."""
        self.scorer_id = self.env.user

    def write(self, vals):
        """Whoever writes here scores: that is checked and recorded, whatever the way in.

        :raise AccessError: the scorer is of the unit itself, or not of the checking unit; or the
            item is not scored that way
        """
        if not self.env.su:
            vals = {**vals, "scorer_id": self.env.uid}
            self._check_scorer()
            self._check_typed(vals.keys() - {"scorer_id"})
        return super().write(vals)

    def _check_scorer(self):
        self.check_access("write")
        self.assessment_id._refuse_own()
        if self.env.user.has_group(DIRECTOR[0]):
            return
        for unit in self.sudo().checking_unit_id:
            if self.env.user not in unit.user_ids | unit.leader_id:
                raise AccessError(
                    self.env._(
                        "“%(item)s” is checked by %(unit)s: please ask its officers, or a "
                        "director.",
                        item=self.filtered(lambda line, u=unit: line.sudo().checking_unit_id == u)[
                            0
                        ].name,
                        unit=unit.name,
                    )
                )

    def _check_typed(self, names):
        """What the kind and rule of an item leave to the scorer's hand."""
        for line in self:
            allowed = line._typed_fields()
            if not names <= allowed:
                name = min(names - allowed)
                raise AccessError(
                    self.env._(
                        "“%(field)s” cannot be set by hand: “%(item)s” is scored otherwise.",
                        field=self._fields[name]._description_string(self.env),
                        item=line.name,
                    )
                )

    def _typed_fields(self):
        """:return: ``frozenset`` of the fields a scorer may type into this one item"""
        if self.kind == "computed":
            return frozenset()
        if self.kind == "veto":
            return PROOF | {"hit"}
        return PROOF | ({"hand_score"} if self.rule == "manual" else frozenset(COUNTED))

    def _corrected_fields(self):
        """:return: ``frozenset`` of what an answer to an objection may change of this one item"""
        if not self:
            return frozenset()
        return frozenset(COUNTED) if self.kind == "computed" else self._typed_fields() - PROOF

    def action_full_marks(self):
        """Give full marks: nothing to find fault with, no proof needed.

        :raise UserError: a rate is to be entered with its numbers
        """
        for line in self:
            if line.rule == "manual":
                line.write({"hand_score": line.weight})
            elif line.rule == "deduct_per_event":
                line.write({"numerator": 0})
            else:
                raise UserError(self.env._("“%(item)s”: please enter its numbers.", item=line.name))
        return True

    # ------------------------------------------------------------------
    # The records behind
    # ------------------------------------------------------------------

    def action_open_records(self):
        """The records behind the denominator of a computed item, as far as one's own rights
        reach; where they reach none, the number alone.

        :return: action
        """
        self.ensure_one()
        return self._open_behind(self.denominator_domain, self.denominator)

    def action_open_reached(self):
        """As :meth:`action_open_records`, those of the numerator."""
        self.ensure_one()
        return self._open_behind(self.numerator_domain, self.numerator)

    def _open_behind(self, domain, number):
        self.check_access("read")
        return self.env["township.letter"]._open_figure(self.name, self.metric, domain, number)
