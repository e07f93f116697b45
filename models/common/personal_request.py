from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import LazyTranslate

from ...tools.workflow import Frozen, Transition
from .mechanism_mixin import Guard

_lt = LazyTranslate(__name__)

RULE = "personal_request"
STEP = Guard(hint=_lt("it is set by the buttons of the form."))
ASKED = frozenset({"kind", "received_date", "applicant", "applicant_name", "text", "company_id"})
ANSWER = frozenset({"answer", "refusal_reason"})


class TownshipPersonalRequest(models.Model):
    """What a person asks about the data held on him (个人信息权利请求, PIP-08): to see and copy, to
    correct, to delete, to have it explained. Answered in time, refused with reasons and the way to
    complain (Personal Information Protection Law arts. 44-50).

    A room whose records name people adds the record it is about.
    """

    _name = "township.personal.request"
    _description = "Request about personal data"
    _inherit = [
        "township.row.mixin",
        "township.deadline.mixin",
        "township.workflow.mixin",
        "township.scan.mixin",
        "township.secrecy.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "received_date desc, id desc"
    _check_company_auto = True
    _scan_fields = ("scan_ids",)
    _deadline_received_field = "received_date"
    _deadline_unit_field = None
    _access_logged = True
    _purpose = _lt("To answer in time what people ask about the data held on them.")
    _legal_basis = _lt("Personal Information Protection Law arts. 44-50")

    state = fields.Selection(
        [
            ("draft", "To be entered"),
            ("received", "To be answered"),
            ("granted", "Granted"),
            ("refused", "Refused"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    kind = fields.Selection(
        [
            ("access", "See and copy"),
            ("correct", "Correct or complete"),
            ("delete", "Delete"),
            ("explain", "Explain the rules"),
        ],
        string="Kind of request",
        required=True,
        default="access",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        string="Answered by",
        default=lambda self: self.env.user,
        index="btree_not_null",
        check_company=True,
    )
    received_date = fields.Date(
        string="Request received on",
        required=True,
        default=lambda self: self.env["township.calendar.day"]._today(),
    )
    applicant = fields.Selection(
        [
            ("self", "The person"),
            ("guardian", "Guardian"),
            ("agent", "Agent with a power of attorney"),
            ("relative", "Close relative of a deceased"),
        ],
        string="Asked by",
        required=True,
        default="self",
    )
    applicant_name = fields.Char(string="Name of who asks", help="Where it is not the person.")
    identity_checked = fields.Boolean(
        string="Identity and authority checked", help="The papers were shown; no copy is kept."
    )
    text = fields.Text(string="What is asked")
    answer = fields.Text(string="What was done")
    refusal_reason = fields.Text(
        string="Reasons of the refusal", help="With the way to complain, as told in writing."
    )
    answered_date = fields.Date(string="Answered on", readonly=True, copy=False, guard=STEP)
    scan_ids = fields.Many2many("ir.attachment", string="Scan of the papers", copy=False)

    _transitions = (
        Transition(
            name="receive",
            source=("draft",),
            target="received",
            guard="_guard_receive",
            after="_after_receive",
            label=_lt("Take the request"),
        ),
        Transition(
            name="grant",
            source=("received",),
            target="granted",
            guard="_guard_grant",
            after="_after_answer",
            label=_lt("Grant"),
        ),
        Transition(
            name="refuse",
            source=("received",),
            target="refused",
            guard="_guard_refuse",
            after="_after_answer",
            label=_lt("Refuse"),
        ),
    )
    _frozen = {
        "received": Frozen(fields=ASKED, rows=frozenset({"ir.attachment"})),
        "granted": Frozen(fields=ASKED | ANSWER, rows=frozenset({"ir.attachment"})),
        "refused": Frozen(fields=ASKED | ANSWER, rows=frozenset({"ir.attachment"})),
    }

    def action_receive(self):
        """Take the request: the clock of the answer starts on the day it came."""
        return self._run_transition("receive")

    def action_grant(self):
        """What was asked has been done, and the person told."""
        return self._run_transition("grant")

    def action_refuse(self):
        """The request is refused in writing, with the reasons and the way to complain."""
        return self._run_transition("refuse")

    def action_print_held(self):
        """:return: action that prints the sheet of the data held (个人信息查阅单)"""
        self.ensure_one()
        report = self.env.ref("township_governance.action_report_personal_data")
        return report._township_print(self)

    def _record(self):
        """:return: the record that this one request is about, empty when none is named"""
        for name in self._owner_fields():
            if self[name]:
                return self[name]
        return self.browse()

    def _frozen_by_owner(self, model_name, operation):
        """A person asks, and is answered, whatever state the record is in; what has been answered
        is frozen by the request's own state."""
        return self.browse()

    @api.constrains("received_date")
    def _check_received_date(self):
        today = self.env["township.calendar.day"]._today()
        for request in self:
            if request.received_date > today:
                raise ValidationError(
                    self.env._(
                        "The request is dated %(date)s, a day still to come: correct the date.",
                        date=request.received_date,
                    )
                )

    @api.depends("kind")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for request in self - self._hidden_rows():
            request.display_name = f"{kinds[request.kind]} #{request.id or ''}"
        return result

    # ------------------------------------------------------------------

    def _guard_receive(self):
        missing = []
        if not self._record():
            missing.append(self.env._("the record it is about"))
        if not self.identity_checked:
            missing.append(self._fields["identity_checked"]._description_string(self.env))
        if self.applicant != "self" and not self.applicant_name:
            missing.append(self._fields["applicant_name"]._description_string(self.env))
        if self.kind == "correct" and not self.text:
            missing.append(self._fields["text"]._description_string(self.env))
        return missing

    def _guard_grant(self):
        return [] if self.answer else [self._fields["answer"]._description_string(self.env)]

    def _guard_refuse(self):
        if self.refusal_reason:
            return []
        return [self._fields["refusal_reason"]._description_string(self.env)]

    def _after_receive(self):
        Rule = self.env["township.deadline.rule"]
        for (company, day), requests in self.grouped(
            lambda request: (request.company_id, request.received_date)
        ).items():
            rule = Rule._of(RULE, company)
            if rule:
                requests._deadline_start(rule, day)

    def _after_answer(self):
        today = self.env["township.calendar.day"]._today()
        self._entering().write({"answered_date": today})
        self._deadline_stop(today)

    def _deadline_users(self, level):
        """Only people of the room the record is in are told."""
        record = self._record()
        if level == 0 and self.user_id.active:
            return self.user_id
        return record._deadline_users(max(level, 1)) if record else self.user_id

    def _home_open_domain(self):
        return [("state", "=", "received")]

    def _home_next_step(self):
        return self._step_label("grant")
