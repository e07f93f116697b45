from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import LazyTranslate, format_date

from ...tools.workflow import Frozen, Transition
from .correction_row_mixin import CORRECTION

_lt = LazyTranslate(__name__)

# Community Corrections Law art. 34; printed, so in Chinese. The office writes another where it
# has one.
COMPLAINT = (
    "对决定有异议的，可以向作出决定的机构提出；认为合法权益受到侵害的，"
    "可以向人民检察院或者有关机关申诉、控告。"
)
APPLICATION = (
    *("kind", "prohibition_id", "applied_date", "reason", "target", "date_from", "date_to"),
    *("hours", "opinion", "opinion_date"),
)
ANSWER = (
    *("decision_body", "decision_number", "decision_date", "refusal_reason", "complaint_way"),
)


class TownshipCorrectionPermit(models.Model):
    """Permit to enter a place, to receive a visit or to meet somebody, which a prohibition order
    or the rules on visits (COR-55, COR-56) ask for: the person applies, the office gives its
    opinion, the county body decides, and its paper is recorded here."""

    _name = "township.correction.permit"
    _description = "Special permit"
    _inherit = ["township.correction.step.mixin", "township.decision.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True
    _scan_fields = ("decision_scan_ids",)

    state = fields.Selection(
        [
            ("draft", "Applied for"),
            ("submitted", "With the county body"),
            ("approved", "Permitted"),
            ("refused", "Not permitted"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
    )
    kind = fields.Selection(
        [
            ("enter", "Enter an area or a place"),
            ("visit", "Receive visitors"),
            ("contact", "Meet a person"),
        ],
        string="To do what",
        required=True,
        default="enter",
    )
    prohibition_id = fields.Many2one(
        "township.correction.prohibition",
        string="Prohibition order",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('subject_id', '=', subject_id)]",
        help="From which it makes an exception.",
    )
    applied_date = fields.Date(
        string="Applied on",
        required=True,
        default=lambda self: self.env["township.calendar.day"]._today(),
    )
    reason = fields.Text(string="Reason of the person")
    target = fields.Char(
        string="Place or person", help="As the person describes it: what the permit names."
    )
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="To")
    hours = fields.Char(string="Hours of the day", help="Where the permit names them.")
    opinion = fields.Text(string="Opinion of the office")
    opinion_date = fields.Date(string="Opinion given on")
    refusal_reason = fields.Text(string="Reasons of the refusal")
    complaint_way = fields.Text(string="Way to complain", default=COMPLAINT)
    decision_body = fields.Char(
        default=lambda self: self.env.company.sudo().township_correction_body
    )
    decision_scan_ids = fields.Many2many(relation="township_correction_permit_decision_rel")

    _dates = models.Constraint(
        "CHECK(date_to >= date_from)", "A permit ends on its first day or later."
    )

    _transitions = (
        Transition(
            name="submit",
            source=("draft",),
            target="submitted",
            groups=CORRECTION,
            guard="_guard_submit",
            label=_lt("Submit to the county body"),
        ),
        Transition(
            name="approve",
            source=("submitted",),
            target="approved",
            groups=CORRECTION,
            guard="_missing_decision",
            label=_lt("Record the permit"),
        ),
        Transition(
            name="refuse",
            source=("submitted",),
            target="refused",
            groups=CORRECTION,
            guard=("_missing_decision", "_guard_refuse"),
            label=_lt("Record the refusal"),
        ),
        Transition(
            name="withdraw",
            source=("draft", "submitted"),
            target="withdrawn",
            groups=CORRECTION,
            label=_lt("Withdrawn by the person"),
        ),
    )
    _frozen = {
        "submitted": Frozen(
            fields=frozenset(APPLICATION),
            rows=frozenset({"ir.attachment"}),
        ),
        **dict.fromkeys(
            ("approved", "refused", "withdrawn"),
            Frozen(
                fields=frozenset({*APPLICATION, *ANSWER}),
                rows=frozenset({"ir.attachment"}),
            ),
        ),
    }

    @api.depends("kind", "subject_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for permit in self - self._hidden_rows():
            permit.display_name = f"{kinds.get(permit.kind, '')} {permit.subject_id.display_name}"
        return result

    @api.constrains("prohibition_id", "subject_id", "date_from", "date_to")
    def _check_prohibition(self):
        """An exception from an order is one while it holds, and of the same person."""
        for permit in self.sudo().filtered("prohibition_id"):
            order = permit.prohibition_id
            if order.subject_id != permit.subject_id:
                raise ValidationError(self.env._("The prohibition order is one of another person."))
            days = [day for day in (permit.date_from, permit.date_to) if day]
            if any(not order.date_from <= day <= order.date_to for day in days):
                raise ValidationError(
                    self.env._(
                        "The prohibition order holds from %(date_from)s to %(date_to)s; a permit "
                        "outside of it is not needed.",
                        date_from=format_date(self.env, order.date_from),
                        date_to=format_date(self.env, order.date_to),
                    )
                )

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_submit(self):
        """The application goes to the county body with the office's opinion."""
        return self._run_transition("submit")

    def action_approve(self):
        """Record that the county body permitted it: its paper is there."""
        return self._run_transition("approve")

    def action_refuse(self):
        """Record that the county body refused it, why, and how the person may complain."""
        return self._run_transition("refuse")

    def action_withdraw(self):
        """The person no longer asks for it."""
        return self._run_transition("withdraw")

    def _guard_submit(self):
        wanted = ["reason", "target", "date_from", "date_to", "opinion", "opinion_date"]
        if self.kind == "enter":
            wanted.append("prohibition_id")
        return self._missing_fields(*wanted)

    def _guard_refuse(self):
        return self._missing_fields("refusal_reason", "complaint_way")
