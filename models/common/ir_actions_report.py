import io
import logging
from ast import literal_eval
from collections import OrderedDict

import lxml.html
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import file_open, ormcache
from odoo.tools.pdf import PdfFileReader, PdfFileWriter

from ...tools import printing

_logger = logging.getLogger(__name__)

# A refusal names that many records.
MAX_NAMED = 10
# More files than this at once go to a print job.
DIRECT_FILES = 5
# Set while a PDF is made of HTML, so that one print is logged once. An object of this module,
# compared with "is": a context that comes over the network cannot hold it.
_LOGGED = object()
_LOGGED_KEY = "township_print_logged"
STYLE_FILE = "township_governance/static/src/common/report_form.css"


class IrActionsReport(models.Model):
    """Prints of personal data are logged, and statutory forms are rendered in a way of their own
    (``tools/printing.py``)."""

    _inherit = "ir.actions.report"

    township_form = fields.Boolean(
        string="Statutory form",
        help="A Chinese paper that is complete in itself: printed without header, footer and "
        "network, by either kind of wkhtmltopdf.",
    )
    township_page_numbers = fields.Selection(
        [("no", "None"), ("several", "When there are several pages"), ("always", "Always")],
        string="Page numbers",
        default="several",
    )
    township_files = fields.Boolean(
        string="Whole files", help="More than five at once are printed by a print job."
    )
    township_duplex = fields.Boolean(
        string="Printed on both sides",
        help="Of several files printed at once each begins on a new sheet of paper.",
    )

    # ------------------------------------------------------------------
    # Who prints what, and the log of it
    # ------------------------------------------------------------------

    @api.model
    def _render_qweb_html(self, report_ref, docids, data=None):
        report = self._get_report(report_ref)
        self._township_check(report, docids)
        result = super()._render_qweb_html(report_ref, docids, data=data)
        self._township_log(report, docids)
        return result

    @api.model
    def _render_qweb_text(self, report_ref, docids, data=None):
        report = self._get_report(report_ref)
        self._township_check(report, docids)
        result = super()._render_qweb_text(report_ref, docids, data=data)
        self._township_log(report, docids)
        return result

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        report = self._get_report(report_ref)
        self._township_check(report, res_ids)
        self._township_check_number(report, res_ids)
        quiet = self.with_context(**{_LOGGED_KEY: _LOGGED})
        result = super(IrActionsReport, quiet)._render_qweb_pdf(
            report_ref, res_ids=res_ids, data=data
        )
        # Also what came out of a stored PDF, without any rendering.
        self._township_log(report, res_ids)
        return result

    @api.model
    def _township_records(self, report, docids):
        """:return: the records printed, with the rights of the caller"""
        docids = [docids] if isinstance(docids, int) else docids or []
        return self.env[report.model].browse(docids)

    @api.model
    def _township_check(self, report, docids):
        """Core hides a report from menus, yet prints it on request.

        :raise AccessError: the user is in none of the report's groups, or may not read a record
        :raise UserError: a record is none the paper is for
        """
        if not report.township_form:
            return
        if not self.env.su:
            if report.group_ids and not report.group_ids & self.env.user.all_group_ids:
                raise AccessError(
                    self.env._("You have no right to print “%(report)s”.", report=report.name)
                )
            self._township_records(report, docids).check_access("read")
        # it names records: only to who may read them
        self._township_check_domain(report, docids)

    @api.model
    def _township_check_domain(self, report, docids):
        """Core uses the domain of a report only to offer it in menus.

        :raise UserError: a record outside the report's domain
        """
        records = self._township_records(report, docids).sudo()
        wrong = records - records.filtered_domain(literal_eval(report.domain or "[]"))
        if wrong:
            names = wrong[:MAX_NAMED].with_env(self.env).mapped("display_name")
            raise UserError(
                self.env._(
                    "“%(report)s” is no paper for these records; take them out of the selection:\n"
                    "%(records)s",
                    report=report.name,
                    records="\n".join(f"- {name}" for name in names),
                )
            )

    @api.model
    def _township_check_number(self, report, res_ids):
        """:raise UserError: more whole files than one request should print"""
        if report.township_files and len(res_ids or ()) > DIRECT_FILES:
            raise UserError(
                self.env._(
                    "More than %(limit)s files at once are printed in the background: select "
                    "them in the list and use the button “%(report)s”.",
                    limit=DIRECT_FILES,
                    report=report.name,
                )
            )

    @api.model
    def _township_log(self, report, docids):
        """Write the print into the access log when it holds personal data (PIP-09)."""
        if self.env.context.get(_LOGGED_KEY) is _LOGGED:
            return
        model = self.env.get(report.model)
        if model is None or not self._township_is_personal(report):
            return
        records = self._township_records(report, docids)
        helper = self._get_rendering_context_model(report)
        self.env["township.access.log"]._log(
            "print",
            records,
            reason=self.env.context.get("township_print_reason"),
            fields=getattr(helper, "_full_fields", None),
            detail=report.name,
        )

    @api.model
    def _township_is_personal(self, report):
        """:return: ``bool``, whether prints of the report are to be logged"""
        helper = self._get_rendering_context_model(report)
        if helper is not None and hasattr(helper, "_print_logged"):
            return helper._print_logged
        return bool(
            report.township_form or getattr(self.env[report.model], "_access_logged", False)
        )

    # ------------------------------------------------------------------
    # Statutory forms
    # ------------------------------------------------------------------

    @api.model
    @ormcache()
    def _township_style(self):
        """:return: ``Markup`` of the style sheet of all statutory forms, for the page itself"""
        with file_open(STYLE_FILE) as style:
            return Markup(style.read())

    def _get_rendering_context(self, report, docids, data):
        values = super()._get_rendering_context(report, docids, data)
        if report.township_form:
            values["township_style"] = self._township_style()
        return values

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref)
        if not report.township_form:
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)
        return self._township_streams(report, data or {}, res_ids or [])

    def _township_streams(self, report, data, res_ids):
        """Core's contract with papers rendered in our own way.

        :return: ``OrderedDict`` record id -> ``{"stream", "attachment"}``; one entry ``False``
            with all papers where nobody needs them apart
        """
        streams = OrderedDict()
        if report.attachment and len(res_ids) == len(set(res_ids)):
            for record in self._township_records(report, res_ids):
                attachment = report.with_env(self.env).retrieve_attachment(record)
                reused = report.attachment_use and attachment
                streams[record.id] = {
                    "stream": io.BytesIO(attachment.raw) if reused else None,
                    "attachment": attachment or None,
                }
        stored = {} if streams else self._township_stored(report, res_ids)
        # A file in several copies is rendered once.
        missing = [
            res_id
            for res_id in (dict.fromkeys(res_ids) if report.township_files else res_ids)
            if res_id not in stored and not streams.get(res_id, {}).get("stream")
        ]
        parts = self._township_pdfs(report, missing, data) if missing or not res_ids else []
        if streams:
            for res_id, pdf in zip(missing, self._township_split(parts), strict=True):
                streams[res_id]["stream"] = io.BytesIO(pdf)
            return streams
        if len(missing) == len(res_ids) and not report.township_duplex:
            pdfs = [pdf for _count, pdf in parts]
        else:
            stored.update(zip(missing, self._township_split(parts), strict=True))
            pdfs = [stored[res_id] for res_id in res_ids]
        key = res_ids[0] if len(res_ids) == 1 else False
        pdf = printing.merge(pdfs, duplex=report.township_duplex)
        return {key: {"stream": io.BytesIO(pdf), "attachment": None}}

    @api.model
    def _township_stored(self, report, res_ids):
        """:return: ``dict`` record id -> ``bytes``, of the records whose original is kept"""
        helper = self._get_rendering_context_model(report)
        if not hasattr(helper, "_stored_pdf"):
            return {}
        originals = {
            record.id: helper._stored_pdf(record)
            for record in self._township_records(report, list(dict.fromkeys(res_ids)))
        }
        return {res_id: pdf for res_id, pdf in originals.items() if pdf}

    @api.model
    def _township_render_new(self, report_ref, record):
        """Render one paper for the system itself, an original that is about to be kept: a new
        rendering whatever is stored, and no print for the access log.

        :return: PDF as ``bytes``
        :raise UserError: wkhtmltopdf or a Chinese font is missing, or it failed
        """
        report = self._get_report(report_ref)
        self._township_check(report, record.ids)
        quiet = self.with_context(**{_LOGGED_KEY: _LOGGED})
        [(_count, pdf)] = quiet._township_pdfs(report, record.ids, {})
        return pdf

    def _township_pdfs(self, report, res_ids, data):
        """Render and number the papers.

        :return: ``list`` of ``(number of papers, PDF as bytes)``; several papers share a PDF
            only when each has one page
        """
        self._township_check_printing()
        html = self._render_qweb_html(report.id, res_ids, data={**data, "report_type": "pdf"})[0]
        page = self._township_page(report)
        try:
            parts = printing.render(self._township_papers(html), page)
            return [
                (count, self._township_number(pdf, sheets, count, page))
                for count, pdf, sheets in parts
            ]
        except printing.PrintError as error:
            _logger.warning("printing %s %s: %s", report.report_name, res_ids, error)
            raise UserError(
                self.env._(
                    "“%(report)s” could not be printed: wkhtmltopdf failed. Please try again; if "
                    "it fails again, show the administrator this message: %(message)s",
                    report=report.name,
                    message=error,
                )
            ) from error

    @api.model
    def _township_check_printing(self):
        """:raise UserError: the server lacks wkhtmltopdf or a Chinese font"""
        if not printing.is_ready():
            raise UserError(
                self.env._(
                    "wkhtmltopdf was not found on the server, so no PDF can be made. Ask the "
                    "administrator to install it (package “wkhtmltopdf”), then print again."
                )
            )
        if not printing.has_chinese_font():
            raise UserError(
                self.env._(
                    "No Chinese font is installed on the server: the paper would show empty "
                    "squares. Ask the administrator to install one (Debian and Ubuntu: package "
                    "“fonts-noto-cjk”), then print again."
                )
            )

    @api.model
    def _township_page(self, report):
        """:return: ``printing.Page`` after the paper format of the report"""
        paper = report.get_paperformat()
        return printing.Page(
            size=paper.format if paper.format != "custom" else "A4",
            landscape=paper.orientation == "Landscape",
            top=paper.margin_top,
            right=paper.margin_right,
            bottom=paper.margin_bottom,
            left=paper.margin_left,
            numbers=report.township_page_numbers or "no",
        )

    @api.model
    def _township_papers(self, html):
        """Take the page apart: each ``article`` is a paper of its own.

        :return: ``list`` of ``printing.Paper``
        """
        root = lxml.html.fromstring(html, parser=lxml.html.HTMLParser(encoding="utf-8"))
        head = "".join(lxml.html.tostring(node, encoding="unicode") for node in root.find("head"))
        return [
            printing.Paper(
                head,
                lxml.html.tostring(node, encoding="unicode"),
                "".join(node.text_content().split()),
            )
            for node in root.find_class("article")
        ]

    @api.model
    def _township_number(self, pdf, sheets, papers, page):
        """:return: the PDF with page numbers, each paper counted from one"""
        if page.numbers == "no" or (page.numbers == "several" and sheets == papers):
            return pdf
        numbers = [1] * papers if papers == sheets else range(1, sheets + 1)
        return printing.stamp_page_numbers(pdf, list(numbers), page)

    @api.model
    def _township_split(self, parts):
        """:return: ``list`` of PDFs, one per paper"""
        result = []
        for papers, pdf in parts:
            if papers == 1:
                result.append(pdf)
                continue
            for sheet in PdfFileReader(io.BytesIO(pdf)).pages:
                writer, buffer = PdfFileWriter(), io.BytesIO()
                writer.addPage(sheet)
                writer.write(buffer)
                result.append(buffer.getvalue())
        return result

    # ------------------------------------------------------------------
    # Directly or by a print job
    # ------------------------------------------------------------------

    def _township_print(self, records):
        """Print now, or by a print job when these are more than five whole files.

        :param records: recordset of the report's model
        :return: action for the web client
        """
        self.ensure_one()
        if self.sudo().township_files and len(records) > DIRECT_FILES:
            return self.env["township.print.job"]._request(self, records)._action_open()
        return self.report_action(records, config=False)
