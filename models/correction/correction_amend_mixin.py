from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.rights import check_groups
from .correction_row_mixin import CORRECTION


class TownshipCorrectionAmendMixin(models.AbstractModel):
    """Person whose dated facts change only by a logged correction (更正) with its reason and
    paper; what hangs on them follows."""

    _name = "township.correction.amend.mixin"
    _description = "Person whose facts are corrected by paper"

    # Facts the dialogue corrects.
    _amendable = ()
    # Field of the amendment that names this model.
    _amendment_owner = ""

    def _may_amend(self):
        """:return: ``bool``, whether the state of this one record still allows it"""
        return True

    def _correct_fact(self, name, value, reason, scans):
        """Correct one fact of this record; see ``_amendable``.

        :param str name: of the field
        :param value: as the field takes it
        :param str reason: why
        :param scans: ``ir.attachment`` records of the paper that shows it
        :raise UserError: no reason, no paper, no such fact, or the file is shut
        """
        self.ensure_one()
        check_groups(self.env, self.env._("Correct a fact"), CORRECTION)
        self.check_access("write")
        if not (reason or "").strip() or not scans:
            raise UserError(self.env._("A correction needs its reason and a scan of the paper."))
        if name not in self._amendable or not self._may_amend():
            raise UserError(self.env._("This fact of %s cannot be corrected.", self.display_name))
        before = self._fact_words(name)
        # entering: a proven fact may also end the rules for minors
        self.sudo()._entering().write({name: value})
        self.flush_recordset()
        label = self._fields[name]._description_string(self.env)
        self.env["township.correction.amendment"]._entering().create(
            {
                self._amendment_owner: self.id,
                "field_label": label,
                "before": before,
                "after": self._fact_words(name),
                "reason": reason,
                "scan_ids": [fields.Command.set(scans.ids)],
            }
        )
        self._message_log(body=self.env._("Corrected: %s", label))
        self._refresh_clocks()

    def _fact_words(self, name):
        """:return: ``str`` of a fact for the log; an ID number stays masked"""
        field = self._fields[name]
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(self[name], "")
        return str(self[name] or "")

    def action_correct_fact(self):
        """:return: action that opens the dialogue “Correct a fact”"""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Correct a fact"),
            "res_model": "township.correction.amendment.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {f"default_{self._amendment_owner}": self.id},
        }
