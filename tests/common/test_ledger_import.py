import base64
import io
from unittest.mock import patch

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ...models.common.ledger_target import Column, LedgerTarget
from ...wizards.common import ledger_import
from . import ledger_files as files
from .base import TownshipCase
from .throwaway import add_throwaway_model

# What cells hold, good and bad.
CELLS = [
    None,
    "",
    "甲",
    "乙",
    7,
    "1.2万",
    "约3千",
    "2026.1.6",
    "2026.13.5",
    "2099-01-01",
    "1000001",
]
HEADING = ["名称", "金额", "日期"]


@tagged("post_install", "-at_install")
class TestLedgerImport(TownshipCase):
    """The mechanism, on a model that gets a ledger by three lines."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()

        class ThingLedger(LedgerTarget):
            columns = {
                "name": Column(("名称",), required=True),
                "amount": Column(("金额",)),
                "day": Column(("日期",), past_only=True),
                "due": Column(("期限",)),
            }

        class Thing(models.Model):
            _name = "test.ledger.thing"
            _description = "Thing"
            _module = None
            _inherit = ["township.ledger.mixin"]
            _ledger = ThingLedger

            name = fields.Char()
            amount = fields.Float()
            day = fields.Date()
            due = fields.Date()

            @api.constrains("amount")
            def _check_amount(self):
                if any(thing.amount > 1000000 for thing in self):
                    raise ValidationError(f"{self._name}: too much")

        add_throwaway_model(cls, Thing)

    def wizard(self, rows, user=None, filename="things.xlsx", **vals):
        data = rows if isinstance(rows, bytes) else files.make_xlsx(rows)
        Wizard = self.env["township.ledger.import"].with_user(user or self.officer)
        return Wizard.create(
            {
                "data": base64.b64encode(data),
                "filename": filename,
                "target": "test.ledger.thing",
                **vals,
            }
        )

    def things(self, wizard):
        return self.env["test.ledger.thing"].browse(wizard.record_ids)

    def test_import(self):
        wizard = self.wizard([HEADING, ["甲", "1.2万", "2026.1.6"], ["乙", 5, None]])
        wizard.action_import()
        self.assertEqual((wizard.imported_count, wizard.rejected_count), (2, 0))
        self.assertEqual(self.things(wizard).mapped("amount"), [12000, 5])
        self.assertFalse(wizard.rejected_data)

    def test_who_was_told_by_a_batch_that_failed_is_not_counted(self):
        """The constraint refuses one row: the batch is halved, each row told about once."""
        told = []

        def make(target, entries):
            target.run.told[self.officer.id] += len(entries)
            told[:] = [target.run.told]
            return made(target, entries)

        made = LedgerTarget.make
        rows = [HEADING, ["甲", 1, None], ["乙", 2000000, None], ["丙", 3, None], ["丁", 4, None]]
        with patch.object(LedgerTarget, "make", make):
            wizard = self.wizard(rows)
            wizard.action_import()
        self.assertEqual((wizard.imported_count, wizard.rejected_count), (3, 1))
        self.assertEqual(told[0][self.officer.id], 3)

    def test_a_date_to_come_is_refused_only_where_the_column_says_so(self):
        rows = [["名称", "日期", "期限"], ["甲", None, "2099-01-01"], ["乙", "2099-01-01", None]]
        wizard = self.wizard(rows)
        wizard.action_import()
        self.assertEqual(self.things(wizard).mapped("name"), ["甲"])
        self.assertEqual(wizard.rejected_count, 1)

    @settings(deadline=None, database=None, max_examples=25)
    @given(st.lists(st.tuples(*[st.sampled_from(CELLS)] * 3), min_size=1, max_size=12))
    def test_property_every_row_of_a_file_is_accounted_for(self, rows):
        with self.cr.savepoint() as savepoint:
            wizard = self.wizard([HEADING, *map(list, rows)])
            wizard.action_import()
            found = wizard.imported_count, wizard.rejected_count, wizard.skipped_count
            read, records = wizard.read_count, len(self.things(wizard))
            savepoint.close(rollback=True)
        self.env.invalidate_all()
        self.assertEqual(sum(found), read)
        self.assertEqual(records, found[0])
        filled = sum(1 for row in rows if any(cell not in (None, "") for cell in row))
        self.assertLessEqual(read, filled)
        self.assertGreaterEqual(read, sum(1 for row in rows if row[0] in ("甲", "乙")))

    def test_preview_creates_nothing(self):
        wizard = self.wizard([HEADING, ["甲", 1, None], [None, 5, None]])
        wizard.action_preview()
        self.assertEqual(
            (wizard.read_count, wizard.imported_count, wizard.rejected_count), (2, 1, 1)
        )
        self.assertFalse(self.env["test.ledger.thing"].search([]))
        self.assertIn("名称", wizard.preview)
        self.assertIn("名称", wizard.reasons)

    def test_the_same_file_twice_creates_nothing_twice(self):
        rows = [HEADING, ["甲", 1, "2026-01-06"], ["乙", 5, None]]
        self.wizard(rows).action_import()
        # typed otherwise, in another kind of file: the same rows
        again = self.wizard(
            files.make_csv([HEADING, ["甲", "1.00", "2026年1月6日"], ["丙", 1, ""]]),
            filename="b.csv",
        )
        again.action_import()
        self.assertEqual((again.imported_count, again.skipped_count), (1, 1))
        self.assertEqual(self.env["test.ledger.thing"].search_count([]), 3)

    def test_a_row_standing_twice_is_imported_once_and_said_so(self):
        wizard = self.wizard([HEADING, ["甲", 1, None], ["甲", 1, None]])
        wizard.action_import()
        self.assertEqual((wizard.imported_count, wizard.skipped_count), (1, 1))
        self.assertIn("3", wizard.warnings)

    def test_a_deleted_record_may_be_imported_again(self):
        rows = [HEADING, ["甲", 1, None]]
        first = self.wizard(rows)
        first.action_import()
        self.things(first).unlink()
        second = self.wizard(rows)
        second.action_import()
        self.assertEqual(second.imported_count, 1)

    def test_rejected_rows_come_back_as_typed(self):
        wizard = self.wizard(
            [
                ["台账"],
                HEADING,
                ["甲", 1, "2026.13.5"],
                ["=1+1", "约3千", None],
                ["乙", 2, None],
                ["丙", 3, "2099-01-01"],
            ]
        )
        wizard.action_import()
        self.assertEqual((wizard.imported_count, wizard.rejected_count), (1, 3))
        [lines] = files.read_xlsx(wizard.rejected_data).values()
        self.assertEqual(lines[0][0], "台账")
        self.assertEqual(lines[1][:3], HEADING)
        self.assertEqual(lines[2][:3], ["甲", "1", "2026.13.5"])
        self.assertIn("2026.13.5", lines[2][3])
        self.assertIn("future", lines[4][3])

    def test_the_rejected_workbook_holds_no_formula(self):
        data = files.make_csv([HEADING, ['=HYPERLINK("http://x")', "约3千", ""], ["+1", "约", ""]])
        wizard = self.wizard(data, filename="a.csv")
        wizard.action_import()
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(wizard.rejected_data)))
        cells = [cell for line in book.worksheets[0].rows for cell in line if cell.value]
        self.assertTrue(cells)
        self.assertEqual({cell.data_type for cell in cells}, {"s"})

    def test_the_corrected_rejected_workbook_can_be_imported(self):
        first = self.wizard([["某镇台账"], HEADING, ["甲", "约3千", None], ["乙", 2, None]])
        first.action_import()
        [lines] = files.read_xlsx(first.rejected_data).values()
        lines[2][1] = 3000
        second = self.wizard(lines)
        second.action_import()
        self.assertEqual((second.imported_count, second.rejected_count), (1, 0))

    def test_a_row_the_model_refuses_does_not_hold_up_the_others(self):
        rows = [[f"件{number}", number, None] for number in range(20)]
        rows[7][1] = 5000000
        wizard = self.wizard([HEADING, *rows])
        wizard.action_import()
        self.assertEqual((wizard.imported_count, wizard.rejected_count), (19, 1))

    def test_messages_for_files_that_are_none(self):
        for data, words in (
            (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "picture"),
            (files.locked_xls(), "password"),
            (files.locked_xlsx(), "password"),
            (files.make_xlsx([["甲", "乙"], [1, 2]]), "heading"),
            (files.make_xlsx([HEADING, ["甲", 1, None]])[:-300], "damaged"),
        ):
            for action in ("action_preview", "action_import"):
                with self.assertRaisesRegex(UserError, words):
                    getattr(self.wizard(data), action)()

    def test_who_may(self):
        for user in (self.reporter, self.mediator_user, self.supervisor, self.auditor):
            with self.assertRaises(AccessError):
                self.wizard([HEADING], user)
        self.wizard([HEADING, ["甲", 1, None]], self.director).action_import()

    def test_nobody_reads_the_import_of_another(self):
        wizard = self.wizard([HEADING, ["甲", 1, None]])
        with self.assertRaises(AccessError):
            wizard.with_user(self.director).read(["data"])

    def test_the_import_is_logged(self):
        self.wizard([HEADING, ["甲", 1, None]]).action_import()
        log = self.env["township.access.log"].sudo().search([], limit=1)
        self.assertEqual(
            (log.action, log.res_model, log.user_id), ("import", "test.ledger.thing", self.officer)
        )

    # ------------------------------------------------------------------
    # Stored job
    # ------------------------------------------------------------------

    def start_job(self, count, **vals):
        rows = [[f"件{number}", number, None] for number in range(count)]
        with patch.object(ledger_import, "DIRECT_ROWS", 10):
            action = self.wizard(
                [HEADING, *rows, ["", 3, None], ["甲", "约", None]], **vals
            ).action_import()
        self.assertEqual(action["res_model"], "township.ledger.job")
        return self.env["township.ledger.job"].browse(action["res_id"])

    def run_jobs(self):
        with self.enter_registry_test_mode():
            self.env.ref("township_governance.ir_cron_run_ledger_jobs").method_direct_trigger()

    def test_a_large_ledger_is_a_stored_job(self):
        job = self.start_job(2500)
        self.assertEqual(job.state, "waiting")
        steps = 0
        while job.state in ("waiting", "running"):
            job._step()
            steps += 1
        self.assertEqual(steps, 5, "read, three batches, finish")
        self.assertEqual((job.imported_count, job.rejected_count), (2500, 2))
        self.assertEqual(job.progress, 100)
        self.assertFalse(job.chunk_ids)
        self.assertFalse(job.data)
        [lines] = files.read_xlsx(job.rejected_data).values()
        self.assertEqual(len(lines), 3)
        things = self.env["test.ledger.thing"].search([])
        self.assertEqual(things.create_uid, self.officer)

    def test_a_job_goes_on_where_it_was_stopped(self):
        job = self.start_job(2500)
        job._step()
        job._step()
        killed = patch.object(LedgerTarget, "store", side_effect=ValueError("killed"))
        with killed, self.assertRaises(ValueError), self.env.cr.savepoint():
            job._step()
        self.env.invalidate_all()
        self.assertEqual(self.env["test.ledger.thing"].search_count([]), 1000)
        while job.state in ("waiting", "running"):
            job._step()
        self.assertEqual(self.env["test.ledger.thing"].search_count([]), 2500)

    def test_the_scheduled_action_stops_a_job_that_fails_and_says_why(self):
        job = self.start_job(20)
        job.data = base64.b64encode(b"\x89PNG")
        with self.assertLogs("odoo.addons.township_governance", "ERROR"):
            self.run_jobs()
        self.assertEqual(job.state, "failed")
        self.assertIn("picture", job.error)

    def test_the_scheduled_action_does_the_job_and_tells(self):
        job = self.start_job(20)
        self.run_jobs()
        self.assertEqual((job.state, job.imported_count), ("done", 20))
        activity = self.env["mail.activity"].search([("user_id", "=", self.officer.id)])
        self.assertIn("20", activity.summary)
