from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import LazyTranslate

from ...tools.rights import check_groups
from ..common.mechanism_mixin import Guard
from .assessment_line import COUNTED
from .letter_workflow import OFFICER

_lt = LazyTranslate(__name__)

RULE = "assessment_objection"
TOLD = "township_governance.mail_act_assessment_objection"
ANSWERED = "township_governance.mail_act_assessment_answered"
ANSWER = Guard(hint=_lt("an objection is answered by its button."))
# What an answer may change of an item, by the item's kind and rule.
CORRECTED = frozenset({"hand_score", "hit", *COUNTED})


class TownshipAssessmentObjection(models.Model):
    """Objection (申诉) of a unit to what it was told: made by its head, answered within a clock
    by somebody of another unit, kept or changed; on record for good."""

    _name = "township.assessment.objection"
    _description = "Objection to an assessment"
    _inherit = [
        "township.row.mixin",
        "township.scan.mixin",
        "township.deadline.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _owner_field = "assessment_id"
    _scan_fields = ("evidence_ids",)
    _owner_write = "read"  # the unit reads its assessment and never writes it
    _mail_post_access = "read"
    _order = "assessment_id, id"

    assessment_id = fields.Many2one(
        "township.assessment", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="assessment_id.company_id", store=True, index=True)
    unit_id = fields.Many2one(related="assessment_id.unit_id", store=True, index=True)
    line_id = fields.Many2one(
        "township.assessment.line",
        string="Item",
        domain="[('assessment_id', '=', assessment_id)]",
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: the whole assessment.",
    )
    text = fields.Text(string="Objection", required=True)
    evidence_ids = fields.Many2many("ir.attachment", "township_assessment_objection_scan_rel")
    objector_id = fields.Many2one("res.users", string="Objection by", readonly=True, guard=ANSWER)
    user_id = fields.Many2one("res.users", string="Reply due from", readonly=True, guard=ANSWER)
    decision = fields.Selection(
        [("kept", "Score kept"), ("changed", "Score changed")],
        string="Reply",
        readonly=True,
        guard=ANSWER,
    )
    answer = fields.Text(string="Reasons of the answer", readonly=True, guard=ANSWER)
    answered_by_id = fields.Many2one("res.users", string="Answered by", readonly=True, guard=ANSWER)
    may_answer = fields.Boolean(compute="_compute_may_answer", export_string_translation=False)

    @api.depends("assessment_id")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for objection in self - self._hidden_rows():
            objection.display_name = self.env._(
                "Objection: %(assessment)s", assessment=objection.assessment_id.display_name
            )
        return result

    @api.depends_context("uid")
    @api.depends("decision")
    def _compute_may_answer(self):
        officer = self.env.user.has_group(OFFICER[0])
        for objection in self:
            objection.may_answer = (
                officer and not objection.decision and not objection.assessment_id._is_own()
            )

    # ------------------------------------------------------------------
    # Made by the unit
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """The head of the unit, or who has its duty now, objects while the assessment is
        announced; the clock of the answer starts.

        :raise AccessError: somebody else, or the assessment is closed
        """
        objections = super().create(vals_list)
        if not self.env.su:
            objections._check_objector()
        today = self.env["township.calendar.day"]._today()
        for one in objections.sudo():
            one.write(
                {"objector_id": self.env.uid, "user_id": one.assessment_id.announced_by_id.id}
            )
            rule = self.env["township.deadline.rule"]._of(RULE, one.company_id)
            if rule:
                one._deadline_start(rule, today)
        self.env["township.activity"]._schedule(
            [(one, one.user_id) for one in objections.sudo()], TOLD
        )
        return objections

    def _check_objector(self):
        for one in self:
            assessment = one.assessment_id
            if assessment.state != "announced" or self.env.user not in assessment._heads():
                raise AccessError(
                    self.env._(
                        "The head of “%(unit)s” objects, between the announcement and the close.",
                        unit=assessment.sudo().unit_id.name,
                    )
                )
            if one.line_id and one.line_id.assessment_id != assessment:
                raise AccessError(self.env._("The item belongs to another assessment."))

    # ------------------------------------------------------------------
    # Answered
    # ------------------------------------------------------------------

    def action_answer(self, decision, answer, **change):
        """Answer (答复): the score is kept, or the item is changed.

        :param str decision: ``kept`` or ``changed``
        :param str answer: the reasons
        :param change: new values of the item: ``hand_score``, ``hit``, ``numerator``,
            ``denominator``
        :raise AccessError: no officer, or one of the unit itself
        :raise UserError: answered already, without reasons, or nothing to change
        """
        self.ensure_one()
        check_groups(self.env, self.env._("Reply"), OFFICER)
        self.check_access("read")
        self.assessment_id._refuse_own()
        answer = (answer or "").strip()
        known = dict(self._fields["decision"].selection)
        if self.decision or decision not in known or not answer:
            raise UserError(self.env._("An objection is answered once, with the reasons."))
        record = self.sudo()
        if decision == "changed":
            record._change_line(change)
        record.write({"decision": decision, "answer": answer, "answered_by_id": self.env.uid})
        record._deadline_stop(self.env["township.calendar.day"]._today())
        activities = self.env["township.activity"]
        activities._end(record, TOLD)
        activities._schedule([(record, record.objector_id)], ANSWERED)
        return True

    def _change_line(self, change):
        """The step is on record in the assessment: before, after, and by whom."""
        line = self.line_id
        change = {
            name: value
            for name, value in change.items()
            if name in CORRECTED & line._corrected_fields() and line[name] != value
        }
        if not change:
            raise UserError(
                self.env._("Please name the item and what is changed, or keep the score.")
            )
        before = line.score
        line.write({**change, "corrected": True})
        self.assessment_id._message_log(
            body=self.env._(
                "Changed after an objection: “%(item)s” from %(before)s to %(after)s points",
                item=line.name,
                before=before,
                after=line.score,
            )
        )

    def _deadline_users(self, level):
        """Never the head of the unit that objects: after who announced, the directors."""
        announcer = self.user_id.filtered("active")
        return announcer if level == 0 and announcer else super()._deadline_users(2)

    # ------------------------------------------------------------------
    # Home
    # ------------------------------------------------------------------

    def _home_open_domain(self):
        return [("decision", "=", False)]

    def _home_next_step(self):
        return self.env._("Reply")
