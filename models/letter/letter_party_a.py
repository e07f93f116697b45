from odoo import models

from .letter_sign import PARTY_A


class TownshipLetter(models.Model):
    """Party A's binding, of one letter or of hundreds."""

    _inherit = "township.letter"

    def _check_can_bind(self, seal):
        """:raise UserError: a letter waits for no pen of party A, or nothing can seal a file"""
        step = self._steps()["seal" if seal else "countersign"]
        if seal:
            self._check_step_rights(step)
        self._check_step_source(step)
        self._check_can_seal()

    def _bind_now(self, seal=None, image=None):
        if seal:
            self.action_seal(seal)
        else:
            self._sign(f"{PARTY_A}_{self.env.uid}", image)

    def _action_show(self):
        """:return: action that shows these letters"""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Responsibility letters"),
            "res_model": self._name,
            "view_mode": "list,form",
            "domain": [("id", "in", self.ids)],
        }
