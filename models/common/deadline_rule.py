from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

DAYS_IN_WEEK = 7
# Civil Code period counting knows no calendar for "half a month": practice takes 15 days.
DAYS_IN_HALF_MONTH = 15


class TownshipDeadlineRule(models.Model):
    """Deadline rule (期限规则): how long an office may take, counted from which event.

    Every number of law or local rule is a record of this model, so that a township edits
    its own limits. Counting follows the Civil Code arts. 200-204: the first day is not
    counted, a last day that is no working day moves on, months end on the same day number
    or on the month's last day.
    """

    _name = "township.deadline.rule"
    _description = "Deadline rule"
    _inherit = ["township.mechanism.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(string="Rule name", required=True, translate=True)
    code = fields.Char(required=True, index=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    number = fields.Integer(string="Length", required=True)
    unit = fields.Selection(
        [
            ("day", "Calendar days"),
            ("working_day", "Working days"),
            ("week", "Weeks"),
            ("half_month", "Half months"),
            ("month", "Months"),
            ("year", "Years"),
        ],
        string="Counted in",
        required=True,
        default="day",
    )
    start_event = fields.Selection(
        [("received", "Received"), ("accepted", "Accepted"), ("other", "Other event")],
        required=True,
        default="accepted",
        help="The event whose day the clock starts from; that day itself is not counted.",
    )
    basis = fields.Char(translate=True, help="Article of law, standard or local document.")
    source = fields.Selection(
        [
            ("law", "Legal limit"),
            ("standard", "Standard limit"),
            ("local", "Local limit"),
        ],
        string="Kind of limit",
        required=True,
        default="local",
    )
    roll_to_working_day = fields.Boolean(
        string="Move to next working day",
        default=True,
        help="Switch off for terms of sentence, release days, leave returns and device limits.",
    )
    remind_days = fields.Integer(string="Remind before (days)", default=3)
    escalate_days = fields.Integer(
        string="Escalate after (days)",
        default=3,
        help="Days overdue after which the next level is told; 0 tells nobody further.",
    )
    extension = fields.Selection(
        [
            ("agreement", "Agreed by both parties"),
            ("approval", "Approved by the director"),
            ("none", "No extension"),
        ],
        default="agreement",
        required=True,
    )
    extension_max_days = fields.Integer(
        string="Extension at most (days)", help="0: no limit of its own."
    )
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Empty: for every township. A township's own rule wins over the shared one.",
    )

    _code_company_unique = models.UniqueIndex(
        "(code, company_id) NULLS NOT DISTINCT",
        "This township has a deadline rule with this code already.",
    )
    _number_positive = models.Constraint(
        "CHECK(number > 0 AND remind_days >= 0 AND escalate_days >= 0)",
        "A deadline needs a positive length; days of reminder and escalation cannot be negative.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "escalate_days" in vals:
            self.env["township.deadline.flag"]._reschedule([("deadline_rule_id", "in", self.ids)])
        return result

    # ------------------------------------------------------------------
    # Look-up
    # ------------------------------------------------------------------

    @api.model
    def _own_first(self, domain, company):
        """The rules that hold for a township: its own wins over the shared one of the same code.

        :param domain: further conditions
        :param company: ``res.company`` record
        :return: ``township.deadline.rule`` records, one per code
        """
        rules = self.sudo().search(
            [*domain, ("company_id", "in", (company.id, False))], order="company_id, sequence, id"
        )
        by_code = {}
        for rule in rules:
            by_code.setdefault(rule.code, rule)
        return self.sudo().union(*by_code.values())

    @api.model
    def _of(self, code, company):
        """:return: the one rule of that code for a township, as :meth:`_own_first`, maybe empty"""
        return self._own_first([("code", "=", code)], company)

    # ------------------------------------------------------------------
    # Counting
    # ------------------------------------------------------------------

    def _deadline(self, start):
        """:param date start: day of the event, itself not counted
        :return: ``date``, the last day still in time"""
        self.ensure_one()
        calendar = self.env["township.calendar.day"]
        if self.unit == "working_day":
            return calendar._add_working_days(start, self.number)
        last = start + self._length()
        return calendar._next_working_day(last) if self.roll_to_working_day else last

    def _length(self):
        """:return: ``timedelta`` or ``relativedelta`` of the rule's number and unit"""
        if self.unit == "month":
            return relativedelta(months=self.number)
        if self.unit == "year":
            return relativedelta(years=self.number)
        days = {"day": 1, "week": DAYS_IN_WEEK, "half_month": DAYS_IN_HALF_MONTH}
        return timedelta(days=self.number * days[self.unit])
