"""The mechanisms are easy to use: a throw-away room of two models has all of them."""

import base64
import inspect
import re
import textwrap
from datetime import date
from pathlib import Path

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from . import throwaway_room
from .base import TownshipCase
from .throwaway import add_throwaway_models

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 10
TEMPLATE = """<t t-name="township_governance.report_test_visit">
<t t-call="township_governance.document_page" t-translation="off">
<t t-foreach="papers" t-as="paper"><t t-call="township_governance.document_form">
<h1 class="form-title">走访记录</h1><p t-out="paper['name']"/></t></t></t></t>"""


def parts():
    """:return: ``dict`` name of a part of the room -> its lines of code"""
    found, current = {}, None
    for line in inspect.getsource(throwaway_room).splitlines():
        marked = re.match(r"\s*# --- (.+)", line)
        if marked:
            current = found.setdefault(marked[1], [])
        elif re.match(r"    class |    return|[a-z]", line):
            current = None
        elif current is not None and line.strip() and "_module = None" not in line:
            current.append(line)
    return found


@tagged("post_install", "-at_install")
class TestMechanisms(TownshipCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-11-18 04:00:00"))
        made = add_throwaway_models(cls, throwaway_room.room(), throwaway_room.RIGHTS)
        cls.visits = made[0].with_user(cls.officer).with_company(cls.company)
        # two duties that start on the same day
        cls.rules = cls.env["township.deadline.rule"].create(
            [
                {
                    "name": f"Rule of {days} days",
                    "code": f"test_visit_{days}",
                    "number": days,
                    "start_event": "received",
                    "roll_to_working_day": False,
                }
                for days in (7, 30)
            ]
        )
        cls.env["ir.ui.view"].create(
            {
                "name": "report_test_visit",
                "type": "qweb",
                "key": "township_governance.report_test_visit",
                "arch": TEMPLATE,
            }
        )
        cls.report = cls.env["ir.actions.report"].create(
            {
                "name": "Record of a visit",
                "model": "township.test.visit",
                "report_type": "qweb-pdf",
                "report_name": "township_governance.report_test_visit",
                "township_form": True,
                "domain": "[('state', '=', 'done')]",
            }
        )

    def visit(self, day=None, **vals):
        """:return: a visit with its clocks, received on ``day``"""
        vals = {"name": "East", "company_id": self.company.id, **vals}
        visit = self.visits.create({**vals, "date_received": day or date(2026, 11, 18)})
        visit.sudo()._start_clocks("received")
        return visit

    # ------------------------------------------------------------------
    # Short, and shown
    # ------------------------------------------------------------------

    def test_each_mechanism_takes_at_most_ten_lines(self):
        counted = {name: len(lines) for name, lines in parts().items()}
        self.assertGreaterEqual(len(counted), 12)
        for name, lines in counted.items():
            if name != "model":
                with self.subTest(name):
                    self.assertLessEqual(lines, MOST_LINES)
        self.assertLessEqual(sum(counted.values()), 90, counted)

    def test_contributing_shows_this_very_room(self):
        shown = (ROOT / "CONTRIBUTING.md").read_text()
        body = textwrap.dedent(inspect.getsource(throwaway_room.room).split('"""')[2])
        for line in body.splitlines():
            if line.strip() and "_module" not in line and not line.startswith("return"):
                with self.subTest(line):
                    self.assertIn(line, shown)

    def test_a_model_names_its_ledger_and_has_no_method_of_it(self):
        """From the registry: the next room is in it by itself."""
        for name in self.env.registry:
            with self.subTest(name):
                methods = [
                    one for one in dir(self.env.registry[name]) if one.startswith("_ledger_")
                ]
                self.assertEqual(methods, [])

    def test_people_are_told_in_one_way(self):
        for path in (ROOT / "models").rglob("*.py"):
            if path.name != "activity.py":
                with self.subTest(path.name):
                    self.assertNotRegex(path.read_text(), r'env\["mail\.activity"\]|_bus_send')

    def test_every_job_tells_at_its_end_and_goes_after_a_month(self):
        for name in self.env.registry.descendants(["township.job.mixin"], "_inherit"):
            Job = self.env[name]
            if Job._abstract:
                continue
            with self.subTest(name):
                self.assertTrue(self.env.ref(Job._job_cron))
                vals = {"name": "x", "user_id": self.officer.id, "company_id": self.company.id}
                needed = {
                    "target": "township.test.visit",
                    "report_id": self.report.id,
                    "res_model": "x",
                    "record_ids": [1],
                }
                vals |= {key: value for key, value in needed.items() if key in Job._fields}
                jobs = Job.create([vals, {**vals, "state": "done"}, {**vals, "state": "failed"}])
                jobs[1]._tell("It is done")
                told = self.env["mail.activity"].search([("summary", "=", "It is done")])
                self.assertEqual(told.user_id, self.officer)
                told.unlink()
                self.env.flush_all()
                with freeze_time("2027-06-01 04:00:00"):
                    Job._gc_jobs()
                self.assertEqual(jobs.exists(), jobs[0])

    def test_scans_chosen_in_a_form_become_their_records_own(self):
        """From the registry: else only who uploaded a file reads it, and nothing freezes it."""
        mixin = self.env.registry["township.scan.mixin"]
        found = 0
        for name, model in self.env.registry.items():
            if not name.startswith("township.") or model._abstract or model._transient:
                continue
            for field in model._fields.values():
                if field.type == "many2many" and field.comodel_name == "ir.attachment":
                    found += 1
                    with self.subTest(model=name, field=field.name):
                        self.assertTrue(issubclass(model, mixin))
                        self.assertIn(field.name, model._scan_fields)
        self.assertGreater(found, 5)

    def test_vacuum_of_core_passes_over_the_mixin(self):
        self.env["township.job.mixin"]._gc_jobs()

    def test_files_of_models_stay_short(self):
        for path in (ROOT / "models").rglob("*.py"):
            with self.subTest(path.name):
                self.assertLessEqual(len(path.read_text().splitlines()), 400)

    def test_the_room_starts(self):
        for name in ("township.test.visit", "township.test.visit.clock"):
            self.assertEqual(self.env[name]._lacking_parts(), [])

    # ------------------------------------------------------------------
    # Clocks
    # ------------------------------------------------------------------

    def test_two_clocks_and_the_earliest_governs(self):
        visit = self.visit()
        self.assertEqual(len(visit.clock_ids), 2)
        self.assertEqual(visit.deadline_date, date(2026, 11, 25))
        visit.clock_ids.sudo().sorted("deadline_date")[0]._deadline_stop(date(2026, 11, 18))
        self.assertEqual(visit.deadline_date, date(2026, 12, 18))
        with self.assertRaises(AccessError):
            visit.deadline_date = date(2027, 1, 1)

    def test_a_corrected_day_moves_its_clocks_and_no_given_date(self):
        visit = self.visit()
        visit.sudo()._start_given_clock(date(2026, 12, 1), "Report to the county")
        visit.date_received = date(2026, 11, 17)
        visit._refresh_clocks()
        self.assertEqual(
            sorted(visit.clock_ids.mapped("deadline_date")),
            [date(2026, 11, 24), date(2026, 12, 1), date(2026, 12, 17)],
        )

    def test_a_given_date_is_reminded_flagged_and_escalated_by_the_settings(self):
        self.company.write({"township_remind_days": 2, "township_escalate_days": 5})
        visit = self.visits.create({"name": "East", "company_id": self.company.id})
        clock = visit.sudo()._start_given_clock(date(2026, 11, 18), "Report to the county")
        self.assertEqual(clock.deadline_remind_date, date(2026, 11, 16))
        self.assertEqual((clock.display_name, visit.deadline_state), (clock.name, "due_soon"))
        self.env.flush_all()
        for day, level in (("18", 0), ("19", 0), ("22", 0), ("23", 1), ("28", 2)):
            with freeze_time(f"2026-11-{day} 04:00:00"):
                self.flag()
            flagged = False if day == "18" else date(2026, 11, 19)
            self.assertEqual((clock.overdue_flag_date, clock.escalation_level), (flagged, level))
        messages = visit.message_ids.mapped("body")
        self.assertTrue(any(clock.name in body for body in messages), messages)

    def test_changed_settings_hold_for_flagged_given_dates(self):
        visit = self.visits.create({"name": "East", "company_id": self.company.id})
        clock = visit.sudo()._start_given_clock(date(2026, 11, 17), "Report")
        self.flag()
        self.company.township_escalate_days = 9
        self.env.flush_all()
        self.assertEqual(clock.deadline_check_date, date(2026, 11, 26))

    def flag(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("township_governance.ir_cron_flag_deadlines").method_direct_trigger()
        self.env.invalidate_all()

    def test_home_shows_it(self):
        visit = self.visit(date(2026, 11, 4))
        for user in (self.reporter, self.officer, self.director):
            home = self.env["township.home"].with_user(user).get_home()
            self.assertIn("tiles", home)
        rows = self.env["township.home"].with_user(self.officer).get_rows("unit", None, 0)["rows"]
        self.assertIn((visit._name, visit.id), {(row["model"], row["id"]) for row in rows})

    # ------------------------------------------------------------------
    # Steps, frozen content, rows
    # ------------------------------------------------------------------

    def test_step_of_two_classes(self):
        visits = self.visit() | self.visit(findings="seen")
        with self.assertRaisesRegex(UserError, "the findings"):
            visits._run_transition("finish")
        visits[0].findings = "seen"
        visits._run_transition("finish")
        self.assertEqual(set(visits.mapped("state")), {"done"})
        self.assertEqual(set(visits.mapped("deadline_state")), {"met"})
        with self.assertRaises(AccessError):
            visits[0].state = "open"

    def test_what_is_done_is_frozen_with_its_rows_and_scans(self):
        visit = self.visit(findings="seen")
        clock = visit.clock_ids[0]
        clock.note = "still open"
        scan = visit.env["ir.attachment"].create(
            {"name": "scan", "raw": b"x", "res_model": visit._name, "res_id": visit.id}
        )
        visit._run_transition("finish")
        for attempt in (
            lambda: visit.write({"findings": "other"}),
            lambda: clock.write({"note": "other"}),
            lambda: clock.create({"visit_id": visit.id, "note": "new"}),
            lambda: scan.write({"name": "other"}),
            lambda: scan.unlink(),
        ):
            with self.assertRaises(UserError):
                attempt()

    def test_a_row_is_seen_as_its_owner_is(self):
        visit = self.visit(user_id=self.officer.id)
        clocks = visit.clock_ids.with_user(self.reporter)
        self.assertEqual(clocks.search([("visit_id", "=", visit.id)]), clocks)
        self.env["ir.rule"].create(
            {
                "name": "only the handler",
                "model_id": self.env["ir.model"]._get_id(visit._name),
                "domain_force": "[('user_id', '=', user.id)]",
            }
        )
        self.assertFalse(clocks.search([("visit_id", "=", visit.id)]))
        with self.assertRaises(AccessError):
            clocks.read(["note"])
        self.assertEqual(clocks.sudo()[0].display_name, "Not visible to you")

    # ------------------------------------------------------------------
    # Number, ledger, figure, print
    # ------------------------------------------------------------------

    def test_number(self):
        visits = self.visits.create([{"name": "East"}, {"name": "West"}])
        visits._assign_numbers()
        self.assertEqual(visits.mapped("number"), ["2026-0001", "2026-0002"])

    def imported(self, **vals):
        ledger = (
            "走访台账\n序号,对象,编号,状态,完成日期\n"
            "1,东沟村,2026-0007,Done,2026-11-10\n2,西沟村,,Open,\n"
        )
        wizard = (
            self.env["township.ledger.import"]
            .with_user(self.officer)
            .with_company(self.company)
            .create(
                {
                    "data": base64.b64encode(ledger.encode()),
                    "filename": "visits.csv",
                    "target": "township.test.visit",
                    **vals,
                }
            )
        )
        wizard.action_preview()
        wizard.action_import()
        self.assertEqual(wizard.imported_count, 2)
        return self.visits.search([], order="id")

    def test_ledger(self):
        visits = self.imported()
        self.assertEqual(visits.mapped("name"), ["东沟村", "西沟村"])
        self.assertEqual(visits.mapped("state"), ["done", "open"])
        self.assertEqual(visits.mapped("number"), ["2026-0007", "2026-0008"])
        self.assertEqual(visits[0].deadline_state, "met")
        self.assertEqual(visits[0].clock_ids.mapped("deadline_done_date"), [date(2026, 11, 10)] * 2)
        self.assertIn(visits[1].deadline_state, ("running", "due_soon"))
        self.assertEqual(visits[0].missing_items, False, "nothing must hold any longer")

    def test_ledger_as_history_raises_no_alarm(self):
        visits = self.imported(history=True)
        self.assertEqual(set(visits.mapped("history")), {True})
        self.assertEqual(set((visits | visits).clock_ids.mapped("deadline_muted")), {True})
        with freeze_time("2027-06-01 04:00:00"):
            self.company.township_go_live_date = date(2026, 1, 1)
            self.flag()
        self.assertEqual(set(visits.mapped("overdue_flag_date")), {False})

    def test_metric(self):
        visits = self.visits.create([{"name": "East"}, {"name": "West"}, {"name": "North"}])
        visits[0].findings = "seen"
        visits[0]._run_transition("finish")
        self.assertEqual(self.visits._metric_values(["done"])["done", None], (1, 3))

    def test_print(self):
        visit = self.visit(findings="seen", name="东沟村")
        report = self.report.with_user(self.officer)
        with self.assertRaises(UserError):
            report._render_qweb_html(self.report.report_name, visit.ids)
        visit._run_transition("finish")
        html = report._render_qweb_html(self.report.report_name, visit.ids)[0].decode()
        self.assertIn("东沟村", html)
        logged = self.env["township.access.log"].search([("res_model", "=", visit._name)])
        self.assertIn("print", logged.mapped("action"))
