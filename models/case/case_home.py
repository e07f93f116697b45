from odoo import models
from odoo.fields import Domain

from .case import OPEN_STATES

# What the office does next, by state.
NEXT_STEPS = {
    "draft": "register",
    "registered": "assign",
    "assigned": "handle",
    "handling": "close",
    "closed": "archive_file",
}


class TownshipCase(models.Model):
    """What a case shows on the home screen."""

    _inherit = "township.case"

    def _home_open_domain(self):
        return [("state", "in", list(OPEN_STATES))]

    def _home_mine_domain(self):
        """Those I handle or mediate. Who is no officer also follows the own reports, and answers
        for what the own unit is responsible for."""
        user = self.env.user
        terms = [Domain("user_id", "=", user.id)]
        # sudo: the user's own entries, and their ids alone
        mediators = self.env["township.mediator"].sudo().search([("user_id", "=", user.id)])
        if mediators:
            terms.append(Domain("mediator_id", "in", mediators.ids))
        if not user.has_group("township_governance.group_officer"):
            terms.append(Domain("reporter_id", "=", user.id))
            units = self.env["township.unit"].sudo()
            units = units.search(["|", ("leader_id", "=", user.id), ("user_ids", "in", user.ids)])
            if units:
                terms.append(Domain("unit_id", "in", units.ids))
        return Domain.OR(terms)

    def _home_tile_domains(self):
        pending = [("settlement_state", "=", "pending")]
        drafts = [("state", "=", "draft"), ("reporter_id", "=", self.env.uid)]
        # Anybody who may see it may deal with it: none is "mine" by handler.
        tiles = {"to_confirm": (pending, False), "my_drafts": (drafts, False)}
        if self.env.user.has_group("township_governance.group_officer"):
            tiles["to_assign"] = (self._unassigned_domain(), False)
        return tiles

    def _home_title(self):
        self.ensure_one()
        return self.name or self.env._("Case without title")

    def _home_kind(self):
        self.ensure_one()
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]

    def _home_next_step(self):
        self.ensure_one()
        if self.settlement_state == "pending":
            return self._step_label("confirm_settlement")
        if self.kind == "petition" and self.state == "registered" and not self.date_accepted:
            return self._step_label("accept")
        step = NEXT_STEPS.get(self.state)
        return self._step_label(step) if step else ""

    def _reminded_user(self):
        """:return: ``res.users`` a reminder (催办) goes to: the leader of the unit it was
        referred to, else the handler, else the director; nobody of the unit an accusation is
        about (PET-23)"""
        self.ensure_one()
        leader = self.unit_referred and self.unit_id.leader_id and self._deadline_users(1)
        return (leader or self._deadline_users(0))[:1]
