from odoo import fields, models


class TownshipCorrectionMemberKind(models.Model):
    """Who a member of a correction group is (Community Corrections Law art. 25), and whom no
    group may lack: named in Chinese, as the forms print it."""

    _name = "township.correction.member.kind"
    _description = "Kind of member of a correction group"
    _inherit = ["township.correction.list.mixin"]

    required = fields.Boolean(string="Needed in every group")
    required_minor = fields.Boolean(string="Needed for a minor")

    def _needed_for(self, subject):
        """:return: of these kinds those that the group of this subject needs"""
        return self.filtered(
            lambda kind: kind.required or (subject.is_minor and kind.required_minor)
        )
