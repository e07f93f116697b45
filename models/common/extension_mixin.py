from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.rights import refusal

DIRECTOR = "township_governance.group_director"


class TownshipExtensionMixin(models.AbstractModel):
    """Extension (延期) of the clocks of an owner, a row of it. What the rule says holds: agreed
    by both parties (MED-58), or approved by the director within a limit in all (PET-27). The
    record is the history; it is never edited."""

    _name = "township.extension.mixin"
    _description = "Extension of an owner's clocks"
    _inherit = ["township.row.mixin"]
    _order = "id desc"

    date_from = fields.Date(string="Deadline before", readonly=True)
    date_to = fields.Date(string="Extended to", required=True)
    reason = fields.Text(string="Extension reason", required=True)
    both_agreed = fields.Boolean(string="Agreed by both parties")
    told_date = fields.Date(string="Parties told on")
    user_id = fields.Many2one(
        "res.users", string="Approver", default=lambda self: self.env.user, readonly=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        extensions = super().create(
            [{**vals, "user_id": self.env.uid, "date_from": False} for vals in vals_list]
        )
        for extension in extensions:
            extension._apply()
        return extensions

    def write(self, vals):
        if not self.env.su or vals.keys() - {"date_from"}:
            raise UserError(self.env._("An extension on record cannot be changed."))
        return super().write(vals)

    def _apply(self):
        """Move the clocks this extension may move; the standard and the local limit of a
        mediation are both superseded by what the parties agreed."""
        owner = self[self._owner_field]
        owner.check_access("write")
        movable = self._movable_clocks(owner)
        for clock in movable:
            self._check_clock(clock)
        first = min(movable, key=lambda clock: clock.deadline_date)
        if self.date_to <= first.deadline_date:
            raise UserError(
                self.env._(
                    "%(rule)s: the new date must be after %(date)s.",
                    rule=first._deadline_label(),
                    date=first.deadline_date,
                )
            )
        self.sudo().write({"date_from": first.deadline_date})
        shorter = movable.filtered(lambda clock: clock.deadline_date < self.date_to)
        shorter._deadline_extend(self.date_to)
        owner._message_log(
            body=self.env._(
                "Deadline extended from %(before)s to %(after)s: %(reason)s",
                before=self.date_from,
                after=self.date_to,
                reason=self.reason,
            )
        )

    def _movable_clocks(self, owner):
        """:return: the running clocks that may be extended (sudo)
        :raise UserError: there are none"""
        if owner != owner._clock_open():
            raise UserError(
                self.env._("%(record)s is not open: nothing to extend.", record=owner.display_name)
            )
        movable = owner.sudo()._clocks.filtered(
            lambda clock: (
                not clock.deadline_done_date and clock.deadline_rule_id.extension != "none"
            )
        )
        if not movable:
            raise UserError(
                self.env._(
                    "The deadline of %(record)s cannot be extended.", record=owner.display_name
                )
            )
        return movable

    def _check_clock(self, clock):
        rule = clock.deadline_rule_id
        if rule.extension == "agreement" and not self.both_agreed:
            raise UserError(
                self.env._(
                    "%(rule)s is extended by agreement of both parties: please record it.",
                    rule=rule.name,
                )
            )
        # also the system itself: who approves is on record. A given date has no rule that says
        # more: it is moved by who gave it, the director.
        if rule.extension in ("approval", False) and not self.env.user.has_group(DIRECTOR):
            raise refusal(self.env, self.env._("Extension"), [DIRECTOR])
        if rule.extension_max_days:
            limit = (self.date_to - rule._deadline(clock.deadline_start_date)).days
            if limit > rule.extension_max_days:
                raise UserError(
                    self.env._(
                        "%(rule)s may be extended by at most %(days)s days.",
                        rule=rule.name,
                        days=rule.extension_max_days,
                    )
                )
