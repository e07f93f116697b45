from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ..common.mechanism_mixin import Guard

_lt = LazyTranslate(__name__)

STEP = Guard(hint=_lt("it is set by the buttons of the form."))
OPEN_STATES = ("applied", "sent", "asked", "answered", "approved")


class TownshipCorrectionRelocation(models.Model):
    """Change of the place of execution (执行地变更), Community Corrections Law art. 27,
    implementing measures arts. 30-31.

    The office receives the application and gives its opinion; the county body asks the new place
    and decides. Each of its steps is recorded here with its day and paper.
    """

    _name = "township.correction.relocation"
    _description = "Change of place of execution"
    _inherit = [
        "township.correction.step.mixin",
        "township.deadline.owner.mixin",
        "township.decision.mixin",
    ]
    _order = "application_date desc, id desc"
    _rec_name = "new_place"
    _check_company_auto = True

    _scan_fields = ("proof_ids", "answer_scan_ids", "decision_scan_ids", "receipt_scan_ids")
    _deadline_unit_field = None
    _deadline_received_field = "application_date"
    _clock_events = {
        "move_sent": "sent_date",
        "move_asked": "asked_date",
        "move_decided": "decision_date",
        "move_told": "told_date",
    }

    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("applied", "Applied for"),
            ("sent", "Sent to the county"),
            ("asked", "New place asked"),
            ("answered", "New place answered"),
            ("approved", "Approved"),
            ("done", "Reported in at the new place"),
            ("refused", "Refused"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    user_id = fields.Many2one(related="subject_id.user_id", store=True, index="btree_not_null")
    clock_ids = fields.One2many("township.correction.relocation.clock", "relocation_id", copy=False)
    # --- application
    new_place = fields.Char(help="Where the person will live.")
    new_body = fields.Char(string="Corrections body of the new place")
    reason = fields.Text()
    planned_date = fields.Date(string="To move on")
    application_date = fields.Date(
        string="Applied on",
        required=True,
        copy=False,
        default=lambda self: self.env["township.calendar.day"]._today(),
    )
    proof_ids = fields.Many2many(
        "ir.attachment",
        "township_correction_relocation_proof_rel",
        string="Application and proof",
        copy=False,
    )
    late_application = fields.Boolean(compute="_compute_late_application")
    opinion = fields.Text(string="Opinion of the justice office", copy=False)
    sent_date = fields.Date(string="Sent to the county on", copy=False)
    # --- the county body asks the new place
    asked_date = fields.Date(string="New place asked on", copy=False)
    answered_date = fields.Date(string="New place answered on", copy=False)
    answer = fields.Selection(
        [("agreed", "Agreed"), ("disagreed", "Did not agree")],
        string="Answer of the new place",
        copy=False,
    )
    answer_scan_ids = fields.Many2many(
        "ir.attachment",
        "township_correction_relocation_answer_rel",
        string="Scan of the answer",
        copy=False,
    )
    # --- decision and hand-over
    decision_scan_ids = fields.Many2many(relation="township_correction_relocation_decision_rel")
    refusal_reason = fields.Text(string="Reasons of the refusal", copy=False)
    told_date = fields.Date(string="Decision handed to the person on", copy=False)
    handed_over_date = fields.Date(string="File handed over on", copy=False)
    arrived_date = fields.Date(string="Reported in at the new place on", copy=False)
    receipt_number = fields.Char(string="Number of the new body's receipt", copy=False)
    receipt_scan_ids = fields.Many2many(
        "ir.attachment",
        "township_correction_relocation_receipt_rel",
        string="Scan of the receipt",
        copy=False,
    )
    cancel_reason = fields.Text(string="Why cancelled", copy=False)

    _open_idx = models.Index(
        "(company_id, deadline_date)"
        " WHERE state IN ('applied', 'sent', 'asked', 'answered', 'approved')"
    )

    @api.depends("new_place", "application_date")
    def _compute_display_name(self):
        """The place tells where a person lives: a title does not."""
        result = super()._compute_display_name()
        for move in self - self._hidden_rows():
            move.display_name = self.env._("Application of %s", move.application_date)
        return result

    @api.depends("application_date", "planned_date", "company_id")
    def _compute_late_application(self):
        late = self._applied_late("correction_relocation_lead", "planned_date")
        for move in self:
            move.late_application = move in late

    @api.constrains(
        *("sent_date", "asked_date", "answered_date", "told_date", "handed_over_date"),
        "arrived_date",
    )
    def _check_past(self):
        """What is recorded has happened, and one thing after the other."""
        today = self.env["township.calendar.day"]._today()
        for move in self:
            ways = (
                (move.application_date, move.sent_date, move.asked_date, move.answered_date),
                (move.decision_date, move.told_date, move.arrived_date),
                (move.decision_date, move.handed_over_date),
            )
            for way in ways:
                days = [day for day in way if day]
                if days != sorted(days) or any(day > today for day in days[1:]):
                    raise ValidationError(
                        self.env._(
                            "The days of a change of place follow one another, and none of them "
                            "is still to come."
                        )
                    )

    # ------------------------------------------------------------------
    # Mechanisms
    # ------------------------------------------------------------------

    def _clock_rules_domain(self):
        return [("code", "=like", "correction\\_relocation\\_%")]

    def _clock_open(self):
        return self.filtered(lambda move: move.state in OPEN_STATES)

    def _clock_end(self):
        return self.arrived_date

    def _home_open_domain(self):
        return [("state", "in", OPEN_STATES)]

    def _home_mine_domain(self):
        """What nobody handles is everybody's who sees it."""
        return super()._home_mine_domain() | Domain("user_id", "=", False)

    def _home_title(self):
        return self.subject_id.display_name
