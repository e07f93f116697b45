import re
from contextlib import contextmanager

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..common.printing import KINDS, pages_of, wkhtmltopdf
from . import forms, matrix
from .base import CorrectionCase

# A paper in another language would have a word of these letters.
FOREIGN = re.compile(r"[A-Za-z]{3,}")
OUTSIDE = ("reporter", "mediator_user", "officer", "director", "supervisor", "auditor")


class FormsCase(CorrectionCase):
    """A record for every form of the room, about an adult and about a minor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # names that are Chinese whatever the screen has
        cls.company.name = "槐荫镇司法所"
        cls.village.name = "东沟村"
        (cls.correction | cls.minor_officer).name = "周文静"
        cls.env.ref("base.user_root").name = "系统"
        cls.outsiders = [*(getattr(cls, name) for name in OUTSIDE), cls.administrator]
        cls.reports = forms.reports(cls.env)
        cls.adult = cls.in_correction(phone="13800138000").sudo()
        cls.minor = cls.in_correction(cls.make_minor()).sudo()

    @contextmanager
    def paper(self, report, subject, text=None):
        """:return: a record for the report, while a savepoint of its own lasts"""
        with self.subTest(report.report_name):
            savepoint = self.env.cr.savepoint()
            try:
                yield forms.make(self, report, subject, text)
            finally:
                savepoint.rollback()
                self.env.invalidate_all()

    def helper(self, report):
        return self.env[f"report.{report.report_name}"]

    def html(self, report, record, user, **context):
        """:return: ``str``, the page as the browser gets it"""
        rendering = self.env["ir.actions.report"].with_user(user).with_context(**context)
        return rendering._render_qweb_html(report.report_name, record.ids)[0].decode()

    def words(self, html):
        """:return: ``str``, what is read on the paper, without blanks"""
        body = re.sub(r"<(style|title)\b.*?</\1>", "", html, flags=re.DOTALL)
        return "".join(re.sub(r"<[^>]*>", "", body).split())


@tagged("post_install", "-at_install")
class TestCorrectionForms(FormsCase):
    """Every paper of the room, whichever it is: the registry says which there are."""

    def test_papers_are_statutory_forms_printed_from_their_records(self):
        self.assertGreater(len(self.reports), 50)
        for report in self.reports:
            with self.subTest(report.report_name):
                self.assertTrue(report.township_form)
                self.assertTrue(self.helper(report)._print_logged)
                transient = self.env[report.model]._transient
                self.assertTrue(report.binding_model_id or transient, "no way to print it")

    def test_papers_are_chinese_and_carry_their_title_and_no_code(self):
        for text in (None, forms.SHORT):
            for report in self.reports:
                with self.paper(report, self.adult, text) as record:
                    html = self.html(report, record, self.correction)
                    title = self.helper(report)._title
                    if hasattr(self.helper(report), "_heading"):
                        title = self.helper(report)._heading(record)
                    words = self.words(html)
                    self.assertIn("".join(title.split()), words)
                    self.assertNotRegex(words, FOREIGN)
                    self.assertNotIn("核验码", words)
                    self.assertNotIn("<img", html)

    def test_a_paper_is_the_same_in_every_language_of_the_screen(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        for report in self.reports:
            with self.paper(report, self.adult, forms.SHORT) as record:
                pages = [
                    self.words(self.html(report, record, self.correction, lang=lang))
                    for lang in ("en_US", "zh_TW")
                ]
                self.assertEqual(*pages)

    def test_names_of_files_hold_no_name_of_a_person(self):
        for report in self.reports:
            with self.subTest(report.report_name):
                # evaluated by core, which has no other way to give the file its name
                name = report.print_report_name or ""
                self.assertNotIn("object.name", name)
                self.assertNotIn("display_name", name)

    def test_each_print_is_logged_with_the_numbers_it_shows_in_full(self):
        Log = self.env["township.access.log"].sudo()
        for report in self.reports:
            with self.paper(report, self.adult, forms.SHORT) as record:
                last = Log.search([], order="id desc", limit=1)
                words = self.words(self.html(report, record, self.correction))
                entry = Log.search([("id", ">", last.id or 0)])
                self.assertEqual(entry.mapped("user_id"), self.correction)
                if "13800138000" in words:
                    self.assertIn("phone_full", entry[0].field_names or "")

    def test_nobody_outside_the_room_prints_any(self):
        for report in self.reports:
            with self.paper(report, self.adult) as record:
                for user in self.outsiders:
                    with self.assertRaises(AccessError, msg=user.login):
                        self.html(report, record, user)

    def test_papers_of_a_minor_are_refused_to_the_officer_for_adults(self):
        for report in self.reports:
            with self.paper(report, self.minor) as record:
                if report.model == "township.correction.statistics":
                    continue  # counts, of which each officer makes his own
                with self.assertRaises(AccessError):
                    self.html(report, record, self.correction)

    def test_a_minor_s_guardian_signs_where_the_person_does(self):
        signed = ("announcement", "told", "pledge")
        for report in self.reports:
            with self.paper(report, self.minor, forms.SHORT) as record:
                if report.report_name.rpartition("_")[2] in signed:
                    words = self.words(self.html(report, record, self.minor_officer))
                    self.assertIn("监护人", words)

    def test_long_texts_go_on_over_pages_and_lose_nothing(self):
        for kind in KINDS:
            with wkhtmltopdf(kind):
                for name in ("correction_plan", "correction_measure_paper"):
                    report = self.reports.filtered(
                        lambda one, name=name: one.report_name.endswith(f"report_{name}")
                    )
                    record = forms.make(self, report, self.adult, forms.LONG)
                    rendering = self.env["ir.actions.report"].with_user(self.correction)
                    pdf = rendering.with_context(force_report_rendering=True)._render_qweb_pdf(
                        report.report_name, record.ids
                    )[0]
                    text = "".join(pages_of(pdf))
                    self.assertGreaterEqual(text.count("参加教育学习和公益活动"), 40)


@tagged("post_install", "-at_install")
class TestCorrectionFormsRoute(FormsCase, HttpCase):
    """The way of core that prints by id."""

    def test_the_report_route_refuses_everybody_outside(self):
        reports = self.reports.filtered(lambda one: not self.env[one.model]._transient)
        self.records = {"adult": forms.words(self), "minor": {}}
        models = dict.fromkeys(reports.mapped("model"))
        records = {model: matrix.make(self, model, self.adult) for model in models}
        self.env.flush_all()
        for user in self.outsiders:
            user.password = f"{user.login}-of-the-test"
            self.authenticate(user.login, f"{user.login}-of-the-test")
            for report in reports:
                record = records[report.model]
                with (
                    self.subTest(user=user.login, report=report.report_name),
                    mute_logger("odoo.http", "odoo.addons.web.controllers.report"),
                ):
                    answer = self.url_open(f"/report/pdf/{report.report_name}/{record.id}")
                    self.assertNotEqual(answer.status_code, 200)
                    self.assertNotIn(b"%PDF", answer.content)
