from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.scoring import decimal, points, rate
from .assessment_round import MONTHS, PARTS


class TownshipLetter(models.Model):
    """What a unit's head does with the own letter while it is in force: see where the unit stands
    now, and write the self-report."""

    _inherit = "township.letter"

    assessment_ids = fields.One2many("township.assessment", "letter_id", string="Assessments")

    def _current_period(self):
        """:return: ``tuple`` of first day and today, within the current period of the letter"""
        today = self.env["township.calendar.day"]._today()
        months = MONTHS // PARTS[self.period]
        day = min(max(today, self.date_from), self.date_to)
        first = date(day.year, (day.month - 1) // months * months + 1, 1)
        return first, min(today, first + relativedelta(months=months, days=-1))

    def _current_figures(self):
        """Figures of the computed items of this one letter against their targets, now.

        :return: ``dict`` ``township.letter.line`` (sudo) -> ``Figure``
        """
        self.ensure_one().check_access("read")
        return self._figures(*self._current_period())

    def action_current_figures(self):
        """:return: action that shows them"""
        rows = self.env["township.letter.figure"].sudo()
        values = []
        for line, figure in self._current_figures().items():
            value = rate(figure.numerator, figure.denominator)
            gained = points(line._item(), figure.numerator, figure.denominator)
            values.append(
                {
                    "letter_line_id": line.id,
                    "value": float(value or 0),
                    "reached": gained == decimal(line.weight),
                    **figure._asdict(),
                }
            )
        rows = rows.create(values)
        first, last = self._current_period()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._(
                "%(letter)s: %(first)s to %(last)s",
                letter=self.display_name,
                first=first,
                last=last,
            ),
            "res_model": rows._name,
            "view_mode": "list",
            "domain": [("id", "in", rows.ids)],
        }

    def action_self_report(self):
        """Open the self-report of the assessment that is under way, for the head of the unit.

        :raise UserError: none is under way, or the user is not its head
        """
        self.ensure_one().check_access("read")
        current = self.sudo().assessment_ids.filtered(lambda one: one.state == "open")[:1]
        if not current or self.env.user not in current._heads():
            raise UserError(
                self.env._("The head of the unit reports while an assessment is under way.")
            )
        reports = self.env["township.assessment.report"].sudo()
        report = reports.search([("assessment_id", "=", current.id)]) or reports.create(
            {"assessment_id": current.id}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Self-report"),
            "res_model": report._name,
            "res_id": report.id,
            "view_mode": "form",
        }
