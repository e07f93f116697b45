import base64
import json
import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, split_every

from ...tools.ledger.run import Run
from ...tools.ledger.stored import (
    pack_part,
    pack_rejected,
    pack_row,
    unpack_part,
    unpack_rejected,
    unpack_row,
)
from .job_mixin import OPEN_JOBS
from .ledger_target import BATCH_SIZE

_logger = logging.getLogger(__name__)


class TownshipLedgerJob(models.Model):
    """Import of a large ledger, in batches of 1,000 rows.

    First the file is read into chunks, in one transaction; then each chunk becomes records in
    a transaction of its own, under the rights and in the language of the person who started
    it. What a killed server leaves undone is taken up where it stopped.
    """

    _name = "township.ledger.job"
    _description = "Ledger import in the background"
    _inherit = ["township.job.mixin"]

    _job_cron = "township_governance.ir_cron_run_ledger_jobs"

    name = fields.Char(string="File")
    data = fields.Binary(attachment=True, readonly=True)
    target = fields.Char(required=True, readonly=True)
    create_missing = fields.Boolean(string="Create missing records", readonly=True)
    history = fields.Boolean(string="Import as history", readonly=True)
    user_id = fields.Many2one(string="Imported by")
    state = fields.Selection(selection_add=[("running", "Importing")])
    row_count = fields.Integer(string="Rows", readonly=True)
    done_count = fields.Integer(string="Rows done")
    imported_count = fields.Integer(readonly=True)
    rejected_count = fields.Integer(readonly=True)
    skipped_count = fields.Integer(string="Imported already", readonly=True)
    rejected_data = fields.Binary(string="Rejected workbook", attachment=True, readonly=True)
    rejected_filename = fields.Char(readonly=True)
    warnings = fields.Html(readonly=True, sanitize=False)
    error = fields.Text(readonly=True)
    summary = fields.Json(readonly=True)
    parts = fields.Json(readonly=True)
    chunk_ids = fields.One2many("township.ledger.chunk", "job_id")

    _open_idx = models.Index("(id) WHERE state IN ('waiting', 'running')")

    @api.depends("row_count")
    def _compute_progress(self):
        return super()._compute_progress()

    def _job_total(self):
        return self.row_count

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_resume(self):
        """Go on with jobs that were stopped by an error."""
        self.check_access("read")
        self.sudo().filtered(lambda job: job.state == "failed").write(
            {"state": "waiting", "error": False}
        )
        self._trigger()

    def action_download_rejected(self):
        """:return: action that downloads the workbook of rejected rows"""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/rejected_data"
            "?download=true&filename_field=rejected_filename",
            "target": "self",
        }

    # ------------------------------------------------------------------
    # Scheduled action
    # ------------------------------------------------------------------

    @api.model
    def _cron_run(self):
        """Work off open jobs, oldest first, one batch per transaction."""
        Cron = self.env["ir.cron"]
        while True:
            job = self._open_jobs(limit=1)
            job = job.try_lock_for_update()
            if not job:
                return
            try:
                job._step()
            except Exception as error:
                self.env.cr.rollback()
                _logger.exception("Ledger import %s stopped", job.id)
                job._stop(error)
            remaining = self.search_count([("state", "in", OPEN_JOBS)])
            if not Cron._commit_progress(1, remaining=remaining):
                return
            self.env.invalidate_all()

    def _step(self):
        """One transaction's work: read the file, import one chunk, or finish."""
        self.ensure_one()
        if not self.parts:
            self._read_file()
            return
        chunk = self.chunk_ids.search([("job_id", "=", self.id), ("done", "=", False)], limit=1)
        if chunk:
            self._import_chunk(chunk)
        else:
            self._finish()

    def _stop(self, error):
        """Keep the error for people; the chunk at fault stays undone, as do those after it."""
        text = str(error) if isinstance(error, UserError) else f"{type(error).__name__}: {error}"
        self.write({"state": "failed", "error": text})

    def _new_target(self):
        """:return: ``LedgerTarget`` as the person who started the job sees its model"""
        model_name = self.env["township.ledger.mixin"]._targets()[self.target]
        model = (
            self.env[model_name]
            .with_user(self.user_id)
            .with_context(
                lang=self.user_id.lang,
                tz=self.user_id.tz,
                allowed_company_ids=self.company_id.ids,
                active_test=True,
            )
        )
        return model._ledger(model)

    def _read_file(self):
        target = self._new_target()
        content = base64.b64decode(self.with_context(bin_size=False).data or b"")
        ledger = target.open(content, self.name)
        count = 0
        for rows in split_every(BATCH_SIZE, target.rows(ledger)):
            count += len(rows)
            self._store_chunk([pack_row(row) for row in rows])
        self.write(
            {
                "state": "running",
                "row_count": count,
                "parts": [pack_part(part) for part in ledger.parts],
            }
        )

    def _store_chunk(self, rows):
        """Past the ORM's cache, which would keep the whole file in memory."""
        self.env.cr.execute(
            SQL(
                "INSERT INTO township_ledger_chunk (job_id, size, rows, done) "
                "VALUES (%s, %s, %s, FALSE)",
                self.id,
                len(rows),
                json.dumps(rows, ensure_ascii=False),
            )
        )

    def _import_chunk(self, chunk):
        target = self._new_target()
        run = target.run = self._run()
        target.import_rows([unpack_row(row) for row in chunk.rows])
        target.log()
        chunk.write({"done": True, "rows": False, "rejected": pack_rejected(run.rejected)})
        self.write(
            {
                "summary": run.summary(),
                "done_count": self.done_count + chunk.size,
                "imported_count": run.imported,
                "skipped_count": run.skipped + run.repeated,
                "rejected_count": self.rejected_count + len(run.rejected),
            }
        )

    def _run(self):
        """:return: the run as far as it has come"""
        run = Run(
            parts=[unpack_part(part) for part in self.parts],
            today=self.env["township.calendar.day"]._today(),
            filename=self.name,
            create_missing=self.create_missing,
            history=self.history,
        )
        run.restore(self.summary or {})
        return run

    def _finish(self):
        """Write the workbook of rejected rows, take the file away, tell the person."""
        target = self._new_target()
        report = target.env["township.ledger.report"]
        run = target.run = self._run()
        for chunk in self.chunk_ids:
            run.rejected += unpack_rejected(chunk.rejected or [])
            chunk.invalidate_recordset(["rejected"])
        self.chunk_ids.unlink()
        self.write(
            {
                "state": "done",
                "data": False,
                **report._rejected_vals(target),
                "warnings": report._warnings_html(target) or False,
            }
        )
        self._tell(
            self._owner_env()._(
                "Ledger %(file)s: %(imported)s imported, %(rejected)s rejected",
                file=self.name,
                imported=self.imported_count,
                rejected=self.rejected_count,
            )
        )
