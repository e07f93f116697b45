from odoo import api, fields, models

from ...tools.workflow import Transition
from .correction_subject import ENDED_STATES


class TownshipCorrectionSubject(models.Model):
    """Correction group of a subject (COR-12, COR-27): who is missing is named, and nobody is
    announced without a group."""

    _inherit = "township.correction.subject"

    _transitions = (Transition(name="announce", guard="_guard_group"),)

    member_ids = fields.One2many(
        "township.correction.member", "subject_id", string="Correction group", copy=False
    )
    group_gaps = fields.Char(string="Missing in the group", compute="_compute_group_gaps")

    def _group_stands(self):
        """:return: ``bool``: the group was announced, its changes are rows of their own"""
        self.ensure_one()
        return self.state == "in_correction" or self.state in ENDED_STATES

    @api.depends(
        *("gender", "is_minor", "state", "company_id"),
        *("member_ids.kind_id", "member_ids.date_to", "member_ids.gender"),
    )
    def _compute_group_gaps(self):
        kinds = self._kinds_in_force()
        for subject in self:
            gaps = subject._group_missing(kinds) if subject.state not in ENDED_STATES else ()
            subject.group_gaps = self.env._(", ").join(gaps) or False

    def _current_members(self):
        """:return: the members of the group who have not left it"""
        return self.member_ids.filtered(lambda member: not member.date_to)

    def _kinds_in_force(self):
        """:return: ``dict`` company -> the kinds of member that hold for it"""
        Kind = self.env["township.correction.member.kind"]
        return {company: Kind._own_first(company) for company in self.company_id}

    def _group_missing(self, kinds):
        """:param dict kinds: of :meth:`_kinds_in_force`
        :return: ``list`` of ``str``: who is missing in the group of this one subject"""
        current = self._current_members()
        there = set(current.kind_id.mapped("code"))
        needed = kinds[self.company_id]._needed_for(self)
        missing = [kind.name for kind in needed if kind.code not in there]
        if self.gender == "female" and "female" not in current.mapped("gender"):
            missing.append(self.env._("a woman (Community Corrections Law art. 25)"))
        return missing

    def _guard_group(self):
        missing = self._group_missing(self._kinds_in_force())
        who = self.env._(", ").join(missing)
        return [self.env._("in the correction group: %(who)s", who=who)] if missing else []
