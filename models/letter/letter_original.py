from odoo import fields, models
from odoo.exceptions import UserError

from .letter import STEP

REPORT = "township_governance.action_report_letter"


class TownshipLetter(models.Model):
    """The signed original (原件): what is printed again is this file, byte for byte."""

    _inherit = "township.letter"

    original_id = fields.Many2one(
        "ir.attachment",
        string="Signed original",
        readonly=True,
        copy=False,
        guard=STEP,
        index="btree_not_null",
        ondelete="restrict",
    )

    def _original_pdf(self):
        """:return: ``bytes`` of the original of this one letter; before it is in force, of what
            party B signed in the app; ``None`` before there is either
        :raise UserError: the file is gone
        """
        letter = self.sudo()
        original = letter.original_id or letter.signed_file_id
        if not original:
            return None
        if not original.raw:
            raise UserError(
                self.env._(
                    "The signed original of “%(letter)s” is missing in the file store. Ask the "
                    "administrator to restore it from the backup; it is never made anew.",
                    letter=self.display_name,
                )
            )
        return original.raw

    def _render_original(self):
        """:return: PDF of this one letter as ``bytes``, rendered now whatever is kept
        :raise UserError: nothing can be printed on this server
        """
        self.ensure_one()
        return self.env["ir.actions.report"]._township_render_new(REPORT, self)

    def _keep_original(self, pdf, name):
        """Keep the PDF of record of this one letter; an earlier one stays among its files.

        :param bytes pdf: as it came into force
        :param str name: of the file
        :return: the new ``ir.attachment`` (sudo)
        """
        self.original_id = self._keep_file(pdf, name)
        return self.original_id

    def _after_recall(self):
        """Papers printed of a letter that was recalled are genuine no longer."""
        result = super()._after_recall()
        self.env["township.document"].sudo().search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        ).action_revoke()
        return result

    def action_preview(self):
        """:return: action that shows this one letter as the paper looks, in a tab of its own"""
        self.ensure_one()
        report = self.env.ref(REPORT).sudo().report_name
        return {
            "type": "ir.actions.act_url",
            "url": f"/report/pdf/{report}/{self.id}",
            "target": "new",
        }

    def action_print_copies(self):
        """Print each letter as often as it is made out, for the stage or the file; many at once
        by a print job.

        :return: action for the web client
        """
        papers = [letter.id for letter in self for _copy in range(max(letter.copies, 1))]
        return self.env.ref(REPORT)._township_print(self.browse(papers))
