from odoo import api, fields, models

from ...tools.chinese_forms import date_words

# What tells the person nothing about himself: how the software does its work.
HIDDEN_TYPES = ("one2many", "many2many", "binary", "json", "reference")
TECHNICAL = frozenset(
    {"display_name", "company_id", "create_uid", "create_date", "write_uid", "write_date"}
)
APPLICANTS = {
    "self": "本人",
    "guardian": "监护人",
    "agent": "委托代理人",
    "relative": "近亲属",
}


class ReportPersonalData(models.AbstractModel):
    """Sheet of the data held (个人信息查阅单), printed for the person who asks (PIP-08): every
    field with a value of the record and of the rows that belong to it, taken from the registry."""

    _name = "report.township_governance.report_personal_data"
    _inherit = ["township.report.base"]
    _description = "Sheet of data held"

    _doc_model = "township.personal.request"
    _title = "个人信息查阅单"
    _full_fields = ("id_number_full", "phone_full")

    @api.model
    def _papers(self, docs):
        docs = docs.with_context(lang="zh_CN")
        return [
            {
                "office": request.company_id.name,
                "applicant": APPLICANTS[request.applicant],
                "applicant_name": request.applicant_name or "",
                "received": date_words(request.received_date),
                "parts": self._parts(request._record()),
                "date": date_words(self.env["township.calendar.day"]._today()),
            }
            for request in docs
        ]

    @api.model
    def _parts(self, record):
        """:return: ``list`` of ``dict`` title and entries, an entry being a ``list`` of
        (label, value); the record first, then each model of rows the user may read. Rows of which
        others than the person speak (``_held_withheld``) are not handed out."""
        if not record:
            return []
        parts = []
        for rows in [record, *reversed(record.sudo()._owned_rows())]:
            if getattr(rows, "_held_withheld", False):
                continue
            visible = rows.with_env(record.env)._filtered_access("read")
            entries = [entry for row in visible if (entry := self._entry(row))]
            if entries:
                title = self.env["ir.model"].with_context(lang="zh_CN")._get(rows._name).name
                parts.append({"title": title, "entries": entries})
        return parts

    @api.model
    def _entry(self, row):
        """:return: ``list`` of (label, value) of what one row holds; numbers in full for those
        who may see them in full"""
        masked = getattr(row, "_reveal_fields", {})
        full = bool(masked) and row._may_reveal()
        pairs = []
        for name, field in row._fields.items():
            if name not in masked and not self._is_shown(row, name, field):
                continue
            value = row.sudo()[masked[name]] if full and name in masked else row[name]
            if text := self._text(row, field, value):
                pairs.append((field._description_string(row.env), text))
        return pairs

    @api.model
    def _is_shown(self, row, name, field):
        """:return: ``bool``: a stored value about the person, none of a mechanism"""
        if not field.store or field.type in HIDDEN_TYPES or field.groups == fields.NO_ACCESS:
            return False
        mechanisms = ("township.deadline.mixin", "township.retention.mixin", "mail.thread")
        technical = TECHNICAL.union(
            *(self.env[model]._fields for model in (*mechanisms, "mail.activity.mixin"))
        )
        owner = name in row._owner_fields() if hasattr(row, "_owner_fields") else False
        return name not in technical and not owner and field.export_string_translation

    @api.model
    def _text(self, row, field, value):
        """:return: ``str`` of a value for people, empty when there is none"""
        if field.type == "boolean":
            return "是" if value else ""
        if not value:
            return ""
        if field.type == "selection":
            return dict(field._description_selection(row.env)).get(value, value)
        if field.type == "date":
            return date_words(value)
        if field.type == "many2one":
            return value.sudo().display_name or ""
        return str(value)
