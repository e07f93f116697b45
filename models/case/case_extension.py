from odoo import models


class TownshipCaseExtension(models.Model):
    """Extension (延期) of a case's deadline."""

    _name = "township.case.extension"
    _description = "Extension of a case"
    _inherit = ["township.case.row.mixin", "township.extension.mixin"]
