from odoo import api, fields, models


class TownshipSignatureAgreement(models.Model):
    """A signer's agreement to electronic signing (电子签署约定), signed once in ink: where the
    township asks for it, nobody signs in the app before (电子签名法 3, 13)."""

    _name = "township.signature.agreement"
    _description = "Agreement to electronic signing"
    _inherit = ["township.scan.mixin"]
    _scan_fields = ("scan_ids",)
    _order = "date desc, id desc"
    _rec_name = "user_id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        string="Signer",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    date = fields.Date(string="Signed on", required=True)
    scan_ids = fields.Many2many("ir.attachment", string="Scan of signed paper", required=True)
    active = fields.Boolean(default=True)

    _once = models.UniqueIndex(
        "(company_id, user_id) WHERE active", "This signer's agreement is on record already."
    )

    @api.model
    def _is_wanted(self, user, company):
        """:return: ``bool``: the township asks this signer for an agreement that is not there"""
        company = company.sudo()
        if not company.township_sign_agreement:
            return False
        own = [("user_id", "=", user.id), ("company_id", "=", company.id)]
        return not self.sudo().search_count(own, limit=1)
