from datetime import timedelta

from odoo import api, fields, models

# Jobs hold personal data: time enough to come back for them.
KEPT_DAYS = 30
OPEN_JOBS = ("waiting", "running")


class TownshipJobMixin(models.AbstractModel):
    """Work in the background, asked for by a person, done by a scheduled action in steps that a
    restart does not lose::

        _inherit = ["township.job.mixin"]
        _job_cron = "township_governance.ir_cron_print_jobs"

    Finished jobs go after a month with what they hold; the person who asked is told at the end.
    """

    _name = "township.job.mixin"
    _description = "Job in the background"
    _order = "id desc"

    _job_cron = None

    name = fields.Char(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Requested by", required=True, readonly=True, index=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("running", "Running"),
            ("done", "Done"),
            ("failed", "Stopped"),
        ],
        required=True,
        default="waiting",
        readonly=True,
    )
    done_count = fields.Integer(string="Done so far", readonly=True)
    progress = fields.Float(compute="_compute_progress", aggregator=None)

    @api.depends("done_count", "state")
    def _compute_progress(self):
        for job in self:
            total = job._job_total()
            job.progress = 100.0 * job._job_finished() / total if total else 0.0
            if job.state == "done":
                job.progress = 100.0

    def _job_total(self):
        """:return: ``int`` of what this one job has to do, 0 while it is unknown"""
        return 0

    def _job_finished(self):
        """:return: ``int`` of what it has done, well or badly"""
        return self.done_count

    @api.model
    def _trigger(self):
        self.env.ref(self._job_cron).sudo()._trigger()

    @api.model
    def _open_jobs(self, limit=None):
        """:return: the jobs still to be done, oldest first"""
        return self.search([("state", "in", OPEN_JOBS)], order="id", limit=limit)

    def _action_open(self):
        """:return: action that shows the job"""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "current",
        }

    def _owner_env(self):
        """:return: environment in the language of whoever asked"""
        return self.with_context(lang=self.user_id.lang).env

    def _tell(self, summary):
        """Tell whoever asked that the job has ended."""
        self.env["township.activity"]._notify(self.user_id, summary)

    @api.autovacuum
    def _gc_jobs(self):
        if self._abstract:  # core asks the mixin as well
            return
        before = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        ended = [("state", "not in", OPEN_JOBS), ("write_date", "<", before)]
        self.search(ended, limit=1000).unlink()

    def _register_hook(self):
        super()._register_hook()
        if not self._abstract and not self._job_cron:
            raise TypeError(
                f"Model {self._name} lacks: _job_cron, the scheduled action that runs it"
            )
