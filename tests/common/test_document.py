from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ...tools import printing
from .base import TownshipCase

VERIFY = "/township/verify"


def issue(env, record, content="text", **vals):
    """:return: one ``township.document``"""
    row = {"kind": "送达回证", "number": "2026-1", "date": "2026-06-03", "office": "槐荫镇", **vals}
    return env["township.document"]._issue("test.report", [(record, content, row)])[0]


@tagged("post_install", "-at_install")
class TestDocument(TownshipCase):
    def setUp(self):
        super().setUp()
        self.delivery = self.env["township.delivery"].create(
            {"paper": "受理告知书", "recipient": "王伟强", "company_id": self.company.id}
        )

    def test_tokens_are_random_and_codes_readable(self):
        documents = [issue(self.env, self.delivery, content=str(number)) for number in range(50)]
        tokens = {document.token for document in documents}
        self.assertEqual(len(tokens), 50)
        for document in documents:
            self.assertRegex(document.token, "^[0-9a-f]{32}$")
            self.assertRegex(
                document.check_code, "^([2-9A-HJKMNP-TW-Z]{4}-){2}[2-9A-HJKMNP-TW-Z]{4}$"
            )

    def test_reprint_of_the_same_content_keeps_its_row(self):
        first = issue(self.env, self.delivery, content={"a": 1, "b": [1, 2]})
        self.assertEqual(issue(self.env, self.delivery, content={"b": [1, 2], "a": 1}), first)
        self.assertNotEqual(issue(self.env, self.delivery, content={"a": 2}), first)

    def test_revoked_paper_is_not_handed_out_again(self):
        first = issue(self.env, self.delivery)
        first.with_user(self.director).action_revoke()
        self.assertNotEqual(issue(self.env, self.delivery), first)

    def test_many_papers_cost_few_queries(self):
        papers = [
            (
                self.delivery,
                str(number),
                {"kind": "a", "number": "1", "date": "2026-06-03", "office": "b"},
            )
            for number in range(50)
        ]
        self.env.flush_all()
        with self.assertQueryCount(4):
            self.env["township.document"]._issue("test.report", papers)
            self.env.flush_all()

    def test_nobody_writes_or_revokes_who_may_not(self):
        document = issue(self.env, self.delivery)
        with self.assertRaises(AccessError):
            document.with_user(self.officer).write({"number": "other"})
        with self.assertRaises(AccessError):
            document.with_user(self.officer).action_revoke()
        with self.assertRaises(AccessError):
            document.with_user(self.reporter).read(["number"])
        with self.assertRaises(AccessError):
            document.with_user(self.director).read(["token"])

    def test_code_is_found_however_it_is_typed(self):
        document = issue(self.env, self.delivery)
        Document = self.env["township.document"]
        for typed in (
            document.check_code,
            document.check_code.lower(),
            document.check_code.replace("-", ""),
            " " + document.check_code.replace("-", " ") + "\n",
        ):
            self.assertEqual(Document._find_genuine(code=typed)["number"], "2026-1", typed)
        for wrong in ("", "-", "%", document.check_code[:-1], document.token, "A" * 12):
            self.assertIsNone(Document._find_genuine(code=wrong), wrong)
            self.assertIsNone(
                Document._find_genuine(token=wrong) if wrong != document.token else None
            )

    def test_mark_is_a_qr_code_where_there_is_a_public_address(self):
        document = issue(self.env, self.delivery)
        self.assertFalse(document._mark()["qr"])
        self.assertTrue(document._mark()["code_qr"].startswith("data:image/png;base64,"))
        self.company.township_public_url = "https://zw.example.gov.cn/"
        mark = document._mark()
        self.assertTrue(mark["qr"].startswith("data:image/png;base64,"))
        self.assertEqual(mark["address"], "https://zw.example.gov.cn/township/verify")

    def test_delivery_left_needs_the_reason_of_refusal(self):
        with self.assertRaises(UserError):
            self.delivery.write({"manner": "leaving", "date_served": "2026-06-03"})
        self.delivery.write(
            {"manner": "leaving", "date_served": "2026-06-03", "refusal_reason": "拒绝签收"}
        )
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("township_governance.report_delivery_receipt", self.delivery.ids)[0]
            .decode()
        )
        self.assertIn("留置送达", html)
        self.assertIn("2026年6月3日", html)


@tagged("post_install", "-at_install")
class TestPrintNeeds(TownshipCase):
    """What the machine lacks is said; squares are never printed in silence."""

    def print_receipt(self):
        delivery = self.env["township.delivery"].create(
            {"paper": "受理告知书", "recipient": "王伟强", "company_id": self.company.id}
        )
        Report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        return Report._render_qweb_pdf(
            "township_governance.report_delivery_receipt", res_ids=delivery.ids
        )

    def test_no_wkhtmltopdf(self):
        with (
            patch.object(printing, "is_ready", return_value=False),
            self.assertRaisesRegex(UserError, "wkhtmltopdf"),
        ):
            self.print_receipt()

    def test_no_chinese_font(self):
        with (
            patch.object(printing, "is_ready", return_value=True),
            patch.object(printing, "has_chinese_font", return_value=False),
            self.assertRaisesRegex(UserError, "fonts-noto-cjk"),
        ):
            self.print_receipt()

    def test_wkhtmltopdf_that_fails_is_no_traceback(self):
        with (
            patch.object(printing, "is_ready", return_value=True),
            patch.object(printing, "has_chinese_font", return_value=True),
            patch.object(printing, "render", side_effect=printing.PrintError("broken pipe")),
            self.assertLogs("odoo.addons.township_governance.models.common.ir_actions_report"),
            self.assertRaisesRegex(UserError, "broken pipe"),
        ):
            self.print_receipt()

    def test_missing_font_is_asked_again(self):
        with (
            patch.object(printing, "_font_answer", (False, 0.0)),
            patch.object(printing, "_find_chinese_font", side_effect=[False, True]) as find,
            patch.object(printing, "FONT_RETRY_SECONDS", -1),
        ):
            self.assertFalse(printing.has_chinese_font())
            self.assertTrue(printing.has_chinese_font())
            self.assertTrue(printing.has_chinese_font())
        self.assertEqual(find.call_count, 2)


@tagged("post_install", "-at_install")
class TestVerifyPage(HttpCase):
    def setUp(self):
        super().setUp()
        delivery = self.env["township.delivery"].create({"paper": "告知书", "recipient": "王伟强"})
        self.document = issue(self.env, delivery, number="槐荫〔2026〕5号", office="槐荫镇综治中心")

    def test_genuine_paper_shows_four_particulars_and_nothing_else(self):
        answer = self.url_open(f"{VERIFY}/{self.document.token}")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("noindex", answer.headers["X-Robots-Tag"])
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertNotIn("session_id", answer.cookies)
        for shown in ("送达回证", "槐荫〔2026〕5号", "槐荫镇综治中心"):
            self.assertIn(shown, answer.text)
        self.assertNotIn("王伟强", answer.text)

    def test_by_code(self):
        answer = self.url_open(f"{VERIFY}?code={self.document.check_code.lower()}")
        self.assertIn("槐荫〔2026〕5号", answer.text)

    def test_unknown_and_revoked_answer_alike(self):
        token, code = self.document.token, self.document.check_code
        unknown = self.url_open(f"{VERIFY}/{'0' * 32}")
        self.document.sudo().revoked_date = "2026-06-04"
        self.env.flush_all()
        for path in (
            f"{VERIFY}/{token}",
            f"{VERIFY}?code={code}",
            f"{VERIFY}/{'x' * 500}",
            f"{VERIFY}?code=%3Cscript%3E",
        ):
            answer = self.url_open(path)
            self.assertEqual(answer.status_code, unknown.status_code)
            self.assertEqual(answer.text, unknown.text, path)

    def test_language_of_the_browser(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        for header, lang in [
            ("en-US,en;q=0.9", "en-US"),
            ("zh-CN,zh;q=0.9", "zh-CN"),
            ("", "zh-CN"),
        ]:
            answer = self.url_open(VERIFY, headers={"Accept-Language": header})
            self.assertIn(f'<html lang="{lang}"', answer.text, header)
