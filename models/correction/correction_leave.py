from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, LazyTranslate

from ...tools.leave_days import days_of, most_days
from ..common.mechanism_mixin import Guard
from ..common.number_mixin import NumberKey

_lt = LazyTranslate(__name__)

STEP = Guard(hint=_lt("it is set by the buttons of the form."))
OUT = ("approved", "away")
PENDING = ("applied", "reviewed")
GRANTED = ("approved", "away", "returned", "revoked")


class TownshipCorrectionLeave(models.Model):
    """Leave (外出请假), Community Corrections Law art. 27, implementing measures arts. 26-28.

    The justice office approves only short leaves that the county body has delegated to it; of
    any other the approval or refusal is the record of the deciding body's paper.
    """

    _name = "township.correction.leave"
    _description = "Leave of absence"
    _inherit = [
        "township.correction.step.mixin",
        "township.deadline.mixin",
        "township.number.mixin",
        "township.decision.mixin",
    ]
    _order = "date_from desc, id desc"
    _rec_name = "number"
    _check_company_auto = True

    _number_fields = ("number",)
    _scan_fields = ("proof_ids", "decision_scan_ids", "return_proof_ids", "revoked_scan_ids")
    _deadline_unit_field = None  # the head of a village is told nothing
    _deadline_received_field = "date_to"  # however old the application is said to be

    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("applied", "Applied for"),
            ("reviewed", "Reviewed"),
            ("approved", "Approved"),
            ("away", "On leave"),
            ("returned", "Returned"),
            ("refused", "Refused"),
            ("cancelled", "Cancelled"),
            ("revoked", "Revoked"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    user_id = fields.Many2one(related="subject_id.user_id", store=True, index="btree_not_null")
    number = fields.Char(string="Leave number")
    # --- application
    destination = fields.Char(help="City and county.")
    reason_id = fields.Many2one(
        "township.correction.leave.reason", string="Kind of reason", ondelete="restrict"
    )
    reason = fields.Text(
        string="Reason in words", help="Seeing a doctor needs no illness: do not ask which."
    )
    date_from = fields.Date(string="Leave from", required=True)
    date_to = fields.Date(string="Leave to", required=True, help="The last day away.")
    return_by = fields.Datetime(
        string="Back by", help="Only where the permit names an hour of the last day."
    )
    contact = fields.Char(string="Contact during the leave", help="Companion or contact, by phone.")
    application_date = fields.Date(
        string="Applied on",
        required=True,
        copy=False,
        default=lambda self: self.env["township.calendar.day"]._today(),
    )
    urgent = fields.Boolean(
        string="Urgent, by telephone", copy=False, help="The papers are handed in afterwards."
    )
    late_application_reason = fields.Text(string="Why it could not be applied for earlier")
    proof_ids = fields.Many2many(
        "ir.attachment",
        "township_correction_leave_proof_rel",
        string="Application and proof",
        copy=False,
    )
    papers_date = fields.Date(string="Papers handed in on", copy=False, readonly=True, guard=STEP)
    papers_clock_id = fields.Many2one(
        "township.correction.clock", index="btree_not_null", copy=False, guard=STEP
    )
    same_city = fields.Boolean(
        string="Within one city with districts",
        help="Moving among the districts of one city is no leave: nothing needs approval.",
    )
    extends_id = fields.Many2one(
        "township.correction.leave",
        string="Extends the leave",
        domain="[('subject_id', '=', subject_id), ('state', 'in', ('approved', 'away'))]",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
    )
    # --- days
    days = fields.Integer(compute="_compute_days", store=True, help="Both ends count.")
    date_end = fields.Date(
        string="Last day that counts",
        compute="_compute_date_end",
        store=True,
        help="Of a leave that ended early, the day it ended.",
    )
    # --- opinion and decision
    opinion = fields.Text(string="Opinion of the justice office", copy=False)
    opinion_date = fields.Date(string="Opinion given on", readonly=True, copy=False, guard=STEP)
    opinion_user_id = fields.Many2one(
        "res.users", string="Opinion by", readonly=True, copy=False, guard=STEP
    )
    county_opinion = fields.Text(string="Opinion of the county body", copy=False)
    county_opinion_date = fields.Date(string="County opinion dated", copy=False)
    approver = fields.Selection(
        [
            ("office", "Head of the justice office"),
            ("county", "County corrections body"),
            ("above", "Next higher corrections body"),
        ],
        string="Decided by",
        compute="_compute_approver",
        store=True,
        copy=False,
        guard=STEP,
    )
    decision_scan_ids = fields.Many2many(relation="township_correction_leave_decision_rel")
    given_date = fields.Date(
        string="Permit given on",
        readonly=True,
        copy=False,
        guard=STEP,
        help="The day the leave was really approved: the permit bears it.",
    )
    refused_date = fields.Date(string="Refused on", readonly=True, copy=False, guard=STEP)
    refusal_reason = fields.Text(string="Reasons of the refusal", copy=False)
    refusal_ground = fields.Text(
        string="Why a good reason was refused",
        copy=False,
        help="A good reason must be approved (Community Corrections Law art. 27).",
    )
    to_file = fields.Boolean(string="To be filed with the county", guard=STEP, copy=False)
    filed_date = fields.Date(string="Filed with the county on", copy=False)
    # --- away and back
    left_date = fields.Date(string="Left on", copy=False)
    returned_at = fields.Datetime(string="Came back at", copy=False)
    return_manner = fields.Selection(
        [("person", "In person"), ("phone", "By telephone"), ("video", "By live video")],
        string="Reported back",
        copy=False,
    )
    return_proof_ids = fields.Many2many(
        "ir.attachment",
        "township_correction_leave_return_rel",
        string="Proof of the journey",
        copy=False,
    )
    late_return_reason = fields.Text(string="Why late", copy=False)
    cancel_reason = fields.Text(string="Why cancelled", copy=False)
    revoked_date = fields.Date(string="Revoked on", readonly=True, copy=False, guard=STEP)
    revoked_reason = fields.Text(string="Why revoked", copy=False)
    revoked_number = fields.Char(string="Number of the revocation", copy=False)
    revoked_scan_ids = fields.Many2many(
        "ir.attachment",
        "township_correction_leave_revoked_rel",
        string="Scan of the revocation",
        copy=False,
    )

    _number_unique = models.UniqueIndex(
        "(company_id, number text_pattern_ops) WHERE number IS NOT NULL",
        "This number is in use already.",
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_from <= date_to)", "A leave ends on or after the day it begins."
    )
    # Two people who save at the same moment do not see each other's leave: the database does.
    # A range of one number stands for equality, so that no extension is needed.
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(subject_id, subject_id, '[]') WITH &&,"
        " daterange(date_from, date_end, '[]') WITH &&)"
        " WHERE (state IN ('applied', 'reviewed', 'approved', 'away', 'returned', 'revoked'))",
        "Another leave of this person has some of these days.",
    )
    _open_idx = models.Index(
        "(company_id, date_to, id)"
        " WHERE state IN ('draft', 'applied', 'reviewed', 'approved', 'away')"
    )

    # ------------------------------------------------------------------
    # Names and days
    # ------------------------------------------------------------------

    @api.depends("number")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for leave in self - self._hidden_rows():
            leave.display_name = leave.number or self.env._("Leave without a number")
        return result

    @api.depends("date_from", "date_to")
    def _compute_days(self):
        for leave in self:
            dated = leave.date_from and leave.date_to
            leave.days = days_of(leave.date_from, leave.date_to) if dated else 0

    @api.depends("date_from", "date_to", "returned_at", "revoked_date", "state")
    def _compute_date_end(self):
        for leave in self:
            ended = leave.state == "returned" and leave._returned_on() or leave.revoked_date
            early = ended and leave.date_to and ended < leave.date_to
            leave.date_end = max(ended, leave.date_from) if early else leave.date_to

    def _returned_on(self):
        """:return: ``date`` this one leave was reported back, or ``False``"""
        moment = self.returned_at
        return moment and self.env["township.calendar.day"]._day_of(moment)

    def _chain(self):
        """:return: this leave and those it extends: together they are one leave"""
        chain = leave = self
        while leave.extends_id and leave.extends_id not in chain:
            leave = leave.extends_id
            chain |= leave
        return chain

    def _window_days(self, rule):
        """:return: ``int``, the most days of approved leaves, this one counted as approved, in
        any window of the rule's months that holds a day of it"""
        others = self.search(
            Domain("subject_id", "=", self.subject_id.id)
            & Domain("state", "in", GRANTED)
            & Domain("id", "not in", self._origin.ids)
        )
        spans = [(leave.date_from, leave.date_end) for leave in others]
        spans.append((self.date_from, self.date_to))
        return most_days(spans, rule.window_months, self.date_from, self.date_to)

    # ------------------------------------------------------------------
    # Who decides
    # ------------------------------------------------------------------

    @api.depends("date_from", "date_to", "subject_id", "extends_id")
    def _compute_approver(self):
        for leave in self:
            whole = leave.subject_id and leave.date_from and leave.date_to
            leave.approver = leave._approver() if whole else False

    def _approver(self):
        """:return: key of ``approver`` by the matrix of domain 3.3, as things are today"""
        rule = self.env["township.correction.leave.rule"]._of(self.company_id)
        days = sum(self._chain().mapped("days"))
        if days > rule.county_days or self._window_days(rule) > rule.window_days:
            return "above"
        today = self.env["township.calendar.day"]._today()
        delegated = self.company_id._correction_delegated("leave", today)
        return "office" if days <= rule.office_days and delegated else "county"

    # ------------------------------------------------------------------
    # What holds
    # ------------------------------------------------------------------

    @api.constrains("subject_id", "date_from", "date_to", "state")
    def _check_overlap(self):
        """:raise ValidationError: another leave has some of these days; named by its number"""
        for leave in self.filtered(lambda leave: leave.state in (*PENDING, *GRANTED)):
            other = leave._overlapping()
            if other:
                raise ValidationError(
                    self.env._(
                        "%(other)s has some of these days already, %(from)s to %(to)s: change the "
                        "dates, or end or cancel that leave first.",
                        other=other.display_name,
                        to=other.date_end,
                        **{"from": other.date_from},
                    )
                )

    def _overlapping(self):
        """:return: a leave of the same person that has some of this one's days. Asked of what is
        in the database: a search would send this leave there, to be refused without a name"""
        found = self.env.execute_query(
            SQL(
                """SELECT id FROM township_correction_leave
                WHERE subject_id = %s AND id <> %s AND state = ANY(%s)
                  AND daterange(date_from, date_end, '[]') && daterange(%s, %s, '[]')
                LIMIT 1""",
                self.subject_id.id,
                self.id,
                [*PENDING, *GRANTED],
                self.date_from,
                self.date_end,
            )
        )
        return self.browse(row_id for (row_id,) in found)

    @api.constrains("return_by", "date_to")
    def _check_return_by(self):
        calendar = self.env["township.calendar.day"]
        for leave in self.filtered("return_by"):
            if calendar._day_of(leave.return_by) != leave.date_to:
                raise ValidationError(
                    self.env._("The hour of return must be one of the last day of the leave.")
                )

    @api.constrains("extends_id", "subject_id", "date_from")
    def _check_extends(self):
        for leave in self.filtered("extends_id"):
            other = leave.extends_id
            if other.subject_id != leave.subject_id or other.date_to >= leave.date_from:
                raise ValidationError(
                    self.env._(
                        "An extension is of the same person and begins after the last day of the "
                        "leave it extends."
                    )
                )

    @api.constrains("returned_at", "left_date", "filed_date", "application_date")
    def _check_past(self):
        """What is recorded has happened."""
        self._check_has_come("left_date", "filed_date", "application_date")
        for leave in self:
            back = leave.returned_at and leave._returned_on()
            if back and leave.left_date and back < leave.left_date:
                raise ValidationError(
                    self.env._("%s: nobody is back before having left.", leave.display_name)
                )
            if leave.returned_at and leave.returned_at > fields.Datetime.now():
                raise ValidationError(
                    self.env._("%s: what is recorded must have happened.", leave.display_name)
                )

    # ------------------------------------------------------------------
    # Mechanisms
    # ------------------------------------------------------------------

    def _number_key(self, field_name):
        company = self.company_id.sudo()
        return NumberKey(
            f"correction_leave/{company.id}",
            self.application_date.year,
            company._township_pattern("township_correction_leave_pattern"),
            company.township_short_name or "",
        )

    def _deadline_label(self):
        return self.env._("Return from leave")
