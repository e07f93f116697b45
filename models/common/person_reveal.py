from odoo import api, models
from odoo.exceptions import AccessError, UserError

from .person_mixin import PHONE_SEPARATOR


class TownshipPersonMixin(models.AbstractModel):
    """Show in full (查看完整信息): the one way a person gets a full number, for a purpose, logged
    (PIP-06, PIP-09)."""

    _inherit = "township.person.mixin"

    def action_show_in_full(self):
        """Button "Show in full": ask for the purpose first."""
        self.ensure_one()
        self._check_reveal(next(iter(self._reveal_fields)))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Show in full"),
            "res_model": "township.reveal.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_res_model": self._name, "default_res_id": self.id},
        }

    def action_reveal(self, field, reason):
        """Return a full value to a person who may see it, and log that.

        :param str field: ``"id_number"`` or ``"phone"``
        :param str reason: purpose of viewing (查看事由), obligatory
        :return: ``str``, empty when nothing is recorded
        :raises AccessError: not in ``_reveal_groups``, or no right to read the record
        :raises UserError: no reason
        """
        self.ensure_one()
        self._check_reveal(field)
        reason = (reason or "").strip() if isinstance(reason, str) else ""
        if not reason:
            raise UserError(self.env._("State the purpose of viewing."))
        full = self.sudo()[self._reveal_fields[field]] or ""
        self.env["township.access.log"]._log("reveal", self, reason=reason, fields=[field])
        return full.replace(PHONE_SEPARATOR, "、") if field == "phone" else full

    @api.model
    def _may_reveal(self):
        """:return: ``bool``, whether the user is in a group that sees full values"""
        return self.env.su or self.env.user.has_groups(",".join(self._reveal_groups))

    def _check_reveal(self, field):
        """:raises AccessError: when the user may not see ``field`` of ``self`` in full"""
        if field not in self._reveal_fields:
            raise UserError(self.env._("There is nothing to show in full."))
        if not self._may_reveal():
            groups = [self.env.ref(xmlid).sudo().name for xmlid in self._reveal_groups]
            raise AccessError(
                self.env._(
                    "You may not “%(action)s”, please ask %(whom)s.",
                    action=self.env._("Show in full"),
                    whom=self.env._(", ").join(groups),
                )
            )
        self.check_access("read")
