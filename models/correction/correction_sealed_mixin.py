from odoo import fields, models
from odoo.tools import LazyTranslate

from ..common.mechanism_mixin import Guard

_lt = LazyTranslate(__name__)
SEAL = Guard(hint=_lt("it is set by the court's notice of sealing, or at intake by the rule."))


class TownshipCorrectionSealedMixin(models.AbstractModel):
    """Person whose record may be sealed (封存, domain 10.10): while the office is at work for the
    person, the handler and the head of the office have it in hand; everybody else, and afterwards
    they too, open it for a stated purpose only, by :class:`TownshipCorrectionSealedOpening`. What
    is sealed stays sealed.

    A model adds ``sealing_ids`` and ``opening_ids``, and a rule that says which of its states are
    at work.
    """

    _name = "township.correction.sealed.mixin"
    _description = "Record that may be sealed"
    _inherit = ["township.correction.minor.mixin"]

    joint_file = fields.Boolean(
        string="Joint file with adults",
        help="The file also concerns adults: their part is not sealed. They are not named here.",
    )
    sealed = fields.Boolean(readonly=True, copy=False, index=True, guard=SEAL)
    sealed_on = fields.Date(string="File sealed on", readonly=True, copy=False, guard=SEAL)

    def _keeps_protections(self):
        return super()._keeps_protections() or self.sealed

    def _seal(self):
        """Seal the files that are not sealed yet; nothing opens one again.

        :return: those it has sealed"""
        unsealed = self.sudo().filtered(lambda person: not person.sealed)
        unsealed.write({"sealed": True, "sealed_on": self.env["township.calendar.day"]._today()})
        for person in unsealed:
            person._message_log(body=self.env._("The file is sealed."))
        unsealed._keep_from_outsiders()
        return unsealed

    def _open_for_finishing(self):
        """The last papers of a sealed file are made by who ended or sealed it."""
        for person in self.filtered("sealed"):
            self.env["township.correction.sealed.opening"]._open(
                person, purpose="duty", reason=self.env._("Last papers of the file")
            )

    def action_record_sealing(self):
        """:return: ``dict`` of the dialog that records the court's notice of sealing"""
        return self._paper_dialog("sealing_ids", self.env._("Record the sealing"))

    def _paper_dialog(self, rows, name):
        self.ensure_one()
        field = self._fields[rows]
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": field.comodel_name,
            "view_mode": "form",
            "target": "new",
            "context": {f"default_{field.inverse_name}": self.id},
        }
