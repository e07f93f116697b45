from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import LazyTranslate

from ...tools.workflow import Frozen, Transition
from .correction_row_mixin import CORRECTION
from .correction_search import PAPER

_lt = LazyTranslate(__name__)

WORN = ("in_use", "ending")
LIMIT_RULE = "correction_device"
SOON_DAYS = 7
AUTHORISATION = frozenset({"subject_id", "ground", "facts", "date_from", "date_until"})
EARLY = frozenset({"not_needed_date", "not_needed_by", "not_needed_reason"})
ROWS = frozenset({"ir.attachment", "township.delivery"})
EXTENDED = ROWS | {"township.correction.device.extension"}


class TownshipCorrectionDevice(models.Model):
    """Authorisation of electronic positioning (电子定位装置使用审批), Community Corrections Law
    art. 29: on one of five grounds, approved by the head of the county justice administration, for
    at most three months, each extension approved anew, ended early when it is not needed.

    It is the authorisation and nothing else: no position is kept, no field could hold one. The
    device is a dedicated one such as a wristband, not a mobile phone (COR-71).
    """

    _name = "township.correction.device"
    _description = "Electronic positioning authorisation"
    _inherit = ["township.correction.act.mixin", "township.decision.mixin"]
    _scan_fields = ("decision_scan_ids",)
    _ended = ("taken_off", "refused")

    state = fields.Selection(
        [
            ("draft", "Being applied for"),
            ("in_use", "In use"),
            ("ending", "To be taken off"),
            ("taken_off", "Taken off"),
            ("refused", "Not approved"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
    )
    ground = fields.Selection(
        [
            ("prohibition", "Broke a prohibition order (art. 29, 1)"),
            ("absence", "Left the county without approval and reason (art. 29, 2)"),
            ("reporting", "Refused to report and was warned (art. 29, 3)"),
            ("penalty", "Got a public-order penalty (art. 29, 4)"),
            ("revocation", "Revocation or return to prison is to be proposed (art. 29, 5)"),
        ],
        required=True,
    )
    facts = fields.Text()
    date_from = fields.Date(string="Authorised from")
    date_until = fields.Date(
        string="Authorised until",
        help="The last day, counted with the first: three months at most.",
    )
    date_end = fields.Date(
        string="Use ends on",
        compute="_compute_date_end",
        help="The last day of the authorisation and its extensions, never after the end of the "
        "term; the day it was no longer needed if that came first.",
    )
    extension_ids = fields.One2many(
        "township.correction.device.extension", "device_id", string="Extensions", copy=False
    )
    not_needed_date = fields.Date(string="No longer needed since")
    not_needed_by = fields.Char(string="Who saw that it is not needed")
    not_needed_reason = fields.Text(string="Why it is no longer needed")
    taken_off_date = fields.Date(string="Taken off on")
    decision_scan_ids = fields.Many2many(relation="township_correction_device_decision_rel")
    delivery_ids = fields.One2many(
        "township.delivery", "device_id", string="Service of documents", copy=False
    )

    _transitions = (
        Transition(
            name="approve",
            source=("draft",),
            target="in_use",
            groups=CORRECTION,
            guard="_guard_approve",
            after=("_renew_clock", "_prepare_delivery"),
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
        Transition(
            name="end_early",
            source=("in_use",),
            target="ending",
            groups=CORRECTION,
            guard="_guard_end_early",
            after="_renew_clock",
            label=_lt("No longer needed"),
        ),
        Transition(
            name="take_off",
            source=WORN,
            target="taken_off",
            groups=CORRECTION,
            guard="_guard_take_off",
            after="_after_take_off",
            label=_lt("Record that it was taken off"),
        ),
    )
    _frozen = {
        "in_use": Frozen(fields=AUTHORISATION | PAPER, rows=EXTENDED),
        "ending": Frozen(fields=AUTHORISATION | PAPER | EARLY, rows=ROWS),
        "taken_off": Frozen(fields=AUTHORISATION | PAPER | EARLY | {"taken_off_date"}, rows=ROWS),
        "refused": Frozen(fields=AUTHORISATION | PAPER | EARLY | {"taken_off_date"}, rows=ROWS),
    }

    # ------------------------------------------------------------------
    # Days
    # ------------------------------------------------------------------

    @api.depends(
        *("date_until", "not_needed_date", "subject_id.term_end"),
        *("extension_ids.date_until", "extension_ids.state"),
        "subject_id.release_ids.deadline_date",
    )
    def _compute_date_end(self):
        for device in self:
            subject = device.subject_id
            days = [device._authorised_until(), device.not_needed_date]
            days += [subject.term_end, subject._bound_until()]
            device.date_end = device.date_until and min(day for day in days if day)

    def _authorised_until(self):
        """:return: ``date``: last day that the county has authorised so far"""
        approved = self.extension_ids.filtered(lambda extension: extension.state == "approved")
        days = [self.date_until, *approved.mapped("date_until")]
        return max(filter(None, days), default=False)

    def _last_day(self, start):
        """:param date start: first day of use
        :return: ``date``: the last day the law allows; the first day counts, nothing rolls"""
        rule = self._rule(LIMIT_RULE)
        return rule._deadline(start) - timedelta(days=1) if rule else False

    def _check_period(self, start, until):
        """:raise ValidationError: longer than the law allows, or after the end of the term"""
        if not start or not until:
            return
        if until < start:
            raise ValidationError(self.env._("The last day of use is not before the first."))
        last = self._last_day(start)
        if last and until > last:
            raise ValidationError(
                self.env._(
                    "Electronic positioning is authorised for at most three months at a time: "
                    "until %(last)s at the latest. A longer use takes a new approval.",
                    last=last,
                )
            )
        term_end = self.subject_id.term_end
        if term_end and until > term_end:
            raise ValidationError(
                self.env._(
                    "The term ends on %(date)s: nobody wears a device after it.", date=term_end
                )
            )

    @api.constrains("date_from", "date_until")
    def _check_limit(self):
        for device in self:
            device._check_period(device.date_from, device.date_until)

    @api.constrains("not_needed_date", "taken_off_date", "date_from")
    def _check_past(self):
        self._check_has_come("not_needed_date", "taken_off_date")
        for device in self:
            for day in filter(None, (device.not_needed_date, device.taken_off_date)):
                if device.date_from and day < device.date_from:
                    raise ValidationError(
                        self.env._(
                            "The day a device is no longer needed or taken off is one of its use."
                        )
                    )

    def _renew_clock(self):
        """The office takes the device off on time: the clock ends on the last day of use."""
        for device in self:
            device._deadline_give(device.date_end, device._rule(LIMIT_RULE) or None)

    def _follow_end(self):
        """The last day in correction has moved: the device comes off with it."""
        self.filtered(lambda device: device.state in WORN).sudo()._renew_clock()

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_approve(self):
        """The approval of the head of the county justice administration is recorded."""
        return self._run_transition("approve")

    def action_refuse(self):
        """The paper by which it was not approved is recorded."""
        return self._run_transition("refuse")

    def action_end_early(self):
        """Somebody saw that it is no longer needed: the device comes off now."""
        return self._run_transition("end_early")

    def action_take_off(self):
        """The device was taken off."""
        return self._run_transition("take_off")

    def _guard_approve(self):
        lacking = self._missing_fields("facts", "date_from", "date_until")
        if self.date_from and self.decision_date and self.date_from < self.decision_date:
            lacking.append(self.env._("a first day of use that is not before the approval"))
        return lacking + self._missing_decision()

    def _guard_end_early(self):
        return self._missing_fields("not_needed_date", "not_needed_by", "not_needed_reason")

    def _guard_take_off(self):
        return self._missing_fields("taken_off_date")

    def _after_take_off(self):
        for device in self:
            device._deadline_stop(device.taken_off_date)

    def _prepare_delivery(self):
        """The person is told of the use in writing: the paper stands ready to be served."""
        self.env["township.delivery"].create(
            [
                {
                    "device_id": device.id,
                    "correction_recipient": "subject",
                    "recipient": device.subject_id.name,
                    "paper": "使用电子定位装置告知书",
                    "paper_number": device.decision_number,
                    "company_id": device.company_id.id,
                }
                for device in self
            ]
        )

    # ------------------------------------------------------------------
    # Home
    # ------------------------------------------------------------------

    def _deadline_label(self):
        return self.env._("Take off the positioning device")

    def _home_open_domain(self):
        return [("state", "in", WORN)]

    def _home_tile_domains(self):
        soon = self._today() + timedelta(days=SOON_DAYS)
        return {"device_due": [("state", "in", WORN), ("deadline_date", "<=", soon)]}

    def _home_next_step(self):
        return self._step_label("take_off")
