from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import LazyTranslate, format_date

from ..common.mechanism_mixin import Guard
from .correction_subject import ENDED_STATES

_lt = LazyTranslate(__name__)


class TownshipCorrectionProhibition(models.Model):
    """Prohibition order (禁止令) of the court, Criminal Law arts. 38 and 72: its words and its
    dates as in the judgment. Several may hold at once.

    Its end is a day of the person's liberty: it does not roll, and the office records on which
    day the person was told of it.
    """

    _name = "township.correction.prohibition"
    _description = "Prohibition order"
    _inherit = ["township.correction.kept.mixin", "township.decision.mixin"]
    _order = "subject_id, date_from desc, id desc"
    _check_company_auto = True
    _scan_fields = ("decision_scan_ids",)
    _kept_fields = frozenset(
        {
            *("kind", "text", "date_from", "date_to", "ended_date"),
            *("decision_body", "decision_number", "decision_date"),
        }
    )

    kind = fields.Selection(
        [
            ("activity", "Certain activities"),
            ("area", "Certain areas"),
            ("place", "Certain places"),
            ("person", "Certain persons"),
        ],
        string="About",
        required=True,
    )
    text = fields.Text(required=True, help="In the words of the judgment.")
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To", required=True, help="The last day, as in the judgment.")
    ended_date = fields.Date(
        string="End told to the person on",
        copy=False,
        help="Ends the clock: the person knows that the order no longer holds.",
    )
    in_force = fields.Boolean(
        string="Holds today",
        compute="_compute_in_force",
        help="Never after the end of the correction.",
    )
    clock_id = fields.Many2one(
        "township.correction.clock",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
        copy=False,
        guard=Guard(hint=_lt("it follows from the dates of the order.")),
        export_string_translation=False,
    )
    report_ids = fields.One2many(
        "township.correction.prohibition.report", "prohibition_id", string="Reports on the order"
    )
    permit_ids = fields.One2many(
        "township.correction.permit", "prohibition_id", string="Permits", copy=False
    )
    decision_scan_ids = fields.Many2many(relation="township_correction_prohibition_decision_rel")

    _dates = models.Constraint(
        "CHECK(date_to >= date_from)", "A prohibition order ends on its first day or later."
    )

    @api.depends("kind", "date_from", "date_to")
    @api.depends_context("lang")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for order in self - self._hidden_rows():
            order.display_name = self.env._(
                "%(kind)s, %(date_from)s to %(date_to)s",
                kind=kinds.get(order.kind, ""),
                date_from=format_date(self.env, order.date_from),
                date_to=format_date(self.env, order.date_to),
            )
        return result

    @api.depends("date_from", "date_to", "subject_id.state", "subject_id.term_end")
    def _compute_in_force(self):
        today = self.env["township.calendar.day"]._today()
        for order in self:
            dated = order.date_from and order.date_to and order.date_from <= today <= order.date_to
            subject = order.subject_id
            order.in_force = (
                dated and subject.state not in ENDED_STATES and subject._is_bound_on(today)
            )

    @api.constrains("ended_date", "date_to")
    def _check_ended(self):
        today = self.env["township.calendar.day"]._today()
        for order in self:
            ended = order.ended_date
            if ended and not order.date_to <= ended <= today:
                raise ValidationError(
                    self.env._(
                        "The person is told of the end on its last day or after it, and on a "
                        "day that has come."
                    )
                )

    def _kept_rows(self):
        """Until the announcement a slip of the pen is corrected in its place."""
        return self.filtered(lambda order: order.sudo().subject_id._group_stands())

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders._give_clocks()
        return orders

    def write(self, vals):
        result = super().write(vals)
        if "date_to" in vals:
            self._give_clocks()
        if vals.get("ended_date"):
            for order in self:
                order.sudo().clock_id._deadline_stop(order.ended_date)
        return result

    def _give_clocks(self):
        """Each order that has not ended yet has a clock that stands on its last day; one that
        ended before it was entered has none."""
        today = self.env["township.calendar.day"]._today()
        for order in self.filtered(lambda one: not one.ended_date):
            if order.clock_id:
                order.sudo().clock_id._deadline_give(order.date_to)
            elif order.date_to >= today:
                order._entering().clock_id = order.subject_id._start_given_clock(
                    order.date_to, self.env._("Prohibition order ends: tell the person")
                )
