from odoo import api, fields, models
from odoo.tools import LazyTranslate

from ...tools.workflow import Frozen, Transition
from ..common.mechanism_mixin import Guard
from .correction_row_mixin import CORRECTION

_lt = LazyTranslate(__name__)

VERSION = Guard(hint=_lt("versions are counted by the button that begins a new one."))
REVIEW_RULE = "correction_plan_review"
CONTENT = (
    *("basic_situation", "assessment", "special_points", "supervision", "education"),
    "help_measures",
)


class TownshipCorrectionPlan(models.Model):
    """Correction plan (矫正方案), Community Corrections Law art. 24 (COR-11, COR-54).

    A confirmed plan is not rewritten: a revision is a new version with its reason, and one
    version is valid at a time.
    """

    _name = "township.correction.plan"
    _description = "Correction plan"
    _inherit = ["township.correction.step.mixin"]
    _order = "subject_id, version desc"
    _check_company_auto = True

    state = fields.Selection(
        [("draft", "Draft"), ("confirmed", "Valid"), ("replaced", "Replaced")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    version = fields.Integer(
        required=True, default=0, readonly=True, copy=False, guard=VERSION, aggregator=None
    )
    valid_from = fields.Date(
        copy=False, default=lambda self: self.env["township.calendar.day"]._today()
    )
    reason = fields.Char(
        string="Reason of the revision", copy=False, help="What has changed since the last version."
    )
    basic_situation = fields.Text()
    assessment = fields.Text(string="Overall assessment")
    special_points = fields.Text(
        string="Mental state and special points",
        help="What the measures have to respect, in plain words: no diagnosis and no belief.",
    )
    supervision = fields.Text(string="Supervision measures")
    education = fields.Text(string="Education measures")
    help_measures = fields.Text(string="Help measures")
    effect = fields.Text(
        string="Effect of the plan", copy=False, help="Is written at each review of the plan."
    )
    review_clock_id = fields.Many2one(
        "township.correction.clock",
        string="Review",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
        copy=False,
        guard=Guard(hint=_lt("it is set by the buttons of the form.")),
    )
    review_date = fields.Date(related="review_clock_id.deadline_date", string="Review due on")

    _version_unique = models.UniqueIndex(
        "(subject_id, version) WHERE version > 0", "There is such a version of this plan already."
    )
    _valid_unique = models.UniqueIndex(
        "(subject_id) WHERE state = 'confirmed'", "One version of a plan is valid at a time."
    )

    _transitions = (
        Transition(
            name="confirm",
            source=("draft",),
            target="confirmed",
            groups=CORRECTION,
            guard="_guard_confirm",
            before="_replace_former",
            after="_after_confirm",
            label=_lt("Confirm the plan"),
        ),
        Transition(
            name="review",
            source=("confirmed",),
            groups=CORRECTION,
            guard="_guard_review",
            after="_start_review",
            label=_lt("Reviewed, goes on"),
        ),
        Transition(
            name="replace",
            source=("confirmed",),
            target="replaced",
            groups=CORRECTION,
            after="_end_review",
            label=_lt("Replace by a new version"),
        ),
    )
    _frozen = {
        "confirmed": Frozen(
            fields=frozenset({*CONTENT, "valid_from", "reason"}),
            rows=frozenset({"ir.attachment"}),
        ),
        "replaced": Frozen(fields=frozenset({*CONTENT, "valid_from", "reason", "effect"})),
    }

    @api.depends("version")
    @api.depends_context("lang")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for plan in self - self._hidden_rows():
            plan.display_name = self.env._("Correction plan, version %(n)s", n=plan.version)
        return result

    @api.model_create_multi
    def create(self, vals_list):
        """The next version of each subject; the first one is 1."""
        plans = super().create(vals_list)
        last = plans._last_versions()
        for plan in plans:
            last[plan.subject_id] += 1
            plan._entering().version = last[plan.subject_id]
        return plans

    def _last_versions(self):
        """:return: ``dict`` subject -> the highest version it has"""
        subjects = self.subject_id
        groups = self.sudo()._read_group(
            [("subject_id", "in", subjects.ids)], ["subject_id"], ["version:max"]
        )
        highest = {subject.id: version for subject, version in groups}
        return {subject: highest[subject.id] for subject in subjects}

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_confirm(self):
        """Confirm these plans: each replaces the version that was valid.

        :raise UserError: it lacks something, or is no draft
        """
        return self._run_transition("confirm")

    def action_review(self):
        """The plan was reviewed and goes on as it is: its effect is on record."""
        return self._run_transition("review")

    def action_revise(self):
        """Begin a new version with what this one plan says, or go on with the one begun.

        :return: action that opens it
        """
        self.ensure_one()
        begun = self.subject_id.plan_ids.filtered(lambda plan: plan.state == "draft")
        version = begun[:1] or self.copy()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "view_mode": "form",
            "res_id": version.id,
        }

    def _guard_confirm(self):
        missing = self._missing_content()
        if self.version > 1 and not self.reason:
            missing += self._missing_fields("reason")
        return missing

    def _missing_content(self):
        """:return: ``list`` of the labels of what this plan, or none, does not say yet; special
        points there need not be"""
        names = (name for name in (*CONTENT, "valid_from") if name != "special_points")
        return self._missing_fields(*names)

    def _guard_review(self):
        return self._missing_fields("effect")

    def _replace_former(self):
        """What was valid goes only for a version that will be."""
        ready = self.filtered(lambda plan: not plan._guard_confirm())
        former = ready.subject_id.plan_ids.filtered(lambda plan: plan.state == "confirmed")
        if former:
            former._run_transition("replace")
            # one valid version at a time: the index looks at each row as it comes
            former.flush_recordset(["state"])

    def _after_confirm(self):
        today = self.env["township.calendar.day"]._today()
        self.subject_id._plan_clocks()._deadline_stop(today)
        self._start_review()

    def _start_review(self):
        """The next review is due after the township's rule; without one nothing is due."""
        self._end_review()
        today = self.env["township.calendar.day"]._today()
        Rule = self.env["township.deadline.rule"]
        for company, plans in self.grouped("company_id").items():
            rule = Rule._own_first([("code", "=", REVIEW_RULE)], company)
            if not rule:
                continue
            clocks = plans.subject_id._start_given_clock(
                rule._deadline(today), self.env._("Review of the correction plan")
            )
            by_subject = clocks.grouped("subject_id")
            for plan in plans:
                plan._entering().review_clock_id = by_subject[plan.subject_id]

    def _end_review(self):
        self.review_clock_id._deadline_stop(self.env["township.calendar.day"]._today())
