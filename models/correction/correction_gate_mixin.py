from odoo import api, models


class TownshipCorrectionGateMixin(models.AbstractModel):
    """Record with which somebody becomes known to the corrections office: only while the papers
    hold with which the room opens. Those already here go on being served, whatever lapses: no
    release may be late for want of a paper of the county."""

    _name = "township.correction.gate.mixin"
    _description = "Enters the corrections room"

    @api.model_create_multi
    def create(self, vals_list):
        """:raise UserError: says which papers are missing and where they are recorded"""
        records = super().create(vals_list)
        for company in records._newcomers().company_id:
            company._check_correction_open()
        return records

    def _newcomers(self):
        """:return: of these records those about somebody not known here: one made out of a
        subject's file is none"""
        if "subject_id" not in self._fields:
            return self
        return self.filtered(lambda record: not record["subject_id"])
