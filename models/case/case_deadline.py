from odoo import api, fields, models

from .case import OPEN_STATES

# What a case shows of the clock that governs it.
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


class TownshipCase(models.Model):
    """The clocks of a case (办理期限): each duty has its own, the case shows the earliest still
    running. They follow from the rules and the dates; nobody types them."""

    _inherit = "township.case"

    clock_ids = fields.One2many("township.case.clock", "case_id", string="Clocks", copy=False)
    extension_ids = fields.One2many("township.case.extension", "case_id", string="Extensions")
    suspension_ids = fields.One2many("township.case.suspension", "case_id", string="Suspensions")
    deadline_start_date = fields.Date(compute="_compute_deadline", store=True)
    deadline_date = fields.Date(compute="_compute_deadline", store=True)
    deadline_remind_date = fields.Date(compute="_compute_deadline", store=True)
    deadline_done_date = fields.Date(compute="_compute_deadline", store=True)
    deadline_suspended_date = fields.Date(compute="_compute_deadline", store=True)
    overdue_flag_date = fields.Date(compute="_compute_deadline", store=True)
    escalation_level = fields.Integer(compute="_compute_deadline", store=True)
    deadline_muted = fields.Boolean(compute="_compute_deadline", store=True)

    @api.depends(*(f"clock_ids.{name}" for name in SHOWN_OF_CLOCK))
    def _compute_deadline(self):
        for case in self:
            clock = case._governing_clock()
            for name in SHOWN_OF_CLOCK:
                case[name] = (clock or case)[name]

    def _governing_clock(self):
        """:return: the clock whose date is the case's: the earliest still running; when all
        have ended, the earliest of those that ended last"""
        clocks = self.clock_ids
        running = clocks.filtered(lambda clock: not clock.deadline_done_date)
        if running:
            counting = running.filtered(lambda clock: not clock.deadline_suspended_date)
            clocks = counting or running
        elif clocks:
            last = max(clocks.mapped("deadline_done_date"))
            clocks = clocks.filtered(lambda clock: clock.deadline_done_date == last)
        return clocks.sorted(lambda clock: (clock.deadline_date, clock.id))[:1]

    # ------------------------------------------------------------------
    # Clocks
    # ------------------------------------------------------------------

    def _clock_vals(self, events):
        """Values of the clocks these cases should run.

        :param events: iterable of ``received``, ``accepted``
        :return: ``dict`` case -> ``list`` of ``dict`` for ``township.case.clock``
        """
        Rule = self.env["township.deadline.rule"]
        Clock = self.env["township.case.clock"]
        rules = {
            company: Rule._own_first([("case_kind", "!=", False)], company)
            for company in self.company_id
        }
        started = {}  # the same rule on the same day is counted once
        result = {}
        for case in self:
            result[case] = []
            for event in events:
                start = case[f"date_{event}"]
                for rule in start and rules[case.company_id]._case_rules(case, event) or ():
                    vals = started.get((rule, start))
                    if vals is None:
                        vals = started[rule, start] = Clock._deadline_start_vals(rule, start)
                    result[case].append(
                        {
                            **vals,
                            "case_id": case.id,
                            "company_id": case.company_id.id,
                            "date_received": case.date_received,
                            "deadline_muted": case.history,
                        }
                    )
        return result

    def _start_clocks(self, *events):
        """Start the clocks of one or more events for all cases of ``self``, in one batch.

        :param events: ``received``, ``accepted``
        :return: the created ``township.case.clock`` records
        """
        vals_list = [vals for rows in self._clock_vals(events).values() for vals in rows]
        return self.env["township.case.clock"].sudo().create(vals_list)

    def _stop_clocks(self, day, event=None):
        """End the clocks of these cases for good.

        :param date day: the day the duty was done
        :param str event: only the clocks that this event started
        """
        clocks = self.sudo().clock_ids
        if event:
            clocks = clocks.filtered(lambda clock: clock.deadline_rule_id.start_event == event)
        clocks._deadline_stop(day)

    def _refresh_clocks(self):
        """After a corrected date or difficulty: running clocks that no longer fit are replaced.
        What was agreed or suspended holds for the new ones too."""
        cases = self.sudo().filtered(lambda case: case.state in OPEN_STATES and case.clock_ids)
        wanted = cases._clock_vals(("received", "accepted"))
        vals_list, outdated = [], self.env["township.case.clock"].sudo()
        for case, rows in wanted.items():
            running = case.clock_ids.filtered(lambda clock: not clock.deadline_done_date)
            keys = {(row["deadline_rule_id"], row["deadline_start_date"]) for row in rows}
            known = {
                (clock.deadline_rule_id.id, clock.deadline_start_date) for clock in case.clock_ids
            }
            done_rules = (case.clock_ids - running).deadline_rule_id.ids
            outdated += running.filtered(
                lambda clock, keys=keys: (
                    (clock.deadline_rule_id.id, clock.deadline_start_date) not in keys
                )
            )
            vals_list += [
                row
                for row in rows
                if (row["deadline_rule_id"], row["deadline_start_date"]) not in known
                and row["deadline_rule_id"] not in done_rules
            ]
        suspended = outdated.filtered("deadline_suspended_date")
        since = {clock.case_id: clock.deadline_suspended_date for clock in suspended}
        outdated.unlink()
        clocks = self.env["township.case.clock"].sudo().create(vals_list)
        clocks._take_over(since)

    @api.model
    def _deadline_unmute_domain(self):
        return [("history", "=", False)]

    def _deadline_users(self, level):
        """The leader in charge is told with the unit's leader. The head of a unit the case was
        not referred to is not told, nor anybody of the unit an accusation is about (PET-23)."""
        users = super()._deadline_users(level)
        if not self.unit_referred:
            users -= self.unit_id.sudo().leader_id - self.user_id
            users = users or self.company_id.township_director_id
        if level:
            users |= self.leader_id.filtered("active")
        return users - self._insiders()
