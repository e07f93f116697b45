from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import LazyTranslate

from ...tools.workflow import Frozen, Transition
from .correction_row_mixin import CORRECTION
from .correction_search import PAPER

_lt = LazyTranslate(__name__)

SHUT = Frozen(
    fields=PAPER | {"device_id", "facts", "date_from", "date_until"},
    rows=frozenset({"ir.attachment"}),
)


class TownshipCorrectionDeviceExtension(models.Model):
    """Extension of an electronic positioning authorisation: approved anew, at most three months,
    from the day after the last one (Community Corrections Law art. 29)."""

    _name = "township.correction.device.extension"
    _description = "Extension of electronic positioning"
    _inherit = [
        "township.row.mixin",
        "township.workflow.mixin",
        "township.decision.mixin",
        "township.secrecy.mixin",
        "mail.thread",
    ]
    _owner_field = "device_id"
    _scan_fields = ("decision_scan_ids",)
    _order = "device_id, date_from, id"
    _access_logged = True
    _mail_post_access = "read"
    _check_company_auto = True

    device_id = fields.Many2one(
        "township.correction.device",
        string="Electronic positioning authorisation",
        required=True,
        ondelete="cascade",
        index=True,
        check_company=True,
    )
    subject_id = fields.Many2one(related="device_id.subject_id")
    company_id = fields.Many2one(
        related="device_id.company_id", store=True, index=True, precompute=True
    )
    state = fields.Selection(
        [
            ("draft", "Being applied for"),
            ("approved", "Approved"),
            ("refused", "Not approved"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    facts = fields.Text(string="Why it is still needed")
    date_from = fields.Date(
        string="Extended from",
        compute="_compute_date_from",
        store=True,
        precompute=True,
        help="The day after the last one authorised.",
    )
    date_until = fields.Date(string="Extended until", required=True)
    decision_scan_ids = fields.Many2many(relation="township_correction_device_ext_decision_rel")

    _transitions = (
        Transition(
            name="approve",
            source=("draft",),
            target="approved",
            groups=CORRECTION,
            guard="_guard_approve",
            after="_after_approve",
            label=_lt("Record the approval"),
        ),
        Transition(
            name="refuse",
            source=("draft",),
            target="refused",
            groups=CORRECTION,
            guard="_missing_decision",
            label=_lt("Record that it was not approved"),
        ),
    )
    _frozen = {"approved": SHUT, "refused": SHUT}

    @api.depends("device_id")
    def _compute_date_from(self):
        for extension in self:
            last = extension.device_id._authorised_until()
            extension.date_from = last and last + timedelta(days=1)

    @api.depends("date_from", "date_until")
    @api.depends_context("uid")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for extension in self - self._hidden_rows():
            extension.display_name = f"{extension.date_from or ''} – {extension.date_until or ''}"
        return result

    def _access_log_label(self):
        """:return: ``str`` without personal data"""
        return f"#{self.id}"

    @api.constrains("date_until", "date_from")
    def _check_limit(self):
        for extension in self:
            extension.device_id._check_period(extension.date_from, extension.date_until)

    def _frozen_rows(self, operation):
        """States freeze by field."""
        if operation != "write":
            return super()._frozen_rows(operation)
        return (
            super()._frozen_rows(operation).filtered(lambda extension: extension.state != "draft")
        )

    def action_approve(self):
        """The approval of the head of the county justice administration is recorded."""
        return self._run_transition("approve")

    def action_refuse(self):
        """The paper by which it was not approved is recorded: the device comes off in time."""
        return self._run_transition("refuse")

    def _guard_approve(self):
        lacking = self._missing_fields("facts", "date_from")
        if self.device_id.state != "in_use":
            lacking.append(self.env._("a device that is in use"))
        if self.date_from and self.decision_date and self.decision_date >= self.date_from:
            # worn without an approval in between, it takes a new authorisation
            lacking.append(self.env._("an approval dated before the use so far ended"))
        return lacking + self._missing_decision()

    def _after_approve(self):
        """:raise ValidationError: another extension was approved for these days"""
        for extension in self:
            others = extension.device_id.extension_ids - extension
            if any(
                other.state == "approved" and other.date_until >= extension.date_from
                for other in others
            ):
                raise ValidationError(
                    self.env._("These days have been extended by another approval already.")
                )
        self.device_id._renew_clock()
