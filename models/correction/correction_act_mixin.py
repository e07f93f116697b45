from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class TownshipCorrectionActMixin(models.AbstractModel):
    """What people act on about a subject (查找, 考核奖惩, 电子定位): a row of the subject, with
    steps and one clock of its own. What is under way is finished also after the subject's end;
    what has ended is kept as it is."""

    _name = "township.correction.act.mixin"
    _description = "Matter of a community-corrections subject"
    _inherit = [
        "township.correction.step.mixin",
        "township.deadline.mixin",
    ]
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    # The subject's own people are told.
    _deadline_user_field = None
    _deadline_unit_field = None
    # States in which nothing is left to do.
    _ended = ()

    is_minor = fields.Boolean(related="subject_id.is_minor")
    category = fields.Selection(related="subject_id.category")

    def _frozen_rows(self, operation):
        """States freeze by field; of the subject's end what is under way knows nothing."""
        if operation == "create":
            return super()._frozen_rows(operation)
        return super()._frozen_rows(operation).filtered(lambda act: act.state in self._ended)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_begun(self):
        """:raise UserError: something was done in it already"""
        initial = self._initial_state()
        if any(act.state != initial for act in self):
            raise UserError(
                self.env._("What has been recorded stays: only what is not begun may be deleted.")
            )

    @api.depends("subject_id")
    @api.depends_context("uid")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for act in self - self._hidden_rows():
            act.display_name = f"{act._act_label()} {act.subject_id.display_name or ''}".strip()
        return result

    def _act_label(self):
        """:return: ``str``: what the matter is, without anybody's name"""
        return self.env["ir.model"]._get(self._name).name

    def _access_log_label(self):
        """:return: ``str`` without personal data"""
        return f"#{self.id}"

    def _rule(self, code):
        """:return: the ``township.deadline.rule`` of that code for this record's township"""
        rules = self.env["township.deadline.rule"]
        return rules._own_first([("code", "=", code)], self.company_id)

    # ------------------------------------------------------------------
    # Who is told
    # ------------------------------------------------------------------

    def _deadline_label(self):
        return self.deadline_rule_id.sudo().name or self._act_label()

    def _home_mine_domain(self):
        return Domain("subject_id", "any", self.subject_id._home_mine_domain())

    def _home_open_domain(self):
        return [("state", "not in", self._ended)]
