from odoo import api, models

from ...tools import identity
from ...tools.chinese_forms import paragraphs

GENDERS = {"male": "男", "female": "女"}
# Words of the forms (domain 1.5), whatever language the screen has.
SOURCE_WORDS = {
    "apply_oral": "当事人口头申请",
    "apply_written": "当事人书面申请",
    "active": "人民调解委员会主动调解",
    "court_assigned": "人民法院委派",
    "court_entrusted": "人民法院委托",
    "police": "公安机关移送",
    "procuratorate": "检察机关移送",
    "petition": "信访部门移交",
    "gov": "其他行政机关委托",
    "screening": "排查发现",
    "grid": "网格员上报",
    "hotline": "12345热线",
    "superior": "上级交办",
}
ROLE_WORDS = {
    "applicant": "申请人",
    "respondent": "被申请人",
    "agent": "代理人",
    "third": "第三人",
}


class TownshipReportCaseBase(models.AbstractModel):
    """What the forms of a mediation file share: office, numbers, parties."""

    _name = "township.report.case.base"
    _inherit = ["township.report.base"]
    _description = "Form of a mediation file"

    _doc_model = "township.case"
    _issued = True

    @api.model
    def _issue_vals(self, doc):
        if not doc.number or doc.state == "draft":
            return None
        return {
            "number": doc.file_number or doc.number,
            "date": self._paper_date(doc),
            "office": self._office(doc),
        }

    @api.model
    def _office(self, case):
        """:return: ``str``, the committee; where there is none yet, the township"""
        return case.committee_id.sudo().name or case.company_id.name

    @api.model
    def _number(self, case):
        """:return: ``str``: the file number, before there is one the registration number"""
        return case.file_number or case.number or ""

    @api.model
    def _type(self, case):
        """:return: ``str``, such as ``邻里纠纷（排水）``"""
        main, sub = case.type_id.parent_id.name, case.type_id.name
        return f"{main}（{sub}）" if main else sub or ""

    @api.model
    def _paper_date(self, case):
        """:return: ``date`` of the matter on paper, on which also the ages are counted"""
        return case.date_accepted or case.date_received

    @api.model
    def _names(self, case, *roles):
        """:return: ``str``, names of the parties in these roles"""
        return "、".join(party.name for party in case.party_ids if party.role in roles)

    @api.model
    def _parties(self, case, *roles):
        """:return: ``list`` of ``dict``, the parties in these roles, as forms print them"""
        return [self._party(case, party) for party in case.party_ids if party.role in roles]

    @api.model
    def _party(self, case, party):
        """Particulars that screens mask are printed in full where ``_full_fields`` says so, for
        those who may see them in full; the caller has checked that the user may read the case."""
        born = party.birth_date
        full = "phone_full" in self._full_fields and party._may_reveal()
        return {
            "role": ROLE_WORDS[party.role],
            "organisation": party.is_organisation,
            "name": party.name,
            "gender": GENDERS.get(party.gender, ""),
            "age": identity.age_on(born, self._paper_date(case)) if born else "",
            "occupation": party.occupation or "",
            "phone": (party.sudo().phone_full if full else party.phone) or "",
            "address": party.address or "",
            "representative": party.representative or "",
            "title": party.representative_title or "",
        }

    @api.model
    def _summary(self, case):
        return paragraphs(case.summary)
