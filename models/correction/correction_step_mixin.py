from odoo import models


class TownshipCorrectionStepMixin(models.AbstractModel):
    """Row of a subject with steps of its own: it is seen and frozen as its subject is, and its
    own state freezes of it the fields that the state names."""

    _name = "township.correction.step.mixin"
    _description = "Row of a subject with steps"
    _inherit = [
        "township.correction.row.mixin",
        "township.workflow.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]

    def _frozen_rows(self, operation):
        """The row's own state says field by field what may still change; deleting is all of it."""
        frozen = super()._frozen_rows(operation)
        if operation == "unlink" or not frozen:
            return frozen
        owners = self.sudo().subject_id._frozen_for(self._name, operation)
        return frozen & self._rows_of("subject_id", owners)
