from odoo import fields, models
from odoo.fields import Domain


class TownshipCorrectionPersonMixin(models.AbstractModel):
    """Somebody whom the corrections office looks after: who handles it, where the person lives,
    and who is told when a clock runs out. Named before the mixins it builds on."""

    _name = "township.correction.person.mixin"
    _description = "Person of the corrections office"

    _reveal_groups = ("township_governance.group_correction",)
    # The head of a village is told nothing.
    _deadline_unit_field = None
    _deadline_received_field = "date_received"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    unit_id = fields.Many2one(
        "township.unit",
        string="Village or community",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        help="Where the person lives. Nobody of the village reads anything here.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Handled by",
        default=lambda self: self.env.user,
        index="btree_not_null",
        check_company=True,
        copy=False,
    )
    date_received = fields.Date(
        string="Entered on",
        required=True,
        copy=False,
        default=lambda self: self.env["township.calendar.day"]._today(),
    )
    registered_address = fields.Char(string="Registered residence")
    offence = fields.Char(help="Name of the offence as in the judgment.")
    offence_date = fields.Date(
        string="Day of the offence",
        help="Who was under 18 on this day is under the rules for minors for good.",
    )

    def _deadline_users(self, level):
        """The handler, then the head of the justice office; only who may read the person."""
        users = self.env["res.users"]
        if level == 0:
            users = self.user_id.filtered("active")
        users = users or self.company_id.sudo().township_correction_leader_id or self.user_id
        return users.filtered(lambda user: user.active and self.with_user(user).has_access("read"))

    def _home_mine_domain(self):
        """What nobody handles is everybody's who sees it."""
        return super()._home_mine_domain() | Domain("user_id", "=", False)
