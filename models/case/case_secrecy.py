from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools.rights import check_groups

OFFICER = "township_governance.group_officer"
# Never changed by hand after the case was made: rules are asked before a write, not after, so
# a case given to another township or reporter would be out of its writer's reach.
FIXED_FIELDS = ("company_id", "reporter_id", "intake_token")


class TownshipCase(models.Model):
    """Who must not learn of a case, and what a forged call must not change.

    The content of an accusation is never shown or passed to the unit it is about (PET-23,
    PET-44): rules hide the case; here its name, its messages and its to-dos are kept away, too.
    """

    _inherit = "township.case"

    # Without the unit an accusation would be open to the unit's staff.
    complained_unit_id = fields.Many2one(ondelete="restrict")

    # ------------------------------------------------------------------
    # Names
    # ------------------------------------------------------------------

    @api.depends_context("uid")
    def _compute_display_name(self):
        """A many2one shows its name whatever the reader may see, and an onchange resolves any id
        it is given: a case that is hidden from the user has no name."""
        hidden = self._hidden_from_user()
        for case in hidden:
            case.display_name = self.env._("Not visible to you")
        return super(TownshipCase, self - hidden)._compute_display_name()

    # ------------------------------------------------------------------
    # What no call from outside changes
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        cases = super().create(vals_list)
        if any(case.kind == "petition" and case.date_accepted for case in cases):
            self._check_may_accept()
        cases._keep_from_complained_unit()
        return cases

    def write(self, vals):
        if not self.env.su:
            self._check_fixed(vals)
        result = super().write(vals)
        if "kind" in vals and any(case.kind == "petition" and case.date_accepted for case in self):
            self._check_may_accept()
        if {"purpose", "complained_unit_id"} & vals.keys():
            self._keep_from_complained_unit()
        return result

    def _check_fixed(self, vals):
        """:raise UserError: the township or the reporter
        :raise AccessError: the acceptance of a petition by somebody who may not accept it"""
        for name in FIXED_FIELDS:
            if name in vals and any(
                self._fields[name].convert_to_write(case[name], case) != vals[name] for case in self
            ):
                raise UserError(
                    self.env._(
                        "%(field)s of a case cannot be changed.",
                        field=self._fields[name]._description_string(self.env),
                    )
                )
        if "date_accepted" in vals and any(case.kind == "petition" for case in self):
            self._check_may_accept()

    @api.model
    def _check_may_accept(self):
        """A petition is accepted by an officer (PET-09), whichever way the date comes in."""
        check_groups(self.env, self._step_label("accept"), [OFFICER])

    # ------------------------------------------------------------------
    # Accusations (PET-23)
    # ------------------------------------------------------------------

    def _accusations(self):
        """:return: of these cases the accusations that name a unit"""
        return self.filtered(lambda case: case.purpose == "accusation" and case.complained_unit_id)

    def _insiders(self):
        """:return: ``res.users`` who must not learn of these accusations: staff and head of the
        unit complained about"""
        units = self.sudo()._accusations().complained_unit_id
        return units.user_ids | units.leader_id

    @api.constrains(
        "purpose",
        "complained_unit_id",
        "unit_id",
        "user_id",
        "leader_id",
        "mediator_id",
        "mediator_ids",
    )
    def _check_accusation(self):
        """:raise ValidationError: an accusation in the hands of those it is about"""
        for case in self.sudo()._accusations():
            insiders = case._insiders()
            mediators = (case.mediator_id | case.mediator_ids).user_id
            involved = case.user_id | case.leader_id | mediators
            if case.unit_id == case.complained_unit_id or involved & insiders:
                raise ValidationError(
                    self.env._(
                        "An accusation is never passed to the unit complained about, nor handled "
                        "by its staff: choose another unit and handler."
                    )
                )

    def _keep_from_complained_unit(self):
        """Those who followed a case or had a to-do on it before it became an accusation of their
        own unit hear of it no more."""
        for case in self.sudo()._accusations():
            insiders = case._insiders()
            case.message_unsubscribe(insiders.partner_id.ids)
            self.env["township.activity"]._quiet_activities().search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", case.id),
                    ("user_id", "in", insiders.ids),
                ]
            ).unlink()

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Nobody of the unit complained about follows; parameters and result are core's."""
        kept = set(partner_ids or ()) - set(self._insiders().partner_id.ids)
        if partner_ids and not kept:
            return True
        return super().message_subscribe(partner_ids=list(kept), subtype_ids=subtype_ids)

    def message_post(self, *, partner_ids=None, **kwargs):
        """Parameters and result are core's.

        :raise AccessError: somebody of the unit complained about would be told"""
        if set(partner_ids or ()) & set(self._insiders().partner_id.ids):
            raise AccessError(
                self.env._("Nobody of the unit complained about is told of an accusation.")
            )
        return super().message_post(partner_ids=partner_ids, **kwargs)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Also those who joined the unit after they had begun to follow the case."""
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        kept_out = set(self._insiders().partner_id.ids)
        return [recipient for recipient in recipients if recipient["id"] not in kept_out]
