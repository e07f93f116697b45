"""The letter on paper: what is on it, what never is, where pages break, originals."""

import io
import re
import unicodedata

from reportlab.pdfgen.canvas import Canvas

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools.image import image_data_uri
from odoo.tools.pdf import DictionaryObject, NameObject, PdfFileReader, PdfFileWriter

from ...tools import printing
from ...tools.scoring import Item
from ...tools.scoring_words import rule_words
from ...tools.sheets import Column, table_sheets
from ..common.printing import KINDS, pages_of, wkhtmltopdf
from .base import LetterCase
from .test_letter_sign import drawn

LETTER = "township_governance.report_letter"
PROGRESS = "township_governance.report_letter_progress"
HEAD_ROW = "序号考核指标分值目标值计分办法佐证材料考核单位"
CODE = re.compile(r"核验码:[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")
STANDARD = "每半年至少专题研究一次平安建设工作，有部署、有落实、有记录；缺一次扣1分。" * 3


def words_of(pdf):
    """:return: ``list`` of the text of each page; patched wkhtmltopdf writes radicals"""
    radicals = str.maketrans({"⺠": "民", "⻚": "页", "⻓": "长", "⻔": "门", "⻅": "见"})
    return [unicodedata.normalize("NFKC", page.translate(radicals)) for page in pages_of(pdf)]


def plain(text):
    """:return: ``str`` as :func:`words_of` writes it"""
    return unicodedata.normalize("NFKC", "".join(text.split()))


@freeze_time("2026-03-02 02:00:00")
class LetterPrintCase(LetterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.name = "槐荫镇人民政府"
        cls.report = cls.env["ir.actions.report"].with_user(cls.officer)

    def full_letter(self, **vals):
        """:return: a draft in which every field that is printed holds something"""
        veto = {
            "kind": "veto",
            "weight": 0,
            "veto_basis_id": self.make_basis(number="槐政法1号").id,
        }
        vals = {
            "year": 2026,
            "signer_post": "办公室主任",
            "direct_person": "白晓川",
            "preamble": "为压实属地责任，签订本文书。",
            "method": "由党政办公室于次年一月底前考核。",
            "measures": "考核优秀的通报表扬。",
            "bonus_cap": 5,
            "copies": 3,
            "line_ids": [
                Command.create(
                    {
                        "name": "按期办结率",
                        "kind": "computed",
                        "metric": "township.case:unit_on_time",
                        "rule": "proportional",
                        "target": 95,
                        "weight": 60,
                        "evidence": "系统数据",
                        "checking_unit_id": self.unit.id,
                    }
                ),
                Command.create({"name": "组织领导", "weight": 39.5, "standard": "专题研究"}),
                Command.create({"name": "台账", "weight": 0.5, "standard": "缺一次扣0.1分"}),
                Command.create({"name": "重大责任事故", **veto}),
                Command.create({"name": "弄虚作假", **veto}),
            ],
            **vals,
        }
        return self.make_letter(**vals)

    def plain_letter(self, kind, **vals):
        """:return: a draft of an unscored kind"""
        items = [Command.create({"name": "矛盾纠纷信息报送", "standard": "发现后当日报送"})]
        return self.make_letter(kind=kind, line_ids=items, **vals)

    def html(self, letters, report=LETTER, user=None):
        """:return: ``str`` of the text of the paper, without blanks and tags"""
        html = self.report.with_user(user or self.officer)._render_qweb_html(report, letters.ids)
        body = html[0].decode().partition("<main>")[2]
        return plain(re.sub("<[^>]*>", "", body))

    def pdf(self, letters, user=None):
        Report = self.report.with_user(user or self.officer)
        Report = Report.with_context(force_report_rendering=True)
        return Report._render_qweb_pdf(LETTER, res_ids=letters.ids)[0]


@tagged("post_install", "-at_install")
class TestLetterPaper(LetterPrintCase):
    def test_every_part_is_on_the_paper_in_order(self):
        letter = self.full_letter()
        letter.action_issue()
        text, position = self.html(letter), 0
        for part in (
            "槐荫镇2026年度平安建设目标管理责任书",
            letter.number,
            "甲方：",
            letter.party_a,
            "乙方：",
            self.unit.name,
            f"第一责任人：{self.head.name}（办公室主任）",
            "直接责任人：白晓川",
            "签订依据：《关于签订平安建设目标管理责任书的通知》",
            "（槐办发〔2026〕3号，县级，基本履职事项第12项）",
            "责任期限：2026年1月1日至2026年12月31日",
            "为压实属地责任",
            f"一、责任目标{letter.goals}",
            f"二、工作任务{letter.tasks}",
            f"三、考核内容及计分办法{HEAD_ROW}",
            f"1按期办结率6095%达到95%得满分，未达到的按比例计分系统数据{self.unit.name}",
            "2组织领导39.5—专题研究由考核单位对照工作情况评分",
            "3台账0.5—缺一次扣0.1分",
            "合计100",
            "考核周期为年度；没有应计事项的指标不计分",
            "加分合计不超过5分",
            "一票否决事项",
            "1．重大责任事故。依据：《关于签订平安建设目标管理责任书的通知》（槐政法1号",
            "2．弄虚作假。",
            "四、考核办法由党政办公室",
            "五、考核奖惩考核优秀的",
            "六、份数本责任书一式三份，甲乙双方各执一份，其余由甲方存档。",
            "（盖章）",
            "第一责任人（签字）：",
            "年月日",
            "核验码：",
        ):
            with self.subTest(part):
                found = text.find(plain(part), position)
                self.assertGreaterEqual(found, 0, text)
                position = found

    def test_headings_number_the_sections_that_exist(self):
        letter = self.full_letter(tasks=False, method=False)
        text = self.html(letter)
        for heading in ("一、责任目标", "二、考核内容及计分办法", "三、考核奖惩", "四、份数"):
            self.assertIn(heading, text)
        self.assertNotIn("工作任务", text)

    def test_a_long_title_breaks_after_the_year(self):
        letter = self.full_letter(title="部门平安建设和依法履职目标管理责任书")
        paper = self.env[f"report.{LETTER}"]._paper(letter)
        self.assertEqual(paper["title"], f"槐荫镇2026年度\n{letter.title}")

    def test_an_empty_letter_prints_no_false(self):
        names = ("goals", "tasks", "basis_id", "signer_id", "signer_post", "unit_id", "sign_by")
        letter = self.make_letter(line_ids=[], **dict.fromkeys(names, False))
        text = self.html(letter)
        self.assertIn("一、份数", text)
        for word in ("False", "None", "签订依据：", "第一责任人："):
            self.assertNotIn(word, text)

    def test_a_draft_is_a_preview_without_code_and_an_issued_letter_carries_one(self):
        letter = self.full_letter()
        text = self.html(letter)
        self.assertIn("预览稿", text)
        self.assertNotRegex(text, CODE)
        self.assertFalse(self.env["township.document"].search([("res_id", "=", letter.id)]))
        letter.action_issue()
        text = self.html(letter)
        self.assertNotIn("预览稿", text)
        document = self.env["township.document"].search([("number", "=", letter.number)])
        self.assertEqual((document.res_model, document.res_id), (letter._name, letter.id))
        self.assertIn(document.check_code, text)
        self.assertEqual(document.date, letter.date_issued)

    def test_a_reprint_keeps_its_code(self):
        letter = self.full_letter()
        letter.action_issue()
        codes = {CODE.search(self.html(letter))[0] for _print in range(2)}
        self.assertEqual(len(codes), 1)

    def test_the_paper_of_a_recalled_letter_is_genuine_no_longer(self):
        letter = self.full_letter()
        letter.action_issue()
        code = CODE.search(self.html(letter))[0].partition(":")[2]
        Document = self.env["township.document"]
        self.assertEqual(Document._find_genuine(code=code)["number"], letter.number)
        letter.action_recall("单位名称有误")
        self.assertIsNone(Document._find_genuine(code=code))
        letter.action_issue()
        self.assertNotIn(code, self.html(letter))

    def test_unscored_papers_show_no_points_and_use_their_own_words(self):
        for kind, words, copies in (
            ("agreement", "乙方负责人", "本协议一式两份，甲乙双方各执一份"),
            ("assistance", "协助事项", "本清单一式两份，提出单位、协助单位各执一份"),
            ("pledge", "承诺单位", "本承诺书一式两份，承诺单位、共建单位各执一份"),
        ):
            with self.subTest(kind):
                letter = self.plain_letter(kind, title="平安共建文书", basis_id=False)
                letter.action_issue()
                text = self.html(letter)
                for part in (words, copies, "矛盾纠纷信息报送", "发现后当日报送"):
                    self.assertIn(plain(part), text)
                for part in ("分值", "目标值", "计分", "合计", "考核", "责任书", "第一责任人"):
                    self.assertNotIn(part, text)
                document = self.env["township.document"].search([("number", "=", letter.number)])
                self.assertNotIn("责任书", document.kind)

    def test_a_new_version_names_the_old_one_and_the_reason(self):
        old = self.full_letter()
        old.action_issue()
        new = self.Letter.browse(old.action_new_version("甲方名称写错")["res_id"])
        self.assertIn(plain(f"（第2版，替代{old.number}，更正原因：甲方名称写错）"), self.html(new))
        self.assertNotIn("替代", self.html(old))

    def test_ways_of_signing_are_printed(self):
        letter = self.full_letter()
        letter.action_issue()
        scan = [Command.create({"name": "签字页.jpg", "raw": b"scan"})]
        letter.write({"paper_date": self.today, "witness": "林知行", "paper_scan_ids": scan})
        self.assertNotIn("纸质签订", self.html(letter))
        letter.action_sign_on_paper()
        self.assertIn(
            plain("纸质签订，签字日期2026年3月2日，见证人林知行，原件存档"), self.html(letter)
        )
        letter.action_seal(self.make_seal(date="2026-03-01", sealed_by="许静"))
        self.assertIn(
            plain("用印审批：镇党委会纪要〔2026〕2号，用印人：许静，日期：2026年3月1日"),
            self.html(letter),
        )

    def test_signatures_of_the_app_stand_where_ink_would_be(self):
        letter = self.full_letter()
        letter.action_issue()
        pen = {
            "image": image_data_uri(drawn()),
            "name": "苏云帆",
            "capacity": "第一责任人",
            "behalf": "",
            "time": "2026年3月2日10时21分",
            "digest": "9f3a61",
            "way": "app",
        }
        pens = {
            "party_b": pen,
            "party_a": {**pen, "capacity": "镇长", "name": "罗启明", "behalf": "程立"},
        }
        self.assertEqual(self.html(letter).count("年月日"), 2)
        self.patch(type(self.env[f"report.{LETTER}"]), "_pens", lambda self, letter: pens)
        text = self.html(letter)
        self.assertIn(plain("第一责任人（签字）：苏云帆2026年3月2日10时21分内容摘要：9f3a61"), text)
        self.assertIn(plain("镇长（签字）：罗启明（受程立委托代签）"), text)
        self.assertNotIn("年月日", text)
        with wkhtmltopdf("patched"):
            pdf = PdfFileReader(io.BytesIO(self.pdf(letter)))
        pictures = [page["/Resources"].get("/XObject") for page in pdf.pages]
        self.assertEqual(len([one for one in pictures if one]), 1)

    def test_the_letter_from_above_is_no_paper_of_ours(self):
        received = self.make_letter(kind="received", unit_id=False, sign_by=False)
        with self.assertRaises(UserError):
            self.html(received)

    def test_who_may_not_read_a_letter_prints_none(self):
        letter = self.full_letter()
        letter.action_issue()
        self.assertIn(plain(self.unit.name), self.html(letter, user=self.head))
        with self.assertRaises(AccessError):
            self.html(letter, user=self.village_head)
        with self.assertRaises(AccessError):
            self.pdf(letter, user=self.village_head)

    def test_rules_in_words(self):
        for rule, words in (
            ({"rule": "full_or_zero", "target": 98.5}, "达到98.5%得满分，未达到的不得分"),
            ({"rule": "proportional", "target": 95.0}, "达到95%得满分，未达到的按比例计分"),
            ({"rule": "deduct_per_event", "deduction": 0.5}, "每发生1次扣0.5分，扣完为止"),
            (
                {"rule": "banded", "bands": "95:10；90:8"},
                "95%以上得10分，90%以上得8分，不足90%的不得分",
            ),
            ({"rule": "banded", "bands": "95:10；0:8"}, "95%以上得10分，0%以上得8分"),
            ({"rule": "manual"}, "由考核单位对照工作情况评分"),
        ):
            with self.subTest(rule):
                self.assertEqual(rule_words(Item(weight=10, **rule)), words)

    def test_the_progress_list_tells_who_has_signed(self):
        late, draft = self.full_letter(), self.full_letter(title="另一份责任书")
        late.action_issue()
        late.clock_ids.sudo().write({"deadline_date": "2026-02-27"})
        text = self.html(late | draft, PROGRESS)
        self.assertIn("下发1份已签0份逾期未签1份", text)
        row = f"{self.unit.name}{self.head.name}{late.title}待签订2026-03-022026-03-123"
        self.assertIn(plain(row), text)
        self.assertIn("未下发", text)

    def test_the_list_can_be_exported_with_its_columns(self):
        letter = self.full_letter()
        export = self.env.ref("township_governance.export_letter_progress")
        names = export.export_fields.mapped("name")
        self.officer.group_ids += self.env.ref("base.group_allow_export")
        [row] = letter.export_data(names)["datas"]
        self.assertEqual(row[:3], [self.unit.name, self.head.name, letter.title])


@tagged("post_install", "-at_install")
class TestLetterPages(LetterPrintCase):
    def forty(self):
        items = [
            Command.create(
                {"name": f"第{number}项指标", "weight": 2.5, "standard": STANDARD[: number * 3 + 9]}
            )
            for number in range(1, 41)
        ]
        letter = self.full_letter(line_ids=items)
        letter.action_issue()
        return letter

    def test_forty_items_go_over_pages_each_with_the_heading_and_no_row_is_torn(self):
        letter = self.forty()
        for kind in KINDS:
            with self.subTest(kind), wkhtmltopdf(kind):
                pages = words_of(self.pdf(letter))
                table = [page for page in pages if re.search(r"第\d+项指标", page)]
                self.assertGreater(len(table), 3)
                for page in table:
                    self.assertEqual(page.count(HEAD_ROW), 1)
                    # Pages are filled: what follows finds no room.
                    if page != table[0] and page != table[-1]:
                        self.assertGreater(len(re.findall(r"第\d+项指标", page)), 3)
                for line in letter.line_ids:
                    cell = plain(line.standard)
                    self.assertTrue(any(cell in page for page in table), line.name)
                self.assertEqual(sum(page.count("合计100") for page in pages), 1)

    def test_the_signatures_stand_together_below_some_text(self):
        """Wherever the text before them ends."""
        letters = self.Letter.browse()
        for lines in (2, 4, 6, 8, 10, 12):
            letters += self.full_letter(
                line_ids=[Command.create({"name": "组织领导", "weight": 100})],
                measures="\n".join(["考核优秀的通报表扬。"] * lines),
                title=f"责任书{lines}",
                basis_id=self.make_basis(number=f"号{lines}").id,
            )
        letters.action_issue()
        with wkhtmltopdf("patched"):
            for letter in letters:
                page = next(page for page in words_of(self.pdf(letter)) if "六、份数" in page)
                for part in ("一式三份", "负责人(签字)", "第一责任人(签字)", "核验码", "年月日"):
                    self.assertIn(part, page)

    def test_a_short_agreement_is_one_page(self):
        letter = self.make_letter(kind="agreement", tasks=False, line_ids=[])
        for kind in KINDS:
            with self.subTest(kind), wkhtmltopdf(kind):
                self.assertEqual(printing.count_pages(self.pdf(letter)), 1)

    def test_a_row_higher_than_a_page_goes_on_and_loses_nothing(self):
        columns = (Column("序号", 10), Column("办法", 40))
        text = "".join(str(number % 10) for number in range(3000))
        _new, sheets = table_sheets(columns, [["1", text], ["2", "短"]], 600, 600)
        self.assertGreater(len(sheets), 2)
        cells = [row[1] for sheet in sheets for row in sheet]
        self.assertEqual("".join(cells), text + "短")

    def test_a_table_begins_on_the_page_only_with_room_for_some_rows(self):
        columns, rows = (Column("序号", 10),), [["1"]] * 5
        self.assertEqual(table_sheets(columns, rows, 300, 600), (False, [rows]))
        self.assertEqual(table_sheets(columns, rows, 60, 600), (True, [rows]))


@tagged("post_install", "-at_install")
class TestLetterOriginal(LetterPrintCase):
    def sheet_of(self, text):
        """:return: a PDF of one page with the widget of a signature"""
        buffer = io.BytesIO()
        canvas = Canvas(buffer)
        canvas.drawString(50, 50, text)
        canvas.save()
        writer, signed = PdfFileWriter(), io.BytesIO()
        for page in PdfFileReader(buffer).pages:
            writer.addPage(page)
        widget = DictionaryObject({NameObject("/FT"): NameObject("/Sig")})
        page = writer.getPage(0)
        page[NameObject("/Annots")] = printing.ArrayObject([writer._add_object(widget)])
        writer.write(signed)
        return signed.getvalue()

    def issued(self, **vals):
        letter = self.full_letter(**vals)
        letter.action_issue()
        return letter

    def test_a_reprint_is_the_original_byte_for_byte(self):
        letter = self.issued()
        original = self.sheet_of("original")
        letter.sudo()._keep_original(original, "责任书.pdf")
        before = self.env["township.access.log"].search_count([("action", "=", "print")])
        self.assertEqual(self.pdf(letter), original)
        self.assertEqual(self.pdf(letter, user=self.head), original)
        with self.assertRaises(AccessError):
            self.pdf(letter, user=self.village_head)
        after = self.env["township.access.log"].search_count([("action", "=", "print")])
        self.assertEqual(after - before, 2)

    def test_what_was_signed_in_the_app_and_what_was_sealed_are_printed_as_they_are(self):
        letter = self.issued()
        with wkhtmltopdf("patched"):
            letter.with_user(self.head)._sign("party_b", drawn())
            signed = letter.sudo().signed_file_id.raw
            self.assertEqual(self.pdf(letter, user=self.head), signed)
            letter.action_seal(self.make_seal(date="2026-03-01", sealed_by="许静"))
        original = letter.sudo().original_id.raw
        self.assertEqual(self.pdf(letter, user=self.head), original)
        self.assertNotEqual(original, signed)
        text = "".join(words_of(original))
        for part in (self.head.name, "用印审批", "许静", "内容摘要", "核验码"):
            self.assertIn(plain(part), text)
        # Nobody signs this in ink any more.
        self.assertNotIn("年月日", text)
        self.assertTrue(self.widgets(original))
        self.assertFalse(self.widgets(self.pdf(letter + letter)))

    def widgets(self, pdf):
        """:return: ``list`` of the kinds of fields on the pages"""
        pages = PdfFileReader(io.BytesIO(pdf)).pages
        return [one.getObject().get("/FT") for page in pages for one in page.get("/Annots") or []]

    def test_originals_and_new_papers_are_printed_together_without_broken_signatures(self):
        first, second = self.issued(), self.plain_letter("agreement")
        first.sudo()._keep_original(self.sheet_of("original"), "责任书.pdf")
        with wkhtmltopdf("patched"):
            pdf = self.pdf(first + second + first)
        pages = pages_of(pdf)
        self.assertEqual(
            ["original" in page for page in (pages[0], pages[2], pages[-2])], [True, False, True]
        )
        self.assertFalse(self.widgets(pdf))

    def test_the_original_is_rendered_anew_and_kept_with_the_letter(self):
        letter = self.issued()
        letter.sudo()._keep_original(self.sheet_of("old"), "旧.pdf")
        before = self.env["township.access.log"].search_count([])
        with wkhtmltopdf("patched"):
            pdf = letter._render_original()
        self.assertEqual(self.env["township.access.log"].search_count([]), before)
        self.assertNotIn("old", pages_of(pdf)[0])
        attachment = letter.sudo()._keep_original(pdf, "新.pdf")
        self.assertEqual(letter.original_id, attachment)
        self.assertEqual((attachment.res_model, attachment.res_id), (letter._name, letter.id))
        self.assertEqual(self.pdf(letter), pdf)

    def test_nobody_sets_replaces_or_copies_the_original(self):
        letter = self.issued()
        original = letter.sudo()._keep_original(self.sheet_of("original"), "责任书.pdf")
        other = self.env["ir.attachment"].create({"name": "x.pdf", "raw": b"x"})
        with self.assertRaises(AccessError):
            letter.original_id = other
        for attempt in (
            lambda: original.with_user(self.officer).write({"raw": b"x"}),
            lambda: original.with_user(self.officer).unlink(),
        ):
            with self.assertRaises(AccessError):
                attempt()
        self.assertFalse(letter.copy().original_id)

    def test_an_original_whose_file_is_gone_is_never_made_anew(self):
        letter = self.issued()
        original = letter.sudo()._keep_original(self.sheet_of("original"), "责任书.pdf")
        original.raw = False
        with self.assertRaisesRegex(UserError, "backup"):
            self.pdf(letter)


@tagged("post_install", "-at_install")
class TestManyLetters(LetterPrintCase):
    def letters(self, number):
        letters = self.Letter.browse()
        for place in range(number):
            letters += self.full_letter(
                title=f"第{place}份", basis_id=self.make_basis(number=f"号{place}").id, copies=2
            )
        letters.action_issue()
        return letters

    def test_copies_carry_the_same_code_and_are_rendered_once(self):
        letter = self.letters(1)
        with wkhtmltopdf("patched"):
            single = words_of(self.pdf(letter))
            double = words_of(self.pdf(letter + letter))
        sheets = single + [""] * (len(single) % 2)
        self.assertEqual(double, sheets * 2)

    def test_many_letters_in_copies_go_to_a_print_job(self):
        letters = self.letters(4)
        self.assertEqual(letters[:2].action_print_copies()["type"], "ir.actions.report")
        action = letters.action_print_copies()
        job = self.env["township.print.job"].browse(action["res_id"])
        self.assertEqual(job.record_ids, [one.id for one in letters for _copy in range(2)])
        cron = self.env.ref("township_governance.ir_cron_print_jobs")
        for letter, place in zip(letters, range(4), strict=True):
            buffer = io.BytesIO()
            canvas = Canvas(buffer)
            canvas.drawString(50, 50, f"original{place}")
            canvas.save()
            letter.sudo()._keep_original(buffer.getvalue(), "责任书.pdf")
        context = {"force_report_rendering": True}
        self.patch(type(job), "_render", lambda job, ids: self.pdf(self.Letter.browse(ids)))
        with self.enter_registry_test_mode():
            cron.with_context(**context).method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((job.state, job.done_count), ("done", 8))
        # Printed on both sides: each on a sheet of its own.
        pages = pages_of(job.attachment_id.raw)
        self.assertEqual(set(pages[1::2]), {""})
        self.assertEqual(pages[::2], [f"original{place}" for place in (0, 0, 1, 1, 2, 2, 3, 3)])

    def test_the_preview_opens_the_paper(self):
        letter = self.full_letter()
        self.assertIn(f"{LETTER}/{letter.id}", letter.action_preview()["url"])
