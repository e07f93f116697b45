import base64
from itertools import islice

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.ledger.run import Run
from ...tools.rights import check_groups

# Rows imported at once, in one transaction; a larger ledger becomes a stored job. At 300 rows a
# second this stays well under the 60 s of CPU that a request may take.
DIRECT_ROWS = 5000


class TownshipLedgerImport(models.TransientModel):
    """Import of a ledger (台账导入): choose the file, look at the preview, import, take the
    rejected rows home and come back with them. Holds no logic of its own: reading is in
    ``tools/ledger``, meaning in the ``LedgerTarget`` that the model names."""

    _name = "township.ledger.import"
    _description = "Ledger import"

    data = fields.Binary(string="Ledger")
    filename = fields.Char()
    pasted = fields.Text(
        string="Or paste here",
        help="Rows with their heading, copied in Excel, WPS or Word, instead of a file.",
    )
    target = fields.Selection(
        selection="_selection_target",
        string="Kind of ledger",
        required=True,
        default=lambda self: self._default_target(),
    )
    create_missing = fields.Boolean(
        string="Create missing records",
        help="Villages, communities, mediators … that the ledger names and the system does not "
        "know are created. The preview lists them. Dispute types never are.",
    )
    history = fields.Boolean(
        string="Import as history",
        help="For ledgers of past years: the deadlines of these records raise no alarm and "
        "nobody gets a to-do.",
    )
    step = fields.Selection(
        [("upload", "File"), ("preview", "Preview"), ("done", "Imported")],
        default="upload",
        readonly=True,
    )
    read_count = fields.Integer(string="Rows read", readonly=True)
    imported_count = fields.Integer(readonly=True)
    rejected_count = fields.Integer(readonly=True)
    skipped_count = fields.Integer(
        string="Imported already",
        readonly=True,
        help="Rows imported before, or standing twice in the file.",
    )
    is_large = fields.Boolean(readonly=True)
    preview = fields.Html(readonly=True, sanitize=False)
    warnings = fields.Html(readonly=True, sanitize=False)
    reasons = fields.Html(string="Reasons for return", readonly=True, sanitize=False)
    rejected_data = fields.Binary(string="Rejected workbook", readonly=True)
    rejected_filename = fields.Char(readonly=True)
    record_ids = fields.Json(readonly=True)
    job_id = fields.Many2one("township.ledger.job", readonly=True)

    @api.model
    def _selection_target(self):
        """Only what the user may import."""
        mixin = self.env["township.ledger.mixin"]
        mine = {target for target, name in mixin._targets().items() if self.env[name]._may_import()}
        return [row for row in mixin._target_selection() if row[0] in mine]

    @api.model
    def _default_target(self):
        """:return: ``str``, the kind of ledger offered first; a room above may name its own"""
        return next((target for target, _label in self._selection_target()), False)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_preview(self):
        """Read the file without importing it: what was recognised, what would be created, what
        would be rejected and why.

        :return: action that shows this wizard again
        :raise UserError: the file cannot be read
        """
        self.ensure_one()
        target = self._new_target()
        ledger = self._open_ledger(target)
        target.run = self._new_run(ledger, dry_run=True)
        rows = list(islice(target.rows(ledger), DIRECT_ROWS + 1))
        target.import_rows(rows[:DIRECT_ROWS])
        report = self.env["township.ledger.report"]
        self.write(
            {
                "step": "preview",
                "is_large": len(rows) > DIRECT_ROWS,
                "preview": report._preview_html(target, ledger),
                **self._findings(target),
            }
        )
        return self._reopen()

    def action_import(self):
        """Import the ledger, in one transaction; above 5,000 rows as a stored job.

        :return: action that shows the result, or the job
        :raise UserError: the file cannot be read
        """
        self.ensure_one()
        target = self._new_target()
        ledger = self._open_ledger(target)
        rows = list(islice(target.rows(ledger), DIRECT_ROWS + 1))
        if len(rows) > DIRECT_ROWS:
            return self._start_job(target)
        target.run = self._new_run(ledger)
        target.import_rows(rows)
        target.log()
        report = self.env["township.ledger.report"]
        self.write(
            {
                "step": "done",
                "record_ids": target.run.record_ids,
                **({} if target.keeps_file else {"data": False, "pasted": False}),
                **report._rejected_vals(target),
                **self._findings(target),
            }
        )
        return self._reopen()

    def action_back(self):
        """Choose another file or other options."""
        self.write({"step": "upload", "preview": False, "warnings": False, "reasons": False})
        return self._reopen()

    def action_download_rejected(self):
        """:return: action that downloads the workbook of rejected rows"""
        self.ensure_one()
        if not self.rejected_count:
            raise UserError(self.env._("No row was rejected."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/rejected_data"
            "?download=true&filename_field=rejected_filename",
            "target": "self",
        }

    def action_open_records(self):
        """:return: action with the imported records"""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Imported records"),
            "res_model": self._new_target().model._name,
            "view_mode": "list,form",
            "domain": [("id", "in", self.record_ids or [])],
            "target": "current",
        }

    # ------------------------------------------------------------------
    # Pieces
    # ------------------------------------------------------------------

    def _new_target(self):
        """:return: ``LedgerTarget`` of the kind chosen
        :raise AccessError: the user may not create its records"""
        models_by_target = self.env["township.ledger.mixin"]._targets()
        model = self.env[models_by_target[self.target]]
        check_groups(self.env, self.env._("Import ledger"), model._ledger.groups)
        model.check_access("create")
        return model._ledger(model)

    def _open_ledger(self, target):
        return target.open(*self._content())

    def _content(self):
        """:return: (``bytes``, file name) of the ledger; what was pasted is a text table"""
        if self.data or not self.pasted:
            return base64.b64decode(self.with_context(bin_size=False).data or b""), self.filename
        return self.pasted.encode(), self.env._("Pasted.tsv")

    def _new_run(self, ledger, dry_run=False):
        return Run(
            parts=ledger.parts,
            today=self.env["township.calendar.day"]._today(),
            filename=self._content()[1] or "",
            create_missing=self.create_missing,
            history=self.history,
            dry_run=dry_run,
        )

    def _findings(self, target):
        """:return: ``dict`` of the fields that tell what a run found"""
        report = self.env["township.ledger.report"]
        return {
            "read_count": target.run.read,
            "imported_count": target.run.imported,
            "rejected_count": len(target.run.rejected),
            "skipped_count": target.run.skipped + target.run.repeated,
            "warnings": report._warnings_html(target) or False,
            "reasons": report._reasons_html(target) or False,
        }

    def _start_job(self, target):
        if not target.keeps_file:
            raise UserError(
                self.env._(
                    "This register has more than %(number)s rows. It is not kept as a file: "
                    "please import it in parts.",
                    number=DIRECT_ROWS,
                )
            )
        content, filename = self._content()
        job = (
            self.env["township.ledger.job"]
            .sudo()
            .create(
                {
                    "name": filename or self.env._("Ledger"),
                    "data": base64.b64encode(content),
                    "target": self.target,
                    "create_missing": self.create_missing,
                    "history": self.history,
                    "company_id": self.env.company.id,
                    "user_id": self.env.uid,
                }
            )
        )
        job._trigger()
        self.write({"job_id": job.id, "step": "done", "is_large": True})
        return job._action_open()

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import ledger"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
