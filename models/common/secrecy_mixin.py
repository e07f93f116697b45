from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class TownshipSecrecyMixin(models.AbstractModel):
    """Record of which nobody learns but who may read it, whatever the way: not as follower,
    recipient, author of an old message, or by an activity::

        _inherit = ["township.secrecy.mixin", "mail.thread", "mail.activity.mixin"]

    Rules say who reads; this carries them to what core hands out beside the record. Where the
    messages, followers, activities and files are asked, only models that inherit this are.
    """

    _name = "township.secrecy.mixin"
    _description = "Secret record"
    _inherit = ["township.mechanism.mixin"]

    @api.depends_context("uid")
    def _compute_display_name(self):
        """A many2one shows its name whatever the reader may see, and an onchange resolves any id
        it is given: what is hidden has no name."""
        hidden = self._hidden_from_user()
        hidden.display_name = self.env._("Not visible to you")
        return super(TownshipSecrecyMixin, self - hidden)._compute_display_name()

    # ------------------------------------------------------------------
    # Who may read
    # ------------------------------------------------------------------

    def _readable_by(self, user):
        """:param user: one ``res.users``
        :return: of these records those the person may read, in all townships of the person"""
        if not user.active:
            return self.browse()
        context = {"allowed_company_ids": user.sudo().company_ids.ids}
        mine = self.with_user(user).with_context(**context)
        return self.browse(mine._filtered_access("read")._ids)

    def _reading_partners(self, partner_ids):
        """:return: ``dict`` record -> ``set`` of those partners who may read it"""
        reading = {record: set() for record in self}
        for partner in self.env["res.partner"].sudo().browse(partner_ids):
            for user in partner.with_context(active_test=True).user_ids:
                for record in self._readable_by(user):
                    reading[record].add(partner.id)
        return reading

    # ------------------------------------------------------------------
    # Messages
    # ------------------------------------------------------------------

    def message_post(self, *, partner_ids=None, **kwargs):
        """Parameters and result are core's.

        :raise AccessError: somebody would be told who may not read the record"""
        for allowed in self._reading_partners(partner_ids or ()).values():
            if set(partner_ids or ()) - allowed:
                raise AccessError(self.env._("Only who may read this record is told of it."))
        return super().message_post(partner_ids=partner_ids, **kwargs)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Also those who lost the right after they had begun to follow."""
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        reading = self._reading_partners([recipient["id"] for recipient in recipients])
        allowed = set.intersection(*reading.values()) if reading else set()
        return [recipient for recipient in recipients if recipient["id"] in allowed]

    def _message_auto_subscribe_notify(self, partner_ids, template):
        """No mail: people are told by an activity."""

    # ------------------------------------------------------------------
    # What hangs on such records
    # ------------------------------------------------------------------

    @api.model
    def _secret_models(self):
        """:return: ``list`` of the names of all models of such records"""
        registry = self.env.registry
        names = registry.descendants(["township.secrecy.mixin"], "_inherit")
        return [name for name in names if not registry[name]._abstract]

    @api.model
    def _shown_domain(self, model_field, id_field):
        """:return: ``Domain`` of the things that hang on no secret record, or on one the user
        may read: messages, followers, activities"""
        names = self._secret_models()
        shown = Domain(model_field, "not in", names)
        for name in names:
            model = self.env[name].with_context(active_test=False)
            if model.has_access("read"):
                shown |= Domain(model_field, "=", name) & Domain(
                    id_field, "in", model._search(Domain.TRUE)
                )
        return shown

    @api.model
    def _hidden_things(self, things, model_field, id_field):
        """:param things: messages, followers, activities or files
        :return: of them those that hang on a secret record the user may not read"""
        names = set(self._secret_models())
        hidden = things.browse()
        for name, group in things.sudo().grouped(model_field).items():
            if name in names:
                owners = self.env[name].browse(group.mapped(id_field)).exists()
                shown = set(owners._filtered_access("read")._ids)
                hidden |= group.filtered(lambda one, shown=shown: one[id_field] not in shown)
        return hidden.with_env(things.env)

    @api.model
    def _hide(self, result, things, model_field, id_field):
        """Add what is hidden to the result of core's ``_check_access``.

        :return: as ``_check_access``
        """
        rest = things - result[0] if result else things
        hidden = self._hidden_things(rest, model_field, id_field)
        if not hidden:
            return result
        if result:
            return result[0] | hidden, result[1]
        return hidden, lambda: AccessError(
            self.env._("This belongs to a record that you may not read.")
        )
