from odoo import models


class TownshipCorrectionStepMixin(models.AbstractModel):
    """What people act on about a subject: a row of it with steps of its own, of which nobody
    outside learns."""

    _name = "township.correction.step.mixin"
    _description = "Row of a subject with steps"
    _inherit = [
        "township.correction.row.mixin",
        "township.workflow.mixin",
        "township.secrecy.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
