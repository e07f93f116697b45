from odoo import fields, models


class TownshipDelivery(models.Model):
    """Papers to a unit that were served (送达). Who may read a notice does not thereby record its
    delivery: the unit it is about reads it, too."""

    _inherit = "township.delivery"
    _owner_field = "accountability_id"

    accountability_id = fields.Many2one(
        "township.accountability", index="btree_not_null", ondelete="restrict"
    )

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result is not None or self.env.su or operation == "read":
            return result
        owners = self.sudo().accountability_id.with_env(self.env)
        refused = owners and owners._check_access("write")
        return (self._rows_of("accountability_id", refused[0]), refused[1]) if refused else None
