from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class MailFollowers(models.Model):
    """Followers of a secret record: only who may read it follows, only they see who does."""

    _inherit = "mail.followers"

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or operation == "create" or not any(self._ids):
            return result
        return self.env["township.secrecy.mixin"]._hide(result, self, "res_model", "res_id")

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            secrecy = self.env["township.secrecy.mixin"]
            domain = Domain(domain) & secrecy._shown_domain("res_model", "res_id")
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _insert_followers(self, res_model, res_ids, partner_ids, *args, **kwargs):
        """Everything that makes followers ends here: those who may not read are left out."""
        secrecy = self.env["township.secrecy.mixin"]
        if res_model not in secrecy._secret_models() or not partner_ids:
            return super()._insert_followers(res_model, res_ids, partner_ids, *args, **kwargs)
        reading = self.env[res_model].browse(res_ids)._reading_partners(partner_ids)
        groups = {}
        for record, partners in reading.items():
            groups.setdefault(frozenset(partners), []).append(record.id)
        for partners, ids in groups.items():
            kept = [partner for partner in partner_ids if partner in partners]
            if kept:
                super()._insert_followers(res_model, ids, kept, *args, **kwargs)
        return None

    @api.model_create_multi
    def create(self, vals_list):
        followers = super().create(vals_list)
        followers._check_followers()
        return followers

    def write(self, vals):
        result = super().write(vals)
        self._check_followers()
        return result

    def _check_followers(self):
        """:raise AccessError: somebody would follow who may not read"""
        if self.env.su:
            return
        names = self.env["township.secrecy.mixin"]._secret_models()
        secret = self.sudo().filtered(lambda one: one.res_model in names)
        for name, followers in secret.grouped("res_model").items():
            records = self.env[name].browse(set(followers.mapped("res_id")))
            reading = records._reading_partners(followers.partner_id.ids)
            for follower in followers:
                if follower.partner_id.id not in reading[records.browse(follower.res_id)]:
                    raise AccessError(self.env._("Only who may read this record is told of it."))
