import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import split_every

from ...tools import printing
from .ir_actions_report import DIRECT_FILES
from .job_mixin import OPEN_JOBS

_logger = logging.getLogger(__name__)

BATCH_SIZE = DIRECT_FILES
# Description of the attachments that hold what is printed so far.
PART = "township.print.job part"


class TownshipPrintJob(models.Model):
    """Prints many files in the background, with the rights of whoever asked.

    A scheduled action renders a few files at a time and keeps what is done, so that a restart
    loses nothing. A file that cannot be printed is noted and does not stop the rest. The
    result can be read by whoever asked and goes after a month.
    """

    _name = "township.print.job"
    _description = "Print job"
    _inherit = ["township.job.mixin"]

    _job_cron = "township_governance.ir_cron_print_jobs"

    name = fields.Char(string="Job")
    report_id = fields.Many2one(
        "ir.actions.report", required=True, readonly=True, ondelete="cascade", index=True
    )
    res_model = fields.Char(string="Model", required=True, readonly=True)
    record_ids = fields.Json(string="Record IDs", required=True, readonly=True)
    request_context = fields.Json(readonly=True, groups=fields.NO_ACCESS)
    state = fields.Selection(
        selection_add=[
            ("running", "Printing"),
            ("done",),
            ("failed", "Not printed"),
            ("cancelled", "Cancelled"),
        ],
        ondelete={"cancelled": "cascade"},
    )
    total = fields.Integer(string="Files", readonly=True)
    done_count = fields.Integer(string="Printed")
    failed_count = fields.Integer(string="Files not printed", readonly=True)
    problems = fields.Text(readonly=True)
    attachment_id = fields.Many2one(
        "ir.attachment", string="Result", readonly=True, copy=False, index="btree_not_null"
    )

    _waiting_idx = models.Index("(id) WHERE state IN ('waiting', 'running')")

    @api.depends("total", "failed_count")
    def _compute_progress(self):
        return super()._compute_progress()

    def _job_total(self):
        return self.total

    def _job_finished(self):
        return self.done_count + self.failed_count

    # ------------------------------------------------------------------
    # Asking for prints
    # ------------------------------------------------------------------

    @api.model
    def _request(self, report, records):
        """:param report: ``ir.actions.report``
        :param records: recordset to print, which the user may read
        :return: the new job of the current user
        """
        records.check_access("read")
        self.env["ir.actions.report"]._township_check(report.sudo(), records.ids)
        job = self.sudo().create(
            {
                "name": report.sudo().name,
                "report_id": report.id,
                "res_model": records._name,
                "record_ids": records.ids,
                "user_id": self.env.uid,
                "company_id": self.env.company.id,
                "request_context": {
                    "lang": self.env.context.get("lang"),
                    "allowed_company_ids": self.env.companies.ids,
                },
                "total": len(records),
            }
        )
        self._trigger()
        return job.sudo(self.env.su)

    def action_cancel(self):
        """Stop jobs that are not finished."""
        self.check_access("read")
        self.sudo().filtered(lambda job: job.state in OPEN_JOBS).state = "cancelled"
        self.sudo()._parts().unlink()
        return True

    def action_download(self):
        """:return: action that downloads the PDF"""
        self.ensure_one()
        self.check_access("read")
        if not self.attachment_id:
            raise UserError(self.env._("The files are not printed yet. Please wait a moment."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=true",
            "target": "self",
        }

    # ------------------------------------------------------------------
    # Scheduled action
    # ------------------------------------------------------------------

    @api.model
    def _cron_print(self):
        """Print the waiting jobs, oldest first, until the time is up."""
        cron = self.env["ir.cron"]
        jobs = self._open_jobs()
        cron._commit_progress(remaining=sum(job._remaining() for job in jobs))
        for job in jobs:
            if not job._print_all():
                return

    def _remaining(self):
        return self.total - self._job_finished()

    def _print_all(self):
        """Print what is left of the job, committing after each batch.

        :return: ``bool``: ``False`` when the time of the scheduled action is up
        """
        self.ensure_one()
        cron = self.env["ir.cron"]
        start = self.done_count + self.failed_count
        for batch in split_every(BATCH_SIZE, self.record_ids[start:], list):
            # Locked by another run, cancelled or deleted meanwhile: not ours any more.
            job = self.try_lock_for_update()
            job.invalidate_recordset(["state"])
            if not job or job.state not in OPEN_JOBS:
                return True
            job.state = "running"
            job._print_batch(batch)
            if not cron._commit_progress(len(batch)):
                return False
        if self.try_lock_for_update():
            self._finish()
            cron._commit_progress()
        return True

    def _print_batch(self, ids):
        """Print a few files together; when that fails, one by one."""
        try:
            with self.env.cr.savepoint():
                pdf = self._render(ids)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one file
            if len(ids) > 1:
                for res_id in ids:
                    self._print_batch([res_id])
                return
            self._note_problem(ids[0], error)
            return
        self.env["ir.attachment"].create(
            {
                "name": f"part {self.done_count + self.failed_count:06d}.pdf",
                "res_model": self._name,
                "res_id": self.id,
                "description": PART,
                "raw": pdf,
            }
        )
        self.done_count += len(ids)

    def _render(self, ids):
        """Render with the rights that whoever asked has now.

        :return: PDF as ``bytes``
        """
        context = {key: value for key, value in (self.request_context or {}).items() if value}
        user = self.user_id
        context["allowed_company_ids"] = [
            company_id
            for company_id in context.get("allowed_company_ids", ())
            if company_id in user.company_ids.ids
        ] or user.company_id.ids
        Report = self.env["ir.actions.report"].with_user(user).with_context(**context)
        return Report._render_qweb_pdf(self.report_id.id, res_ids=ids)[0]

    def _note_problem(self, res_id, error):
        """Write down which file was not printed and why: by number or id, as the text may be
        read when rights have changed."""
        _logger.info("print job %s: record %s: %s", self.id, res_id, error)
        record = self.env[self.res_model].browse(res_id).exists()
        label = record and "number" in record._fields and record.number or f"#{res_id}"
        env = self._owner_env()
        if isinstance(error, AccessError):
            # Its own text names what the person may not see.
            message = env._("no right to print it")
        elif isinstance(error, UserError):
            message = str(error)
        else:
            message = env._("could not be printed (%(kind)s)", kind=type(error).__name__)
        self.problems = "\n".join(filter(None, [self.problems, f"{label}: {message}"]))
        self.failed_count += 1

    def _parts(self):
        """:return: ``ir.attachment``, what is printed so far, in order"""
        return self.env["ir.attachment"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("description", "=", PART),
            ],
            order="id",
        )

    def _finish(self):
        """Put the parts together and tell whoever asked."""
        parts = self._parts()
        if parts:
            duplex = self.report_id.township_duplex
            self.attachment_id = self.env["ir.attachment"].create(
                {
                    "name": f"{self.name}.pdf",
                    "res_model": self._name,
                    "res_id": self.id,
                    "raw": printing.merge([part.raw for part in parts], duplex),
                }
            )
        self.state = "done" if parts else "failed"
        parts.unlink()
        self._tell(
            self._owner_env()._(
                "%(job)s: %(done)s files printed, %(failed)s not printed.",
                job=self.name,
                done=self.done_count,
                failed=self.failed_count,
            )
        )

    def unlink(self):
        self.sudo()._parts().unlink()
        self.sudo().attachment_id.unlink()
        return super().unlink()
