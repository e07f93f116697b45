from odoo import models

from ..common.home import Tile


class TownshipHome(models.AbstractModel):
    """The tiles that cases bring to the home screen."""

    _inherit = "township.home"

    def _home_tiles(self):
        return [
            Tile("to_assign", self.env._("To be assigned"), "danger", hide_empty=True),
            *super()._home_tiles(),
            Tile("to_confirm", self.env._("To be confirmed"), "info", hide_empty=True),
            Tile("my_drafts", self.env._("My drafts"), "neutral", hide_empty=True),
        ]
