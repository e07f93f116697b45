from datetime import timedelta

from odoo import api, models


class TownshipDeadlineMixin(models.AbstractModel):
    """The life of a clock (期限): it starts by a rule or with a given date, pauses, counts on, is
    extended, and ends for good."""

    _inherit = "township.deadline.mixin"

    @api.model
    def _deadline_start_vals(self, rule, start):
        """Values of a clock that starts.

        :param rule: one ``township.deadline.rule``
        :param date start: day of the event
        :return: ``dict`` for ``create`` or ``write``
        """
        deadline = rule._deadline(start)
        return {
            "deadline_rule_id": rule.id,
            "deadline_start_date": start,
            **self._deadline_date_vals(deadline, rule.remind_days),
        }

    @api.model
    def _deadline_date_vals(self, deadline, remind_days):
        """:return: ``dict`` of the deadline and its reminder"""
        return {
            "deadline_date": deadline,
            "deadline_remind_date": deadline - timedelta(days=remind_days),
        }

    def _deadline_given_vals(self, day, rule=None):
        """Values of a clock whose last day is given: by an order, an agreement, a judgement.

        :param date day: the last day still in time, as it is: a given date never moves
        :param rule: ``township.deadline.rule`` whose reminder and escalation hold, or ``None``
            for the township's own settings
        :return: ``dict`` for ``create`` or ``write``
        """
        remind = rule.remind_days if rule else self.company_id.sudo().township_remind_days
        return {
            "deadline_rule_id": rule.id if rule else False,
            "deadline_start_date": self.env["township.calendar.day"]._today(),
            **self._deadline_date_vals(day, remind),
        }

    def _deadline_give(self, day, rule=None):
        """Set the given last day of these records, of one township; see
        :meth:`_deadline_given_vals`."""
        self.sudo().write(self._deadline_fresh_vals() | self._deadline_given_vals(day, rule))

    @api.model
    def _deadline_fresh_vals(self):
        """:return: ``dict`` of a clock on which nothing has happened yet"""
        return {
            "deadline_done_date": False,
            "deadline_suspended_date": False,
            "overdue_flag_date": False,
            "escalation_level": 0,
        }

    def _deadline_remind_days(self):
        """:return: ``int`` of the rule, or of the township for a given date without one"""
        rule = self.deadline_rule_id.sudo()
        return rule.remind_days if rule else self.company_id.sudo().township_remind_days

    def _deadline_escalate_days(self):
        """:return: ``int``, as :meth:`_deadline_remind_days`; 0: nobody further is told"""
        rule = self.deadline_rule_id.sudo()
        return rule.escalate_days if rule else self.company_id.sudo().township_escalate_days

    def _deadline_start(self, rule, start):
        """Start the clock of all records of ``self`` on the same day (see
        :meth:`_deadline_start_vals`)."""
        self.sudo().write(self._deadline_fresh_vals() | self._deadline_start_vals(rule, start))

    def _deadline_stop(self, day):
        """End the clocks for good; one that has ended keeps its first day. The days a clock was
        suspended do not count, so a suspended one is resumed first.

        :param date day: the day the duty was done
        """
        running = self.sudo().filtered(lambda record: not record.deadline_done_date)
        running._deadline_resume(day)
        running.write({"deadline_done_date": day})

    def _deadline_suspend(self, day):
        """Stop counting from ``day`` on (中止计算, MED-61); ended clocks are left alone."""
        self.sudo().filtered(
            lambda record: not record.deadline_done_date and not record.deadline_suspended_date
        ).write({"deadline_suspended_date": day})

    def _deadline_resume(self, day):
        """Count on from ``day``: each deadline moves by the days it was suspended.

        :param date day: first day that counts again
        """
        calendar = self.env["township.calendar.day"]
        for record in self.sudo().filtered("deadline_suspended_date"):
            if not record.deadline_date:
                record.deadline_suspended_date = False
                continue
            pause = day - record.deadline_suspended_date
            deadline = record.deadline_date + max(pause, timedelta())
            if record.deadline_rule_id.sudo().roll_to_working_day:
                deadline = calendar._next_working_day(deadline)
            record.write(
                {
                    "deadline_suspended_date": False,
                    **record._deadline_date_vals(deadline, record._deadline_remind_days()),
                    **record._deadline_clear_flag_vals(deadline),
                }
            )

    def _deadline_extend(self, deadline):
        """Move the last day (延期). Flag and level are cleared; the history stays in the log.

        :param date deadline: the new last day still in time
        """
        for record in self.sudo().filtered(lambda record: not record.deadline_done_date):
            record.write(
                {
                    **record._deadline_date_vals(deadline, record._deadline_remind_days()),
                    **record._deadline_clear_flag_vals(deadline),
                }
            )

    def _deadline_clear_flag_vals(self, deadline):
        """:return: ``dict`` that takes the flag away when the new date is not over yet"""
        if deadline < self.env["township.calendar.day"]._today():
            return {}
        return {"overdue_flag_date": False, "escalation_level": 0}
