from odoo import api, fields, models

# What an owner shows of the clock that governs it.
SHOWN_OF_CLOCK = (
    "deadline_start_date",
    "deadline_date",
    "deadline_remind_date",
    "deadline_done_date",
    "deadline_suspended_date",
    "overdue_flag_date",
    "escalation_level",
    "deadline_muted",
)


class TownshipDeadlineOwnerMixin(models.AbstractModel):
    """Record that runs several clocks (办理期限): each duty has its own row, the owner shows the
    earliest still running. They follow from the rules and the dates; nobody types them::

        _inherit = ["township.deadline.owner.mixin"]
        _clock_events = {"received": "date_received"}
        clock_ids = fields.One2many("township.visit.clock", "visit_id")

    The clock model inherits ``township.clock.mixin``. Which rules hold for a record is said by
    :meth:`_clock_rules_domain` and :meth:`_clock_rules`; whether its duties are still open, for
    what comes in by import or is corrected, by :meth:`_clock_open` and :meth:`_clock_end`.
    """

    _name = "township.deadline.owner.mixin"
    _description = "Owner of several clocks"
    _inherit = ["township.deadline.mixin"]

    _deadline_clock_field = "clock_ids"
    _deadline_extension_field = "extension_ids"
    # ``start_event`` of the rules -> date field of the owner
    _clock_events = {}

    deadline_start_date = fields.Date(compute="_compute_deadline", store=True)
    deadline_date = fields.Date(compute="_compute_deadline", store=True)
    deadline_remind_date = fields.Date(compute="_compute_deadline", store=True)
    deadline_done_date = fields.Date(compute="_compute_deadline", store=True)
    deadline_suspended_date = fields.Date(compute="_compute_deadline", store=True)
    overdue_flag_date = fields.Date(compute="_compute_deadline", store=True)
    escalation_level = fields.Integer(compute="_compute_deadline", store=True)
    deadline_muted = fields.Boolean(compute="_compute_deadline", store=True)

    def _extensions(self):
        """:return: ``list`` of this record's extensions"""
        name = self._deadline_extension_field
        return list(self[name]) if name in self._fields else []

    @property
    def _clocks(self):
        """The clocks of these records."""
        return self[self._deadline_clock_field]

    @api.depends(lambda self: self._deadline_depends())
    def _compute_deadline(self):
        for owner in self:
            clock = owner._governing_clock()
            for name in SHOWN_OF_CLOCK:
                owner[name] = (clock or owner)[name]

    @api.model
    def _deadline_depends(self):
        clocks = self._deadline_clock_field
        return [f"{clocks}.{name}" for name in SHOWN_OF_CLOCK] if clocks in self._fields else []

    def _governing_clock(self):
        """:return: the clock whose date is the owner's: the earliest still running; when all
        have ended, the earliest of those that ended last"""
        clocks = self._clocks
        running = clocks.filtered(lambda clock: not clock.deadline_done_date)
        if running:
            counting = running.filtered(lambda clock: not clock.deadline_suspended_date)
            clocks = counting or running
        elif clocks:
            last = max(clocks.mapped("deadline_done_date"))
            clocks = clocks.filtered(lambda clock: clock.deadline_done_date == last)
        return clocks.sorted(lambda clock: (clock.deadline_date, clock.id))[:1]

    # ------------------------------------------------------------------
    # Which clocks; extended per model
    # ------------------------------------------------------------------

    @api.model
    def _clock_rules_domain(self):
        """:return: ``list`` of conditions: the rules that are about this model"""
        return [("id", "in", [])]

    def _clock_rules(self, rules, event):
        """:param rules: ``township.deadline.rule`` records of :meth:`_clock_rules_domain`
        :param str event: key of ``_clock_events``
        :return: those that hold for this one record"""
        return rules.filtered(lambda rule: rule.start_event == event)

    def _clock_open(self):
        """:return: of these records those whose duties may still be open"""
        return self

    def _clock_end(self):
        """:return: ``date`` on which this one record's duties ended, or ``False``"""
        return False

    # ------------------------------------------------------------------
    # Start, stop, change
    # ------------------------------------------------------------------

    def _clock_vals(self, events):
        """Values of the clocks these records should run.

        :param events: iterable of keys of ``_clock_events``
        :return: ``dict`` record -> ``list`` of ``dict`` for the clock model
        """
        Rule = self.env["township.deadline.rule"]
        domain = self._clock_rules_domain()
        rules = {company: Rule._own_first(domain, company) for company in self.company_id}
        counted = {}  # the same rule on the same day is counted once
        result = {}
        for owner in self:
            result[owner] = []
            for event in events:
                start = owner[self._clock_events[event]]
                for rule in start and owner._clock_rules(rules[owner.company_id], event) or ():
                    vals = counted.get((rule, start))
                    if vals is None:
                        vals = counted[rule, start] = self._deadline_start_vals(rule, start)
                    result[owner].append({**vals, **owner._clock_owner_vals()})
        return result

    def _clock_owner_vals(self):
        """:return: ``dict`` of what a clock knows of its owner"""
        return {
            self._clocks._owner_field: self.id,
            "company_id": self.company_id.id,
            "date_received": self[self._deadline_received_field],
            "history": self.history,
            "deadline_muted": self.history,
        }

    def _start_clocks(self, *events):
        """Start the clocks of events for all records of ``self``, in one batch.

        :param events: keys of ``_clock_events``
        :return: the created clocks
        """
        vals_list = [vals for rows in self._clock_vals(events).values() for vals in rows]
        return self._clocks.browse().sudo().create(vals_list)

    def _start_given_clock(self, day, name, rule=None):
        """A date given by an order, an agreement or a judgement is a deadline too.

        :param date day: the last day still in time
        :param str name: what is due
        :param rule: ``township.deadline.rule`` whose reminder and escalation hold; without one
            the township's own settings do
        :return: one new clock per record
        """
        Clock = self._clocks.browse().sudo()
        return Clock.create(
            [
                {
                    "name": name,
                    **owner._deadline_given_vals(day, rule),
                    **owner._clock_owner_vals(),
                }
                for owner in self
            ]
        )

    def _stop_clocks(self, day, event=None, codes=()):
        """End the clocks of these records for good.

        :param date day: the day the duty was done
        :param str event: only the clocks that this event started
        :param codes: only the clocks of the rules of these codes
        """
        clocks = self.sudo()._clocks
        if event:
            clocks = clocks.filtered(lambda clock: clock.deadline_rule_id.start_event == event)
        if codes:
            clocks = clocks.filtered(lambda clock: clock.deadline_rule_id.code in codes)
        clocks._deadline_stop(day)

    def _refresh_clocks(self):
        """After a corrected fact: running clocks of a rule that no longer fit are replaced. What
        was agreed or suspended holds for the new ones too; given dates stay."""
        owners = self.sudo()._clock_open().filtered(lambda owner: owner._clocks)
        vals_list, outdated = [], owners._clocks.browse()
        for owner, rows in owners._clock_vals(self._clock_events).items():
            gone, new = owner._outdated_clocks(rows)
            outdated += gone
            vals_list += new
        suspended = outdated.filtered("deadline_suspended_date")
        since = {clock._owner(): clock.deadline_suspended_date for clock in suspended}
        outdated.unlink()
        outdated.browse().create(vals_list)._take_over(since)

    def _outdated_clocks(self, rows):
        """:param rows: ``list`` of values of the clocks this record should run
        :return: ``tuple`` of its running clocks that are none of them, and the values of those
            that are new"""

        def key(rule_id, start):
            return rule_id, start

        clocks = self._clocks.filtered("deadline_rule_id").filtered("deadline_start_date")
        running = clocks.filtered(lambda clock: not clock.deadline_done_date)
        wanted = {key(row["deadline_rule_id"], row["deadline_start_date"]) for row in rows}
        known = {key(clock.deadline_rule_id.id, clock.deadline_start_date) for clock in clocks}
        done = set((clocks - running).deadline_rule_id.ids)
        gone = running.filtered(
            lambda clock: key(clock.deadline_rule_id.id, clock.deadline_start_date) not in wanted
        )
        new = [
            row
            for row in rows
            if key(row["deadline_rule_id"], row["deadline_start_date"]) not in known
            and row["deadline_rule_id"] not in done
        ]
        return gone, new

    def _imported(self, history):
        """Clocks of what a ledger brought, in one batch; those of a record that has ended are
        ended with it. One that ended on an unknown day gets none: whether it was in time is
        unknown."""
        result = super()._imported(history)
        owners = self.sudo()
        is_open = owners._clock_open()
        dated = owners.filtered(lambda owner: owner in is_open or owner._clock_end())
        vals_list = [
            {**vals, "deadline_done_date": owner not in is_open and owner._clock_end()}
            for owner, rows in dated._clock_vals(self._clock_events).items()
            for vals in rows
        ]
        owners._clocks.browse().create(vals_list)
        return result

    @api.model
    def _lacking_parts(self):
        lacking = super()._lacking_parts()
        field = self._fields.get(self._deadline_clock_field)
        if field is None or field.type != "one2many":
            lacking.append(f"a one2many {self._deadline_clock_field} to its clocks")
        names = {*self._clock_events.values(), self._deadline_received_field}
        return lacking + [f"the date {name}" for name in sorted(names - self._fields.keys())]
