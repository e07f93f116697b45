import base64
import io
import os
from datetime import date

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, freeze_time, tagged

from ...tools import printing
from ..common import TownshipCase
from ..common.printing import KINDS, fonts_of, pages_of, wkhtmltopdf

ACCEPTANCE = "township_governance.report_case_acceptance"
APPLICATION = "township_governance.report_case_application"
COVER = "township_governance.report_case_cover"
LEDGER = "township_governance.report_case_ledger"
FORMS = (ACCEPTANCE, APPLICATION, COVER)
LONG = "双方因宅基地界址发生争执，各执一词，村民委员会多次上门劝说未果。" * 8
PHONE = "13959594287"
ID_NUMBER = "619929195304014345"


def clock():
    """:return: ``float``, seconds; not frozen by ``freeze_time``"""
    return os.times().elapsed


@freeze_time("2026-06-10 02:00:00")
class PrintCase(TownshipCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.name = "槐荫镇人民政府"
        cls.report = cls.env["ir.actions.report"]
        cls.case = cls.make_full_case()
        cls.case.action_register()

    @classmethod
    def make_full_case(cls, **vals):
        return cls.make_case(
            committee_id=cls.committee.id,
            mediator_id=cls.mediator.id,
            village_id=cls.village.id,
            date_received="2026-06-01",
            date_accepted="2026-06-03",
            source="police",
            summary="第一段情况。\n第二段情况。",
            claim="1、请求恢复原界址；\n2、赔偿损失800元。",
            amount=800,
            party_ids=[
                (
                    0,
                    0,
                    {"name": "王伟强", "role": "applicant", "id_number": ID_NUMBER, "phone": PHONE},
                ),
                (0, 0, {"name": "王洋敏", "role": "applicant", "gender": "female"}),
                (
                    0,
                    0,
                    {
                        "name": "柳树村石料厂",
                        "role": "respondent",
                        "is_organisation": True,
                        "representative": "赵德海",
                        "representative_title": "经理",
                    },
                ),
            ],
            **vals,
        )

    def html(self, report, cases=None, user=None):
        """:return: ``str`` of the paper without blanks"""
        cases = self.case if cases is None else cases
        html = self.report.with_user(user or self.officer)._render_qweb_html(report, cases.ids)[0]
        return "".join(html.decode().split())

    def pdf(self, report, cases, user=None):
        Report = self.report.with_user(user or self.officer)
        Report = Report.with_context(force_report_rendering=True)
        return Report._render_qweb_pdf(report, res_ids=cases.ids)[0]

    def logged(self):
        return self.env["township.access.log"].search([("action", "=", "print")])


@tagged("post_install", "-at_install")
class TestForms(PrintCase):
    def test_acceptance_form_has_the_fields_of_the_ministry(self):
        html = self.html(ACCEPTANCE)
        for text in (
            "人民调解受理登记表",
            "2026年6月3日，",
            "经当事人同意，调解",
            "王伟强、王洋敏",
            "柳树村石料厂",
            "公安机关移送",
            "<p>第一段情况。</p><p>第二段情况。</p>",
            "当事人（签名）",
            "登记人（签名）",
            "（人民调解委员会印章）",
            "备注：此表由人民调解委员会填写。",
            self.case.file_number,
        ):
            self.assertIn(text, html)
        self.assertEqual(html.count('<spanclass="sign-line"'), 4)

    def test_application_shows_each_party_and_an_empty_ethnic_group(self):
        html = self.html(APPLICATION)
        self.assertEqual(html.count("<th>姓名</th>"), 2)
        self.assertEqual(html.count('<th>民族</th><tdcolspan="2"></td>'), 2)
        for text in ("法定代表人", "赵德海", "经理", "1．请求恢复原界址；", "2．赔偿损失800元。"):
            self.assertIn(text, html)
        # 周岁 on the day of the paper.
        self.assertIn('<th>年龄</th><tdclass="centre">73</td>', html)
        self.assertIn(PHONE, html)
        self.assertNotIn(ID_NUMBER, html)

    def test_cover(self):
        html = self.html(COVER)
        for text in (
            "人民调解卷宗",
            "王伟强等与柳树村石料厂邻里纠纷",
            self.case.file_number,
            "周秀英",
            "自　2026年6月3日　至".replace("　", ""),
            "保管期限",
            "立卷日期",
        ):
            self.assertIn(text.replace("　", ""), html.replace("　", ""))

    def test_forms_are_the_same_in_every_language(self):
        for lang in ("zh_CN", "zh_TW"):
            self.env["res.lang"]._activate_lang(lang)
        for report in (*FORMS, LEDGER):
            papers = {
                self.report.with_user(self.officer)
                .with_context(lang=lang)
                ._render_qweb_html(report, self.case.ids)[0]
                for lang in ("en_US", "zh_CN", "zh_TW")
            }
            self.assertEqual(len(papers), 1, report)

    def test_typed_text_is_no_markup(self):
        self.case.sudo().party_ids[0].name = "<img src=x>"
        self.assertNotIn("<imgsrc=x", self.html(ACCEPTANCE))

    def test_every_print_is_logged_once_with_the_full_fields(self):
        before = len(self.logged())
        self.html(APPLICATION)
        entry = self.logged()[0]
        self.assertEqual(len(self.logged()), before + 1)
        self.assertEqual(
            (entry.user_id, entry.res_model, entry.res_ids, entry.field_names),
            (self.officer, "township.case", self.case.ids, "phone_full"),
        )

    def test_forged_context_does_not_silence_the_log(self):
        before = len(self.logged())
        Report = self.report.with_user(self.officer).with_context(township_print_logged=True)
        Report._render_qweb_html(APPLICATION, self.case.ids)
        self.assertEqual(len(self.logged()), before + 1)

    def test_prints_follow_the_rights_on_the_case(self):
        for report in (*FORMS, LEDGER):
            for user in (self.reporter_other, self.auditor, self.administrator):
                with self.subTest(report=report, user=user.login), self.assertRaises(AccessError):
                    self.html(report, user=user)
        self.assertIn("王伟强", self.html(ACCEPTANCE, user=self.mediator_user))
        self.assertIn("王伟强", self.html(ACCEPTANCE, user=self.supervisor))

    def test_fifty_papers_cost_few_queries(self):
        cases = self.make_full_case()
        for _number in range(19):
            cases |= self.make_full_case()
        cases.action_register()
        self.env.flush_all()
        for report in FORMS:
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.html(report, cases[:2])
            few = self.env.cr.sql_log_count - start
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.html(report, cases)
            many = self.env.cr.sql_log_count - start
            self.assertLessEqual(many, few + 6, report)


@tagged("post_install", "-at_install")
class TestReportDomain(PrintCase):
    """A paper is made of the records it is for, whatever the way in. All reports with a domain
    are taken from the database: a later one is in it."""

    def test_no_report_is_printed_of_a_record_outside_its_domain(self):
        petition_type = self.env["township.case.type"].search([("kind", "=", "petition")], limit=1)
        petition = self.make_case(kind="petition", type_id=petition_type.id)
        petition.action_register()
        reports = self.env["ir.actions.report"].search(
            [("model", "=", "township.case"), ("domain", "ilike", "mediation")]
        )
        self.assertGreaterEqual(len(reports), 3)
        both = (self.case | petition).ids
        before = self.env["township.document"].search_count([])
        for report in reports:
            for caller in (self.report.with_user(self.officer), self.report.sudo()):
                for way in ("_render_qweb_html", "_render_qweb_pdf", "_render_qweb_text"):
                    with (
                        self.subTest(report=report.name, way=way),
                        self.assertRaisesRegex(UserError, petition.number),
                    ):
                        getattr(caller, way)(report.report_name, both)
        self.assertEqual(self.env["township.document"].search_count([]), before, "no check code")


@tagged("post_install", "-at_install")
class TestIssued(PrintCase):
    def documents(self):
        return self.env["township.document"].search([("case_id", "=", self.case.id)])

    def test_registered_case_gets_a_code_and_a_draft_none(self):
        self.assertIn("核验码：", self.html(ACCEPTANCE))
        document = self.documents()
        self.assertEqual(
            (document.kind, document.number, document.date, document.office),
            ("人民调解受理登记表", self.case.file_number, date(2026, 6, 3), "槐荫镇人民调解委员会"),
        )
        self.assertNotIn("核验码", self.html(ACCEPTANCE, self.make_full_case()))
        self.assertNotIn("核验码", self.html(LEDGER))

    def test_code_stays_until_the_content_changes(self):
        self.html(ACCEPTANCE)
        self.html(ACCEPTANCE, user=self.director)
        self.assertEqual(len(self.documents()), 1)
        self.case.summary = "另一种情况"
        self.html(ACCEPTANCE)
        self.assertEqual(len(self.documents()), 2)

    def test_accusation_stays_hidden_among_issued_documents(self):
        unit_officer = self._make_user("officer", "unit_officer")
        self.html(ACCEPTANCE)
        self.unit.user_ids = unit_officer
        self.env.cr.execute(
            "UPDATE township_case SET purpose = 'accusation', complained_unit_id = %s"
            " WHERE id = %s",
            (self.unit.id, self.case.id),
        )
        self.env.invalidate_all()
        delivery = self.env["township.delivery"].create(
            {
                "paper": "告知书",
                "recipient": "某人",
                "case_id": self.case.id,
                "company_id": self.company.id,
            }
        )
        for records in (self.documents(), delivery):
            mine = records.with_user(unit_officer)
            self.assertFalse(mine.search([("id", "in", records.ids)]))
            with self.assertRaises(AccessError):
                mine.read(["display_name"])
            self.assertTrue(records.with_user(self.director).read(["display_name"]))

    def test_deliveries_follow_the_case(self):
        vals = {"paper": "告知书", "recipient": "某人", "company_id": self.company.id}
        of_case, other = self.env["township.delivery"].create(
            [{**vals, "case_id": self.case.id}, vals]
        )
        both = of_case | other
        found = {
            user: both.with_user(user).search([("id", "in", both.ids)])
            for user in (self.mediator_user, self.officer, self.reporter_other)
        }
        self.assertEqual(found[self.mediator_user], of_case)
        self.assertEqual(found[self.officer], both)
        self.assertFalse(found[self.reporter_other])
        with self.assertRaises(AccessError):
            of_case.with_user(self.reporter_other).read(["recipient"])


@tagged("post_install", "-at_install")
class TestLedger(PrintCase):
    def wizard(self, user=None, **vals):
        return (
            self.env["township.case.export"]
            .with_user(user or self.officer)
            .create({"record_ids": self.case.ids, **vals})
        )

    def sheet(self, wizard):
        wizard.action_export()
        return openpyxl.load_workbook(io.BytesIO(base64.b64decode(wizard.data))).active

    def test_print_has_the_townships_heading_and_masks(self):
        html = self.html(LEDGER)
        for text in (
            "槐荫镇2026年矛盾纠纷排查调处台账",
            "填报单位：槐荫镇综治中心",
            "填报时间：2026年6月10日",
            "2026-06-03",
            "东沟村",
            "调解中",
            "合计",
        ):
            self.assertIn(text, html)
        for full in (PHONE, ID_NUMBER):
            self.assertNotIn(full, html)

    def test_ledger_and_receipt_name_the_first_level_type(self):
        self.case.sudo().type_id = self.env.ref("township_governance.case_type_02_02")
        delivery = self.env["township.delivery"].create(
            {
                "paper": "人民调解受理登记表",
                "recipient": "王伟强",
                "case_id": self.case.id,
                "company_id": self.case.company_id.id,
            }
        )
        report = self.env["report.township_governance.report_delivery_receipt"]
        self.assertIn("<td>邻里纠纷</td>", self.html(LEDGER).replace("\n", "").replace("  ", ""))
        self.assertEqual(report._matter(delivery), "邻里纠纷")

    def test_workbook_has_the_columns_of_the_sample(self):
        sheet = self.sheet(self.wizard())
        rows = list(sheet.iter_rows(values_only=True))
        self.assertEqual(rows[0][0], "槐荫镇2026年矛盾纠纷排查调处台账")
        self.assertTrue(rows[1][0].startswith("填报单位:槐荫镇综治中心"))
        self.assertEqual(
            [name for name in rows[2] if name],
            [
                "序号",
                "受理时间",
                "申请人",
                "被申请人",
                "所在村(社区)",
                "纠纷类型",
                "纠纷简要情况",
                "难易程度",
                "涉及金额(元)",
                "调解员",
                "调解结果",
                "结案时间",
                "备注",
            ],
        )
        self.assertEqual([name for name in rows[3] if name], ["姓名", "身份证号", "联系电话"] * 2)
        self.assertEqual(rows[4][2], "王伟强\n王洋敏")
        self.assertEqual(rows[4][12], 800)
        self.assertNotIn(PHONE, str(rows))
        self.assertEqual(rows[5][0], "合计")

    def test_full_numbers_need_an_officer_and_a_purpose(self):
        with self.assertRaises(UserError):
            self.sheet(self.wizard(full_numbers=True))
        with self.assertRaises(AccessError):
            self.wizard(self.mediator_user, full_numbers=True, reason="核对").action_export()
        sheet = self.sheet(self.wizard(full_numbers=True, reason="核对"))
        self.assertIn(ID_NUMBER, sheet["D5"].value)
        self.assertEqual(sheet["D5"].data_type, "s")
        entry = self.env["township.access.log"].search([("action", "=", "export")])[0]
        self.assertEqual((entry.reason, entry.user_id), ("核对", self.officer))
        self.assertIn("id_number_full", entry.field_names)

    def test_workbook_has_no_formulas_out_of_text(self):
        self.case.summary = '=HYPERLINK("http://x")'
        self.assertEqual(self.sheet(self.wizard())["K5"].data_type, "s")

    def test_only_cases_one_may_read(self):
        with self.assertRaises(UserError):
            self.wizard(self.reporter_other).action_export()

    def test_thousands_of_rows_fit_their_pages(self):
        ledger = self.env["report.township_governance.report_case_ledger"]
        rows = ledger._rows(self.case) * 3000
        start = clock()
        sheets = ledger._sheets(rows)
        self.assertLess(clock() - start, 10)
        self.assertEqual(sum(map(len, sheets)), 3000)
        room, first_room, _width = ledger._room()
        self.assertLess(len(sheets[0]), len(sheets[1]))
        self.assertGreater(first_room, room / 2)

    def test_a_very_long_row_goes_on_on_the_next_page_whole(self):
        self.case.summary = "甲" * 5000
        sheets = self.env["report.township_governance.report_case_ledger"]._sheets(
            self.env["report.township_governance.report_case_ledger"]._rows(self.case)
        )
        self.assertGreater(len(sheets), 1)
        self.assertEqual("".join(row["summary"] for sheet in sheets for row in sheet), "甲" * 5000)
        self.assertEqual(
            [row["sequence"] for sheet in sheets for row in sheet if row["sequence"]], ["1"]
        )


@tagged("post_install", "-at_install", "pdf")
class TestPdf(PrintCase):
    """Both kinds of wkhtmltopdf; a kind that is not there is skipped and named."""

    def each_kind(self):
        for kind in KINDS:
            with self.subTest(kind=kind), wkhtmltopdf(kind):
                yield kind

    def test_one_page_each_with_embedded_chinese_fonts(self):
        for _kind in self.each_kind():
            for report in FORMS:
                pdf = self.pdf(report, self.case)
                self.assertEqual(len(pages_of(pdf)), 1, report)
                fonts = fonts_of(pdf)
                self.assertTrue(fonts)
                self.assertTrue(all(fonts.values()), fonts)

    def test_size_on_paper_is_true(self):
        """A form is as wide as the page between its margins, with every build of Qt."""
        for _kind in self.each_kind():
            scale = printing.page_scale(printing.core._wkhtml().bin)
            html = (
                "<html><head></head><body style='margin:0'>"
                f"<div style='height:{249 * 10}mm'></div><p>x</p></body></html>"
            )
            pdf = printing.run_wkhtmltopdf(html, printing.Page(top=25, bottom=22))
            self.assertEqual(printing.count_pages(pdf), 10, scale)

    def test_fifty_at_once_in_order(self):
        cases = self.case
        for _number in range(12):
            cases |= self.make_full_case()
        cases[1:].action_register()
        for _kind in self.each_kind():
            pages = pages_of(self.pdf(ACCEPTANCE, cases))
            self.assertEqual(len(pages), 13)
            for page, case in zip(pages, cases, strict=True):
                self.assertIn(case.file_number[-5:-1], page)

    def test_long_text_flows_and_its_pages_are_numbered(self):
        numbered = self.make_full_case()
        numbered.summary = "\n".join(
            f"第{number}段开始{LONG}第{number}段结束" for number in range(12)
        )
        cases = self.case | numbered
        for _kind in self.each_kind():
            pages = pages_of(self.pdf(ACCEPTANCE, cases))
            self.assertGreater(len(pages), 3)
            text = "".join(pages)
            for number in range(12):
                self.assertIn(f"第{number}段结束", text)
            self.assertNotIn("—1—", pages[0])
            for position, page in enumerate(pages[1:], start=1):
                self.assertIn(f"—{position}—", page)

    def test_ledger_has_its_heading_on_each_page(self):
        cases = self.case
        for _number in range(25):
            cases |= self.make_full_case()
        for _kind in self.each_kind():
            pages = pages_of(self.pdf(LEDGER, cases))
            self.assertGreater(len(pages), 1)
            for position, page in enumerate(pages, start=1):
                self.assertIn("序号", page)
                self.assertIn(f"—{position}—", page)
            self.assertIn("合计", pages[-1])

    def test_stored_pdf_is_reprinted_and_logged(self):
        report = self.env.ref("township_governance.action_report_case_cover")
        report.write({"attachment": "'cover-%s.pdf' % object.id", "attachment_use": True})
        other = self.make_full_case()
        with wkhtmltopdf("patched"):
            first = self.pdf(COVER, self.case | other)
            self.assertEqual(len(pages_of(first)), 2)
            before = len(self.logged())
            self.assertEqual(len(pages_of(self.pdf(COVER, self.case))), 1)
        self.assertEqual(len(self.logged()), before + 1)
        stored = self.env["ir.attachment"].search(
            [("res_model", "=", "township.case"), ("res_id", "in", (self.case | other).ids)]
        )
        self.assertEqual(len(stored), 2)

    def test_printing_costs_little_beside_wkhtmltopdf(self):
        cases = self.case
        for _number in range(29):
            cases |= self.make_full_case()
        with wkhtmltopdf("patched"):
            printing.page_scale(printing.core._wkhtml().bin)
            start = clock()
            self.pdf(ACCEPTANCE, cases)
            ours = clock() - start
            html = self.report._render_qweb_html(ACCEPTANCE, cases.ids)[0].decode()
            papers = self.report._township_papers(html)
            start = clock()
            for paper in papers:
                printing.run_wkhtmltopdf(printing.join([paper]), printing.Page())
            alone = clock() - start
        self.assertLess(ours, alone * 1.3)


@tagged("post_install", "-at_install")
class TestReportRoute(PrintCase, HttpCase):
    def test_print_by_the_browser_is_logged_as_the_user_and_needs_rights(self):
        self.officer.password = "officer-of-the-test"
        self.reporter_other.password = "reporter-of-the-test"
        path = f"/report/html/{ACCEPTANCE}/{self.case.id}"
        self.authenticate(self.officer.login, "officer-of-the-test")
        answer = self.url_open(path)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("人民调解受理登记表", answer.text)
        entry = self.logged()[0]
        self.assertEqual((entry.user_id, entry.res_ids), (self.officer, self.case.ids))
        self.assertTrue(entry.remote_address)
        self.authenticate(self.reporter_other.login, "reporter-of-the-test")
        with self.assertLogs("odoo.http", "WARNING"):
            answer = self.url_open(path)
        self.assertNotIn("王伟强", answer.text)
        self.assertEqual(self.logged()[0], entry)
