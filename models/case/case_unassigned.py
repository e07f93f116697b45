from collections import Counter

from odoo import models

from ...tools.workflow import Transition

UNASSIGNED = "township_governance.mail_act_case_unassigned"


class TownshipCase(models.Model):
    """Whatever is registered without anybody who has it is told to the officers at once, and
    stands on their home screen until it is assigned (待分流)."""

    _inherit = "township.case"

    _transitions = (
        Transition(name="register", after="_tell_unassigned"),
        *(
            Transition(name=name, after="_end_unassigned")
            for name in ("assign", "settle_on_spot", "reject", "withdraw", "transfer")
        ),
    )

    def _unassigned_domain(self):
        return [
            ("state", "=", "registered"),
            ("user_id", "=", False),
            ("mediator_id", "=", False),
            ("unit_referred", "=", False),
        ]

    def _tell_unassigned(self):
        """An activity for each officer of the township, except whoever registered it."""
        unassigned = self.filtered_domain(self._unassigned_domain())
        told, over = Counter(), Counter()
        for company, cases in unassigned.grouped("company_id").items():
            officers = self._officers(company) - self.env.user
            pairs = [(case, user) for case in cases for user in officers - case._insiders()]
            over += self.env["township.activity"]._schedule(pairs, UNASSIGNED, told=told)
        self.env["township.activity"]._digest(over, UNASSIGNED)

    def _officers(self, company):
        """:return: ``res.users`` who assign the cases of a township"""
        group = self.env.ref("township_governance.group_officer").sudo()
        return group.all_user_ids.filtered(
            lambda user: user.active and company in user.company_ids and not user.share
        )

    def _end_unassigned(self):
        self.env["township.activity"]._end(self, UNASSIGNED)
