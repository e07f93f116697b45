"""A whole room, thrown away after the test: every mechanism of the ground floor, each in at most
ten lines of its own. CONTRIBUTING shows this very code."""

from odoo import api, fields, models

from ...models.common.ledger_target import Column, LedgerTarget
from ...models.common.metric import Metric
from ...tools.workflow import Frozen, Transition


def room():
    """:return: ``list`` of the classes of the room; they must be made anew for each test class"""

    class VisitLedger(LedgerTarget):
        # --- ledger
        columns = {
            "name": Column(("对象",)),
            "number": Column(("编号",)),
            "date_done": Column(("完成日期",), past_only=True),
            "state": Column(("状态",)),
        }

    class Visit(models.Model):
        # --- model
        _name = "township.test.visit"
        _description = "Visit"
        _module = None
        _inherit = [
            *(f"township.{name}.mixin" for name in ("deadline.owner", "workflow", "number")),
            *(f"township.{name}.mixin" for name in ("ledger", "metric")),
            *("mail.thread", "mail.activity.mixin"),
        ]
        name = fields.Char()
        company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
        user_id = fields.Many2one("res.users")
        # --- clocks
        _clock_events = {"received": "date_received"}
        _deadline_received_field = "date_received"
        date_received = fields.Date(default=lambda self: self.env["township.calendar.day"]._today())
        clock_ids = fields.One2many("township.test.visit.clock", "visit_id")

        def _clock_rules_domain(self):
            return [("code", "like", "test_visit")]

        # --- clocks of what has ended
        def _clock_open(self):
            return self.filtered(lambda visit: visit.state == "open")

        def _clock_end(self):
            return self.date_done

        # --- steps
        state = fields.Selection([("open", "Open"), ("done", "Done")])
        date_done = fields.Date()
        _transitions = (Transition(name="finish", source=("open",), target="done", label="Finish"),)
        # --- frozen content
        findings = fields.Text()
        _frozen = {"done": Frozen(fields=frozenset({"name", "findings"}))}
        # --- number
        number = fields.Char()
        # --- ledger, of the model
        _ledger = VisitLedger
        # --- metric
        _township_metrics = {"done": Metric("Done", numerator=[("state", "=", "done")])}

        # --- home
        def _home_open_domain(self):
            return [("state", "=", "open")]

    class VisitClock(models.Model):
        # --- clock, a row
        _name = "township.test.visit.clock"
        _description = "Clock of a visit"
        _module = None
        _inherit = ["township.clock.mixin"]
        _owner_field = "visit_id"
        visit_id = fields.Many2one("township.test.visit", required=True, index=True)
        note = fields.Char()

    class VisitAbove(models.Model):
        # --- a higher room adds to a step
        _inherit = "township.test.visit"
        _module = None
        _transitions = (Transition(name="finish", guard="_guard_finish", after="_stop"),)

        def _guard_finish(self):
            return [] if self.findings else ["the findings"]

        def _stop(self):
            self._stop_clocks(self.env["township.calendar.day"]._today())

    class ReportVisit(models.AbstractModel):
        # --- print
        _name = "report.township_governance.report_test_visit"
        _inherit = ["township.report.base"]
        _description = "Record of a visit"
        _module = None
        _doc_model = "township.test.visit"
        _title = "走访记录"

        @api.model
        def _papers(self, docs):
            return [{"name": doc.name} for doc in docs]

    return [Visit, VisitClock, VisitAbove, ReportVisit]


# --- rights
RIGHTS = {
    "township.test.visit": {"group_reporter": "r", "group_officer": "rwc"},
    "township.test.visit.clock": {"group_reporter": "r", "group_officer": "rwc"},
}
