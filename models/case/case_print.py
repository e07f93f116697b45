from odoo import models


class TownshipCase(models.Model):
    """The ledger: what the buttons of the list call."""

    _inherit = "township.case"

    def action_print_ledger(self):
        """Print the ledger (打印台账) of the selected cases, or of what the user chooses.

        :return: ``dict``, action
        """
        return self._export_wizard("pdf")

    def action_export_ledger(self):
        """Export the ledger (导出台账) of the selected cases, or of what the user chooses.

        :return: ``dict``, action
        """
        return self._export_wizard("xlsx")

    def _export_wizard(self, form):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Export ledger") if form == "xlsx" else self.env._("Print ledger"),
            "res_model": "township.case.export",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_record_ids": self.ids, "default_form": form},
        }
