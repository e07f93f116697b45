from odoo import api, models

from ...tools.chinese_forms import date_words, paragraphs
from .accountability import PAPERS, PROPOSED_KINDS

# What the first sentence says after the basis.
LEADS = {
    "rectification": "经查，你单位履行职责存在下列问题，现责令限期整改。",
    "circular": "经查，下列单位履行职责存在问题，现予以通报。",
    "talk": "经查，你单位履行职责存在下列问题，现决定对你单位负责人进行约谈。",
    "transfer": "下列事项属于你单位职责，现移送你单位依法依规办理。",
}
DECIDED = {"listing": "挂牌督办", "veto": "一票否决"}
ASKED = {"transfer": "移送要求", "circular": "有关要求"}
CLOSINGS = {
    "rectification": "请于{day}前（含当日）完成整改，并将整改情况连同佐证材料书面反馈。",
    "circular": "请引以为戒，认真整改。",
    "talk": "请做好准备，并就上述问题作出说明和承诺。",
    "listing": "请于{day}前（含当日）完成整改并书面反馈，由挂牌单位验收。",
    "veto": "请遵照执行。",
    "transfer": "收到后请填写回执退回。",
}


class ReportAccountability(models.AbstractModel):
    """Notice to a unit (督导文书), or the letter by which a matter is handed over."""

    _name = "report.township_governance.report_accountability"
    _inherit = ["township.report.accountability.base"]
    _description = "Notice of accountability"

    _title = "责任督导文书"

    @api.model
    def _number(self, record):
        return record.notice_number if record.kind in PROPOSED_KINDS else record.number

    @api.model
    def _date(self, record):
        return record.served_date

    @api.model
    def _heading(self, record):
        if record.kind == "circular":
            return f"关于{record.unit_id.name}履行职责情况的通报"
        return PAPERS[record.kind]

    @api.model
    def _addressee(self, record):
        return record.body if record.kind == "transfer" else record.unit_id.name

    @api.model
    def _lead(self, record):
        basis = self._basis(record)
        start = f"根据{basis}，" if basis else ""
        if record.kind not in PROPOSED_KINDS:
            return start + LEADS[record.kind]
        decided = date_words(record.decision_date)
        return (
            f"{start}经{record.decision_body or ''}{decided}决定"
            f"（{record.decision_number or ''}），"
            f"对你单位实行{DECIDED[record.kind]}，期限自{date_words(record.term_from)}起"
            f"至{date_words(record.term_to)}止。"
        )

    @api.model
    def _sections(self, record):
        return [
            self._facts(record, "一、事实"),
            (f"二、{ASKED.get(record.kind, '整改要求')}", paragraphs(record.requirements)),
        ]

    @api.model
    def _closing(self, record):
        closing = CLOSINGS[record.kind]
        if record.kind == "transfer" or "{day}" in closing or not record.answer_by:
            return closing.format(day=date_words(record.answer_by))
        return f"{closing}请于{date_words(record.answer_by)}前（含当日）书面反馈。"

    @api.model
    def _slip(self, record):
        """The slip that comes back: the receipt of the other body, or the unit's answer."""
        if record.kind == "transfer":
            rows = ["收件编号", "收件日期", "收件人", "处理意见"]
            return {"title": "移送回执", "rows": rows, "sign": "收件单位（盖章）"}
        rows = ["整改或落实情况", "佐证材料目录", "负责人签名", "反馈日期"]
        return {"title": "反馈回执", "rows": rows, "sign": f"{record.unit_id.name}（盖章）"}
