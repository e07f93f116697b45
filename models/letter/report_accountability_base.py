from odoo import api, models

from ...tools.chinese_forms import date_words, paragraphs


class TownshipReportAccountabilityBase(models.AbstractModel):
    """What the papers of an accountability share: red heading, number, text, reply slip."""

    _name = "township.report.accountability.base"
    _inherit = ["township.report.base"]
    _description = "Paper of an accountability"

    _doc_model = "township.accountability"
    _issued = True

    @api.model
    def _papers(self, docs):
        return [
            {
                "agency": record.company_id.name,
                "office": record.company_id.name,
                "number": self._number(record) or "",
                "title": self._heading(record),
                "addressee": self._addressee(record) or "",
                "date": date_words(self._date(record)),
                "lead": self._lead(record),
                "sections": self._sections(record),
                "closing": self._closing(record),
                "slip": self._slip(record),
                "imprint": f"抄送：{record.copied_to}" if record.copied_to else "",
            }
            for record in docs
        ]

    @api.model
    def _issue_vals(self, doc):
        number, day = self._number(doc), self._date(doc)
        if not number or not day:
            return None
        return {"number": number, "date": day, "office": doc.company_id.name}

    @api.model
    def _basis(self, record):
        """:return: ``str`` such as ``《关于…的通知》（槐办发〔2026〕3号）、第十条``"""
        paper = record.basis_id.sudo()
        parts = [f"《{paper.name}》（{paper.number}）"] if paper else []
        return "、".join([*parts, *([record.basis] if record.basis else [])])

    @api.model
    def _facts(self, record, heading):
        """:return: ``tuple`` heading and paragraphs of the facts"""
        return heading, paragraphs(record.problem)
