from odoo import api, fields, models


class TownshipDocument(models.Model):
    """Issued papers of an accountability are seen by whoever may read it."""

    _inherit = "township.document"
    _owner_field = "accountability_id"

    accountability_id = fields.Many2one(
        "township.accountability", index="btree_not_null", ondelete="restrict"
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("res_model") == "township.accountability":
                vals["accountability_id"] = vals["res_id"]
        return super().create(vals_list)
