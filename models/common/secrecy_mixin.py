from odoo import models


class TownshipSecrecyMixin(models.AbstractModel):
    _name = "township.secrecy.mixin"
    _description = "Secret record"
