from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.rights import check_groups
from .correction_subject import ENDED_STATES
from .correction_subject_workflow import CORRECTION

# Facts on which clocks hang, and the first state in which they no longer change by typing.
KEPT_FROM = {
    "assessing": ("date_received", "entrusted_date"),
    "expected": ("date_received", "entrusted_date", "effective_date"),
    "received": (
        *("date_received", "entrusted_date", "effective_date", "category", "offence_date", "birth_date"),
        *("term_start", "term_end", "reported_date"),
    ),
}
KEPT_FROM["in_correction"] = (*KEPT_FROM["received"], "announced_date")
# What the dialogue corrects; the birth date of a resident follows the ID number.
CORRECTABLE = (*KEPT_FROM["in_correction"], "id_number")


class TownshipCorrectionSubject(models.Model):
    """After registration the facts on which clocks hang change only by a logged correction with
    its reason and paper; the clocks follow."""

    _inherit = "township.correction.subject"

    amendment_ids = fields.One2many(
        "township.correction.amendment", "subject_id", string="Corrected facts", copy=False
    )

    def write(self, vals):
        """:raise UserError: a fact on which clocks hang would change by typing"""
        if self.env.su or self._is_entering():
            return super().write(vals)
        kept = {
            subject: {name: subject[name] for name in KEPT_FROM.get(subject.state, ())}
            for subject in self
        }
        result = super().write(vals)
        # afterwards: the birth date also changes with the ID number
        for subject, facts in kept.items():
            touched = [name for name, value in facts.items() if subject[name] != value]
            if touched:
                subject._refuse_typing(touched)
        return result

    def _refuse_typing(self, names):
        raise UserError(
            self.env._(
                "%(record)s: clocks hang on %(fields)s. Use “Correct a fact”: it asks for the "
                "reason and the paper, and the clocks follow. A court's change of the term is "
                "recorded on the page of the term.",
                record=self.display_name,
                fields=", ".join(
                    self._fields[name]._description_string(self.env) for name in names
                ),
            )
        )

    def _correct_fact(self, name, value, reason, scans):
        """Correct one fact of this subject; see :data:`CORRECTABLE`.

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
        if name not in CORRECTABLE or self.state in ENDED_STATES:
            raise UserError(self.env._("This fact of %s cannot be corrected.", self.display_name))
        before = self._fact_words(name)
        self.sudo().write({name: value})
        self.flush_recordset()
        label = self._fields[name]._description_string(self.env)
        self.env["township.correction.amendment"]._entering().create(
            {
                "subject_id": self.id,
                "field_label": label,
                "before": before,
                "after": self._fact_words(name),
                "reason": reason,
                "scan_ids": [fields.Command.set(scans.ids)],
            }
        )
        self._message_log(body=self.env._("Corrected: %s", label))
        self._refresh_clocks()
        self._move_term_clock()

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
            "context": {"default_subject_id": self.id},
        }
