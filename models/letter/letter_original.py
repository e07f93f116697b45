from odoo import fields, models

from .letter import STEP


class TownshipLetter(models.Model):
    """The original of a letter: the PDF of record, printed again byte for byte."""

    _inherit = "township.letter"

    original_id = fields.Many2one(
        "ir.attachment",
        string="Original",
        readonly=True,
        copy=False,
        guard=STEP,
        index="btree_not_null",
        ondelete="restrict",
    )

    def _render_original(self):
        """:return: ``bytes`` of this one letter rendered afresh"""
        self.ensure_one()
        # a file of record is a PDF, in tests as well
        report = (
            self.env["ir.actions.report"]
            .sudo()
            .with_context(force_report_rendering=True)
            ._get_report("township_governance.action_report_letter")
        )
        return report._render_qweb_pdf(report, self.ids)[0]

    def _keep_original(self, pdf, name):
        """Keep the PDF of record.

        :param bytes pdf: as it came into force
        :param str name: of the file
        """
        self.original_id = self._keep_file(pdf, name)
