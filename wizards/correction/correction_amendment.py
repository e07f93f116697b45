from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.correction.correction_subject_amendment import CORRECTABLE


class TownshipCorrectionAmendmentWizard(models.TransientModel):
    """Asks for the fact to correct (更正), its right value, the reason and the paper."""

    _name = "township.correction.amendment.wizard"
    _description = "Correct a fact"

    subject_id = fields.Many2one("township.correction.subject", readonly=True)
    aftercare_id = fields.Many2one("township.aftercare", readonly=True)
    field_name = fields.Selection(
        selection="_selection_field_name", string="Which fact", required=True
    )
    kind = fields.Char(compute="_compute_kind", export_string_translation=False)
    before = fields.Char(string="So far", compute="_compute_kind")
    value_date = fields.Date(string="Right day")
    value_category = fields.Selection(
        selection=lambda self: (
            self.env["township.correction.subject"]
            ._fields["category"]
            ._description_selection(self.env)
        ),
        string="Right category",
    )
    value_char = fields.Char(string="Right number")
    reason = fields.Text(required=True)
    scan_ids = fields.Many2many(
        "ir.attachment", "township_correction_amendment_wizard_rel", string="Scan of the paper"
    )

    @api.model
    def _selection_field_name(self):
        subject_fields = self.env["township.correction.subject"]._fields
        return [(name, subject_fields[name]._description_string(self.env)) for name in CORRECTABLE]

    def _person(self):
        """:return: the one record whose fact is corrected, with the user's own rights"""
        return (self.subject_id or self.aftercare_id).sudo(False)

    @api.depends("field_name", "subject_id", "aftercare_id")
    def _compute_kind(self):
        for wizard in self:
            name, person = wizard.field_name, wizard._person()
            known = person and name in person._amendable
            wizard.kind = known and person._fields[name].type
            wizard.before = person._fact_words(name) if known else False

    def action_confirm(self):
        """Correct the fact, as the user.

        :raise UserError: the right value is not given, or the correction is refused
        """
        self.ensure_one()
        value = {
            "date": self.value_date,
            "selection": self.value_category,
            "char": (self.value_char or "").strip(),
        }.get(self.kind)
        if not value:
            raise UserError(self.env._("Enter the right value."))
        self._person()._correct_fact(self.field_name, value, self.reason, self.scan_ids)
        self.unlink()  # it may hold a full ID number
        return {"type": "ir.actions.act_window_close"}
