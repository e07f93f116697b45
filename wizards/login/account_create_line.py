import re
from collections import Counter

from odoo import api, fields, models
from odoo.fields import Command

MOBILE = re.compile(r"1[3-9]\d{9}")


class TownshipAccountCreateLine(models.TransientModel):
    """One person who gets an account."""

    _name = "township.account.create.line"
    _description = "Account to create"
    _order = "sequence, id"

    wizard_id = fields.Many2one(
        "township.account.create", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(string="Row")
    name = fields.Char()
    phone = fields.Char(string="Mobile phone", help="It becomes the login.")
    role = fields.Selection(selection="_selection_role")
    role_text = fields.Char(string="Role in the list", readonly=True)
    place_text = fields.Char(string="Unit or grid in the list", readonly=True)
    unit_id = fields.Many2one("township.unit")
    grid_id = fields.Many2one("township.grid")
    mediator_id = fields.Many2one("township.mediator")
    user_id = fields.Many2one("res.users", string="Account", readonly=True)
    problem = fields.Char(compute="_compute_problem", string="Why not")

    def _selection_role(self):
        return self.env["township.account.create"]._selection_role()

    @api.depends("name", "phone", "role", "user_id", "wizard_id.line_ids.phone")
    def _compute_problem(self):
        """What keeps a row from becoming an account; empty when it is ready."""
        phones = Counter(self.wizard_id.line_ids.mapped("phone"))
        allowed = self.env["township.account.create"]._allowed_roles()
        taken = self._taken_logins()
        for line in self:
            line.problem = not line.user_id and line._problem(phones, allowed, taken)

    def _problem(self, phones, allowed, taken):
        """:return: the reason in the user's language, or ``False``"""
        if not self.name:
            return self.env._("The name is missing.")
        if not self.phone:
            return self.env._("The mobile phone is missing.")
        if not MOBILE.fullmatch(self.phone):
            return self.env._("“%(phone)s” is not one mobile phone number.", phone=self.phone)
        if phones[self.phone] > 1:
            return self.env._(
                "This phone stands in the list %(count)d times.", count=phones[self.phone]
            )
        if self.phone in taken:
            return self.env._("This phone is a login already. The account is left as it is.")
        if self.role not in allowed:
            return self.env._(
                "The role “%(role)s” is not known, or you may not give it.",
                role=self.role_text or "",
            )
        if self.place_text and not self.unit_id and not self.grid_id:
            return self.env._("No unit or grid is called “%(name)s”.", name=self.place_text)
        return False

    def _taken_logins(self):
        """Logins among the phones of these rows, archived accounts included; one query.

        With raised rights: a login is unique in the whole database, so that of another
        township counts too. Nothing but its existence is told.
        """
        phones = [phone for phone in self.mapped("phone") if phone]
        users = (
            self.env["res.users"]
            .sudo()
            .with_context(active_test=False)
            .search_fetch([("login", "in", phones)], ["login"])
        )
        return set(users.mapped("login"))

    def _link_users(self):
        """Enter the new accounts where they belong, with the caller's own rights."""
        for line in self:
            user = line.user_id
            if line.grid_id:
                line.grid_id.worker_ids = [Command.link(user.id)]
            if line.unit_id:
                line.unit_id.user_ids = [Command.link(user.id)]
                if line.wizard_id.source == "unit" and not line.unit_id.leader_id:
                    line.unit_id.leader_id = user
            if line.mediator_id and not line.mediator_id.user_id:
                line.mediator_id.user_id = user

    def _slip(self, password):
        """What stands on this person's slip.

        :return: dict of str
        """
        place = self.grid_id or self.unit_id or self.mediator_id.committee_id
        return {
            "name": self.user_id.name,
            "place": place.display_name or self.wizard_id.company_id.name,
            "login": self.user_id.login,
            "password": password,
        }
