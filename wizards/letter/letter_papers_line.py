from odoo import fields, models

from ...tools import printing


class TownshipLetterPapersLine(models.TransientModel):
    """One paper in a file of scans, and the letter it is."""

    _name = "township.letter.papers.line"
    _description = "Signed paper"
    _order = "id"

    wizard_id = fields.Many2one(
        "township.letter.papers.wizard", required=True, ondelete="cascade", index=True
    )
    file_id = fields.Many2one("ir.attachment", required=True, ondelete="cascade")
    first_page = fields.Integer(readonly=True)
    last_page = fields.Integer(readonly=True)
    letter_id = fields.Many2one(
        "township.letter",
        string="Responsibility letter",
        ondelete="cascade",
        domain=[("state", "=", "issued"), ("kind", "!=", "received")],
    )
    skip = fields.Boolean(string="Leave out")
    note = fields.Char(readonly=True)

    def _scan_vals(self):
        """:return: ``dict`` of the attachment that goes to the letter: the whole file, or its
        pages when it holds several papers"""
        self.ensure_one()
        file = self.file_id
        file.check_access("read")
        data, name = file.raw, file.name
        if len(self.wizard_id.line_ids.filtered(lambda line: line.file_id == file)) > 1:
            data = printing.cut(data, self.first_page, self.last_page)
            name = f"{name.removesuffix('.pdf')} {self.first_page}-{self.last_page}.pdf"
        return {"name": name, "raw": data}
