from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class TownshipLetterPapers(models.TransientModel):
    """Papers that come back signed (纸质签订): scans or photos of fifty letters at once, matched
    to their letters by the printed code, the rest by hand."""

    _name = "township.letter.papers.wizard"
    _description = "Signed papers of letters"

    file_ids = fields.Many2many(
        "ir.attachment", "township_letter_papers_file_rel", string="Scans or photos"
    )
    paper_date = fields.Date(
        string="Signed on paper on",
        required=True,
        default=lambda self: self.env["township.calendar.day"]._today(),
    )
    witness = fields.Char(required=True)
    line_ids = fields.One2many("township.letter.papers.line", "wizard_id", string="Papers")
    matched_count = fields.Integer(compute="_compute_counts", string="Matched")
    unmatched_count = fields.Integer(compute="_compute_counts", string="To be matched by hand")

    @api.depends("line_ids.letter_id", "line_ids.skip")
    def _compute_counts(self):
        for wizard in self:
            matched = wizard.line_ids.filtered("letter_id")
            wizard.matched_count = len(matched)
            wizard.unmatched_count = len(
                (wizard.line_ids - matched).filtered(lambda line: not line.skip)
            )

    def action_match(self):
        """Read the codes of the files and propose a letter for each paper in them.

        :return: action that shows the wizard again
        :raise UserError: no file, or one that cannot be read; says which
        """
        self.ensure_one()
        if not self.file_ids:
            raise UserError(self.env._("Please choose the scans or photos first."))
        self.line_ids.unlink()
        self.line_ids = [
            Command.create(vals) for file in self.file_ids for vals in self._papers_of(file)
        ]
        return self._action_show()

    def _papers_of(self, file):
        """A file may hold one photo or a stack: the code stands on the last page of each letter,
        so pages belong to the next code.

        :return: ``list`` of ``dict`` for lines
        """
        file.check_access("read")
        documents = self.env["township.document"]._read_scan(file.raw, file.name)
        papers, first = [], 0
        for number, found in enumerate(documents):
            if found or number == len(documents) - 1:
                papers.append(
                    {
                        "file_id": file.id,
                        "first_page": first + 1,
                        "last_page": number + 1,
                        "letter_id": self._letter_of(found).id,
                        "note": self._note_on(found),
                    }
                )
                first = number + 1
        return papers

    def _letter_of(self, documents):
        """:return: the one issued letter that waits for this paper, or none"""
        letters = self._letters_of(documents)
        return letters if len(letters) == 1 and letters.state == "issued" else letters.browse()

    def _letters_of(self, documents):
        ids = [one.res_id for one in documents if one.res_model == "township.letter"]
        return self.env["township.letter"].browse(ids).exists()

    def _note_on(self, documents):
        """:return: ``str``: why no letter was proposed, empty where one was"""
        if self._letter_of(documents):
            return ""
        letters = self._letters_of(documents)
        if not documents:
            return self.env._("No code was read. Please choose the letter.")
        if not letters:
            return self.env._("The code belongs to another paper.")
        if len(letters) > 1:
            return self.env._("Codes of several letters are on this page.")
        return self.env._("%(letter)s is not waiting for a signature.", letter=letters.display_name)

    def action_confirm(self):
        """Attach each paper to its letter and record the signatures.

        :return: action that shows the letters
        :raise UserError: a paper without letter, or a letter that cannot be signed
        """
        self.ensure_one()
        if not self.line_ids or self.unmatched_count:
            raise UserError(
                self.env._("Every paper needs its letter; leave out those that belong to none.")
            )
        letters = self.env["township.letter"]
        for letter, lines in self.line_ids.filtered("letter_id").grouped("letter_id").items():
            letter.write(
                {
                    "paper_date": self.paper_date,
                    "witness": self.witness,
                    "paper_scan_ids": [Command.create(line._scan_vals()) for line in lines],
                }
            )
            letters += letter
        if letters:
            letters.action_sign_on_paper()
        return letters._action_show()

    def _action_show(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Signed papers of letters"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
