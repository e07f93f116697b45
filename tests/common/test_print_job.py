import io
from unittest.mock import patch

from reportlab.pdfgen.canvas import Canvas

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .base import TownshipCase
from .printing import pages_of, wkhtmltopdf

REPORT = "township_governance.action_report_delivery_receipt"


@tagged("post_install", "-at_install")
class TestPrintJob(TownshipCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.report = cls.env.ref(REPORT)
        cls.report.township_files = True
        cls.case = cls.make_case()
        cls.deliveries = cls.env["township.delivery"].create(
            [
                {
                    "paper": f"文书{number}",
                    "recipient": "王伟强",
                    "company_id": cls.company.id,
                    "case_id": cls.case.id,
                }
                for number in range(7)
            ]
        )
        cls.cron = cls.env.ref("township_governance.ir_cron_print_jobs")

    def request(self, user=None):
        user = user or self.officer
        Job = (
            self.env["township.print.job"]
            .with_user(user)
            .with_context(allowed_company_ids=self.company.ids)
        )
        return Job._request(self.report, self.deliveries.with_env(Job.env))

    def run_jobs(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def fake_pdf(self, ids):
        """Stands in for the rendering; returns a page per record."""
        buffer = io.BytesIO()
        canvas = Canvas(buffer)
        for res_id in ids:
            canvas.drawString(50, 50, f"record{res_id}")
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()

    def fake_render(self):
        test = self

        def _render(job, ids):
            return test.fake_pdf(ids)

        return patch.object(type(self.env["township.print.job"]), "_render", _render)

    def test_more_than_five_files_become_a_job(self):
        report = self.report.with_user(self.officer)
        self.assertEqual(
            report._township_print(self.deliveries.with_user(self.officer))["res_model"],
            "township.print.job",
        )
        few = self.deliveries[:5].with_user(self.officer)
        self.assertEqual(report._township_print(few)["type"], "ir.actions.report")
        with self.assertRaises(UserError):
            self.env["ir.actions.report"]._render_qweb_pdf(REPORT, res_ids=self.deliveries.ids)

    def test_all_are_printed_in_order_for_whoever_asked(self):
        job = self.request()
        with self.fake_render():
            self.run_jobs()
        self.assertEqual(
            (job.state, job.done_count, job.failed_count, job.progress), ("done", 7, 0, 100)
        )
        self.assertEqual(
            pages_of(job.attachment_id.raw), [f"record{res_id}" for res_id in self.deliveries.ids]
        )
        self.assertFalse(job.sudo()._parts())
        with self.assertRaises(AccessError):
            job.with_user(self.director).read(["state"])
        self.assertFalse(self.env["township.print.job"].with_user(self.director).search([]))
        with self.assertRaises(AccessError):
            job.attachment_id.with_user(self.director).read(["raw"])
        self.assertTrue(job.attachment_id.with_user(self.officer).raw)

    def test_one_broken_file_does_not_stop_the_rest(self):
        job = self.request()
        broken = self.deliveries[3]
        test = self

        def _render(job, ids):
            if broken.id in ids:
                raise UserError("ink is empty")
            return test.fake_pdf(ids)

        with patch.object(type(job), "_render", _render):
            self.run_jobs()
        self.assertEqual((job.state, job.done_count, job.failed_count), ("done", 6, 1))
        self.assertIn(f"#{broken.id}: ink is empty", job.problems)
        self.assertEqual(len(pages_of(job.attachment_id.raw)), 6)

    def test_interrupted_job_goes_on_where_it_was(self):
        job = self.request()
        with self.fake_render():
            job.sudo()._print_batch(self.deliveries.ids[:5])
            self.assertEqual(job.done_count, 5)
            self.run_jobs()
        self.assertEqual((job.state, job.done_count), ("done", 7))
        self.assertEqual(len(pages_of(job.attachment_id.raw)), 7)

    def test_rights_are_those_of_whoever_asked_when_it_prints(self):
        job = self.request(self.mediator_user_of_case())
        self.case.sudo().user_id = self.officer
        self.run_jobs()
        self.assertEqual((job.state, job.done_count, job.failed_count), ("failed", 0, 7))
        self.assertNotIn("王伟强", job.problems)

    def mediator_user_of_case(self):
        self.case.sudo().user_id = self.mediator_user
        return self.mediator_user

    def test_a_record_one_may_not_read_is_refused_at_once(self):
        with self.assertRaises(AccessError):
            self.request(self.mediator_user)

    def test_cancelled_job_prints_nothing(self):
        job = self.request()
        job.with_user(self.officer).action_cancel()
        with self.fake_render():
            self.run_jobs()
        self.assertEqual((job.state, job.done_count), ("cancelled", 0))

    def test_really_printed(self):
        job = self.request()
        with wkhtmltopdf("patched"):
            job.sudo().with_context(force_report_rendering=True)._print_batch(
                self.deliveries.ids[:2]
            )
        self.assertEqual((job.done_count, job.failed_count), (2, 0), job.problems)
        self.assertEqual(len(pages_of(job.sudo()._parts().raw)), 2)
