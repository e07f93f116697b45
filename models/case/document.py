from odoo import api, fields, models


class TownshipDocument(models.Model):
    """Issued papers of a case are seen by whoever may read the case: an accusation stays
    hidden from the unit complained about here, too."""

    _inherit = "township.document"
    _owner_field = "case_id"

    case_id = fields.Many2one("township.case", index="btree_not_null", ondelete="restrict")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("res_model") == "township.case":
                vals["case_id"] = vals["res_id"]
        return super().create(vals_list)
