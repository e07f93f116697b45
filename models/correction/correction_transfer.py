from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import LazyTranslate

from ...tools.workflow import Frozen, Transition
from ..common.mechanism_mixin import Guard
from .correction_row_mixin import CORRECTION

_lt = LazyTranslate(__name__)

STEP = Guard(hint=_lt("it is set by the buttons of the form."))
SENT = frozenset({"date", "reason", "line_ids", "company_id", "is_minor"})
RECEIPT = frozenset({"decision_body", "decision_number", "decision_date", "decision_scan_ids"})


class TownshipCorrectionTransfer(models.Model):
    """Transfer list of files (档案移交清单): the working files of community corrections go to the
    county's archive at release, move and end, against a receipt (domain 10.14)."""

    _name = "township.correction.transfer"
    _description = "Transfer list of files"
    _inherit = [
        "township.workflow.mixin",
        "township.decision.mixin",
        "township.secrecy.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date desc, id desc"
    _check_company_auto = True
    _scan_fields = ("decision_scan_ids",)

    state = fields.Selection(
        [("draft", "Being listed"), ("sent", "Sent"), ("receipted", "Receipted")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    date = fields.Date(
        string="Listed on",
        required=True,
        default=lambda self: self.env["township.calendar.day"]._today(),
    )
    reason = fields.Selection(
        [("end", "End of correction"), ("relocation", "Change of place"), ("other", "Other")],
        string="Handed over because",
        required=True,
        default="end",
    )
    is_minor = fields.Boolean(
        string="Files of minors", help="Files of minors go on a list of their own."
    )
    user_id = fields.Many2one(
        "res.users", string="Listed by", default=lambda self: self.env.user, readonly=True
    )
    sent_date = fields.Date(string="Sent on", readonly=True, copy=False, guard=STEP)
    line_ids = fields.One2many(
        "township.correction.transfer.line", "transfer_id", string="Files on the list", copy=False
    )
    decision_body = fields.Char(string="Received by")
    decision_number = fields.Char(string="Number of the receipt")
    decision_date = fields.Date(string="Receipted on")
    decision_scan_ids = fields.Many2many(string="Scan of the receipt")

    _transitions = (
        Transition(
            name="send",
            source=("draft",),
            target="sent",
            groups=CORRECTION,
            guard="_guard_send",
            after="_after_send",
            label=_lt("Files sent"),
        ),
        Transition(
            name="take_back",
            source=("sent",),
            target="draft",
            groups=CORRECTION,
            label=_lt("Back to the list"),
        ),
        Transition(
            name="receipt",
            source=("sent",),
            target="receipted",
            groups=CORRECTION,
            guard="_guard_receipt",
            after="_after_receipt",
            label=_lt("Record the receipt"),
        ),
    )
    _frozen = {
        "sent": Frozen(fields=SENT, rows=frozenset({"ir.attachment"})),
        "receipted": Frozen(fields=SENT | RECEIPT),
    }

    @api.depends("date", "reason")
    def _compute_display_name(self):
        reasons = dict(self._fields["reason"]._description_selection(self.env))
        for transfer in self:
            transfer.display_name = f"{reasons.get(transfer.reason, '')} {transfer.date or ''}"

    @api.constrains("is_minor", "line_ids")
    def _check_minors_apart(self):
        """Files of minors are kept and handed over apart (COR-27)."""
        for transfer in self:
            subjects = transfer.sudo().line_ids.subject_id
            if any(subject.is_minor != transfer.is_minor for subject in subjects):
                raise ValidationError(
                    self.env._("Files of minors and of adults are handed over on separate lists.")
                )

    def action_send(self):
        """The files have left for the county's archive."""
        return self._run_transition("send")

    def action_take_back(self):
        """Something on the list was wrong; nothing has been receipted."""
        return self._run_transition("take_back")

    def action_receipt(self):
        """The county has receipted the files: the term of the copies here begins."""
        return self._run_transition("receipt")

    def action_list_waiting(self):
        """Put every ended subject on the list whose file was not handed over yet."""
        self.ensure_one()
        self.check_access("write")
        listed = [("transfer_line_ids.transfer_id", "!=", False)]
        waiting = self.env["township.correction.subject"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "in", ("released", "terminated", "relocated")),
                ("transferred_date", "=", False),
                ("is_minor", "=", self.is_minor),
                "!",
                *listed,
            ]
        )
        self.env["township.correction.transfer.line"].create(
            [{"transfer_id": self.id, "subject_id": subject.id} for subject in waiting]
        )
        return True

    # ------------------------------------------------------------------

    def _guard_send(self):
        missing = [] if self.line_ids else [self.env._("the files")]
        open_ones = self.line_ids.subject_id.filtered(lambda subject: not subject.ended_date)
        return missing + [
            self.env._("the end of %(subject)s", subject=subject.display_name)
            for subject in open_ones
        ]

    def _guard_receipt(self):
        missing = self._guard_send() + self._missing_decision()
        ended = self.line_ids.subject_id.mapped("ended_date")
        if self.decision_date and any(day and day > self.decision_date for day in ended):
            missing.append(self.env._("a receipt dated after the files ended"))
        return missing

    def _after_send(self):
        self._entering().write({"sent_date": self.env["township.calendar.day"]._today()})

    def _after_receipt(self):
        for transfer in self:
            subjects = transfer.line_ids.subject_id
            subjects._hand_over(transfer.decision_date)
            # an old date on the receipt does not bring the anonymising forward
            subjects._start_retention(max(transfer.decision_date, transfer.sent_date))
