from odoo import api, models

from ..common.home import Tile


class TownshipHome(models.AbstractModel):
    """What the corrections office must see to today (screen 1)."""

    _inherit = "township.home"

    @api.model
    def _home_tiles(self):
        return [
            *super()._home_tiles(),
            Tile("report_today", self.env._("To report today"), "warning", hide_empty=True),
            Tile("report_missed", self.env._("Not yet recorded"), "danger", hide_empty=True),
            Tile("return_due", self.env._("Return from leave due"), "warning", hide_empty=True),
            Tile("device_due", self.env._("Positioning ends soon"), "warning", hide_empty=True),
            Tile("term_30", self.env._("Term ends within 30 days"), "info", hide_empty=True),
        ]
