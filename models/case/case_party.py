from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)


class TownshipCaseParty(models.Model):
    """Party (当事人) of a case: person or organisation, several on each side."""

    _name = "township.case.party"
    _description = "Party of a case"
    _inherit = ["township.case.row.mixin", "township.person.mixin"]
    _order = "case_id, sequence, id"
    _check_company_auto = True
    # A mediator has to call the parties of the own cases; every look is logged.
    _reveal_groups = ("township_governance.group_mediator",)
    _purpose = _lt("To mediate or handle the matter, to make out its papers and serve them.")
    _legal_basis = _lt(
        "Statutory duty: People's Mediation Law, Regulations on Petitions; Personal Information "
        "Protection Law arts. 13(3), 34"
    )

    sequence = fields.Integer(default=10)
    role = fields.Selection(
        [
            ("applicant", "Applicant"),
            ("respondent", "Respondent"),
            ("agent", "Agent"),
            ("third", "Third person"),
        ],
        required=True,
        default="applicant",
    )
    agent_for_id = fields.Many2one(
        "township.case.party",
        string="Agent for",
        index="btree_not_null",
        domain="[('case_id', '=', case_id), ('role', '!=', 'agent')]",
    )
    is_contact = fields.Boolean(
        string="Representative (many parties)",
        help="Speaks for a side of many people; at most five (MED-62, PET-06).",
    )

    @api.constrains("agent_for_id", "case_id")
    def _check_agent(self):
        """The name of somebody in another case would show in this one."""
        for party in self.sudo().filtered("agent_for_id"):
            if party.agent_for_id.case_id != party.case_id:
                raise ValidationError(self.env._("“Agent for” must be a party of the same case."))

    def _access_log_label(self):
        return self.case_id.sudo().number or str(self.case_id.id)

    # Names are looked for within the townships of who searches.
    _name_idx = models.Index("(company_id, name text_pattern_ops)")

    def _masked_name(self):
        """:return: ``str`` for lists: surname and stars; organisations in full"""
        self.ensure_one()
        name = self.name or ""
        if self.is_organisation or len(name) < 2:
            return name
        return name[0] + "*" * (len(name) - 1)
