from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ...tools.workflow import Frozen, Transition
from ..common.mechanism_mixin import Guard
from .correction_row_mixin import CORRECTION

_lt = LazyTranslate(__name__)

STEP = Guard(hint=_lt("it is set by the buttons of the form."))
APPLICATION = frozenset(
    {"subject_id", "places", "reason", "application_date", "renews_id", "opinion"}
)
DECISION = frozenset(
    {
        *("decision_body", "decision_number", "decision_date", "decision_scan_ids"),
        *("refusal_reason", "end_reason"),
    }
)
FROZEN = Frozen(fields=APPLICATION | DECISION, rows=frozenset({"ir.attachment"}))


class TownshipCorrectionCrossPermit(models.Model):
    """Permit for regular cross-county activity (经常性跨市、县活动), implementing measures art. 29:
    the county body approves it for some months; it ends by itself, and a new application renews
    it."""

    _name = "township.correction.cross.permit"
    _description = "Regular cross-county activity"
    _inherit = [
        "township.correction.step.mixin",
        "township.deadline.mixin",
        "township.decision.mixin",
    ]
    _order = "application_date desc, id desc"
    _rec_name = "decision_number"
    _check_company_auto = True

    _scan_fields = ("proof_ids", "decision_scan_ids")
    _deadline_unit_field = None
    _deadline_received_field = "application_date"

    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("applied", "Applied for"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("ended", "Ended early"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    user_id = fields.Many2one(related="subject_id.user_id", store=True, index="btree_not_null")
    places = fields.Char(string="Regular destinations", help="Cities and counties.")
    reason = fields.Text(string="Work or life that needs it")
    application_date = fields.Date(
        string="Applied on",
        required=True,
        copy=False,
        default=lambda self: self.env["township.calendar.day"]._today(),
    )
    proof_ids = fields.Many2many(
        "ir.attachment",
        "township_correction_cross_permit_proof_rel",
        string="Application and proof",
        copy=False,
    )
    opinion = fields.Text(string="Opinion of the justice office", copy=False)
    decision_scan_ids = fields.Many2many(relation="township_correction_cross_permit_decision_rel")
    refusal_reason = fields.Text(string="Reasons of the refusal", copy=False)
    valid_to = fields.Date(
        string="Valid until", readonly=True, copy=False, guard=STEP, index="btree_not_null"
    )
    end_reason = fields.Text(string="Why it ended", copy=False)
    renews_id = fields.Many2one(
        "township.correction.cross.permit",
        string="Renews the permit",
        domain="[('subject_id', '=', subject_id), ('state', '=', 'approved')]",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
    )
    validity = fields.Selection(
        [
            ("none", "No permit"),
            ("valid", "Valid"),
            ("ending", "Ends soon"),
            ("expired", "Expired"),
        ],
        compute="_compute_validity",
        search="_search_validity",
    )

    _transitions = (
        Transition(
            name="apply",
            source=("draft",),
            target="applied",
            groups=CORRECTION,
            guard="_guard_apply",
            label=_lt("Apply"),
        ),
        Transition(
            name="approve",
            source=("applied",),
            target="approved",
            groups=CORRECTION,
            guard="_guard_approve",
            after="_after_approve",
            label=_lt("Record the approval"),
        ),
        Transition(
            name="refuse",
            source=("applied",),
            target="refused",
            groups=CORRECTION,
            guard="_guard_refuse",
            label=_lt("Record the refusal"),
        ),
        Transition(
            name="end",
            source=("approved",),
            target="ended",
            groups=CORRECTION,
            guard="_guard_end",
            after="_stop_clock",
            label=_lt("Record the early end"),
        ),
        Transition(
            name="cancel",
            source=("draft", "applied"),
            target="cancelled",
            groups=CORRECTION,
            label=_lt("Cancel"),
        ),
    )
    _frozen = dict.fromkeys(("approved", "refused", "ended", "cancelled"), FROZEN) | {
        "approved": Frozen(fields=FROZEN.fields - {"end_reason"}, rows=FROZEN.rows)
    }

    @api.depends("decision_number", "application_date")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for permit in self - self._hidden_rows():
            permit.display_name = permit.decision_number or self.env._(
                "Application of %s", permit.application_date
            )
        return result

    # ------------------------------------------------------------------
    # Whether it holds today: derived, it ends by itself
    # ------------------------------------------------------------------

    @api.depends("state", "valid_to", "deadline_remind_date")
    def _compute_validity(self):
        today = self._today()
        for permit in self:
            remind = permit.deadline_remind_date
            if permit.state != "approved" or not permit.valid_to:
                permit.validity = "none"
            elif permit.valid_to < today:
                permit.validity = "expired"
            else:
                permit.validity = "ending" if remind and remind <= today else "valid"

    def _search_validity(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self._today()
        held = Domain("state", "=", "approved")
        valid = held & Domain("valid_to", ">=", today)
        domains = {
            "none": ~held,
            "valid": valid & Domain("deadline_remind_date", ">", today),
            "ending": valid & Domain("deadline_remind_date", "<=", today),
            "expired": held & Domain("valid_to", "<", today),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_apply(self):
        """The person has applied."""
        return self._run_transition("apply")

    def action_approve(self):
        """Record the county body's paper; the months of the rule run from its day."""
        return self._run_transition("approve")

    def action_refuse(self):
        """Record the county body's refusal, with its reasons."""
        return self._run_transition("refuse")

    def action_end(self):
        """The permit is no longer needed or was taken back."""
        return self._run_transition("end")

    def action_cancel(self):
        """The application is taken back."""
        return self._run_transition("cancel")

    def action_renew(self):
        """:return: action that opens a new application in the place of this permit"""
        self.ensure_one()
        self.check_access("write")
        permit = self.create(
            {
                "subject_id": self.subject_id.id,
                "renews_id": self.id,
                "places": self.places,
                "reason": self.reason,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": permit.id,
            "views": [(False, "form")],
            "name": self.env["ir.model"]._get(self._name).name,
        }

    def _guard_apply(self):
        missing = self._missing_fields("places", "reason", "proof_ids")
        if self.subject_id.state not in ("received", "in_correction"):
            missing.append(self.env._("a person in correction"))
        return missing

    def _guard_approve(self):
        return self._missing_fields("opinion") + self._missing_decision()

    def _guard_refuse(self):
        return self._missing_decision() + self._missing_fields("refusal_reason")

    def _guard_end(self):
        return self._missing_fields("end_reason")

    def _after_approve(self):
        """The end is a date to be reminded of, not a duty that anybody could miss: no alarm."""
        for permit in self:
            rule = self.env["township.deadline.rule"]._own_first(
                [("code", "=", "correction_cross_permit")], permit.company_id
            )
            last = rule._deadline(permit.decision_date)
            permit._deadline_give(last, rule)
            permit._entering().write({"valid_to": last, "deadline_muted": True})
        self.renews_id._stop_clock()

    def _stop_clock(self):
        self._deadline_stop(self._today())

    def _end_with_subject(self):
        """The correction has ended. Called with all rights."""
        reason = self.env._("The correction has ended.")
        held = self.filtered(lambda permit: permit.state == "approved")
        held._enter_state("ended", end_reason=reason)
        held._stop_clock()
        pending = self.filtered(lambda permit: permit.state in ("draft", "applied"))
        pending._enter_state("cancelled", end_reason=reason)

    # ------------------------------------------------------------------
    # Mechanisms
    # ------------------------------------------------------------------

    def _deadline_label(self):
        return self.env["ir.model"]._get(self._name).name

    def _home_open_domain(self):
        return [("state", "=", "approved"), ("valid_to", ">=", self._today())]

    def _home_mine_domain(self):
        """What nobody handles is everybody's who sees it."""
        return super()._home_mine_domain() | Domain("user_id", "=", False)

    def _home_title(self):
        return self.subject_id.display_name
