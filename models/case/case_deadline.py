from odoo import fields, models

from .case import OPEN_STATES


class TownshipCase(models.Model):
    """The clocks of a case (办理期限): by its kind and difficulty, from the days it was received
    and accepted."""

    _inherit = "township.case"

    _clock_events = {"received": "date_received", "accepted": "date_accepted"}

    clock_ids = fields.One2many("township.case.clock", "case_id", string="Clocks", copy=False)
    extension_ids = fields.One2many("township.case.extension", "case_id", string="Extensions")
    suspension_ids = fields.One2many("township.case.suspension", "case_id", string="Suspensions")

    def _clock_rules_domain(self):
        return [("case_kind", "!=", False)]

    def _clock_rules(self, rules, event):
        return (
            super()
            ._clock_rules(rules, event)
            .filtered(
                lambda rule: (
                    rule.case_kind == self.kind and rule.case_difficulty in (False, self.difficulty)
                )
            )
        )

    def _clock_open(self):
        return self.filtered(lambda case: case.state in OPEN_STATES)

    def _clock_end(self):
        return self.date_closed

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
