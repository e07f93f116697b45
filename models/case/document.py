from odoo import api, models


class TownshipDocument(models.Model):
    """Issued papers of a case are seen by whoever may read the case: an accusation stays
    hidden from the unit complained about here, too."""

    _name = "township.document"
    _inherit = ["township.document", "township.case.related.mixin"]

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("res_model") == "township.case":
                vals["case_id"] = vals["res_id"]
        return super().create(vals_list)
