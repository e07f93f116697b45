from odoo import api, models

from ..common.home import Tile


class TownshipHome(models.AbstractModel):
    """待我签署 on the home screen: the letters that wait for one's own pen."""

    _inherit = "township.home"

    @api.model
    def _home_tiles(self):
        return [
            *super()._home_tiles(),
            Tile("to_sign", self.env._("To be signed by me"), "info", hide_empty=True),
        ]
