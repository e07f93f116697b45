import base64
import io

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged

from ...tools.scoring import Item
from ...tools.scoring_reader import read_scoring
from ...tools.scoring_words import rule_words
from .base import LetterCase

HEADING = ["序号", "考核指标", "分值", "目标值", "计分办法", "佐证材料", "考核责任单位"]


def workbook(rows, merges=()):
    """:return: ``bytes`` of a workbook as offices make it: a title row above the heading"""
    book = openpyxl.Workbook()
    page = book.active
    page.append(["槐荫镇平安建设目标管理责任书考核表"])
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADING))
    for row in rows:
        page.append(row)
    for merge in merges:
        page.merge_cells(merge)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


@tagged("post_install", "-at_install")
class TestLetterItemImport(LetterCase):
    """An item table that exists in Excel or Word becomes the items of a template."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.make_template(cls.company)

    @classmethod
    def make_template(cls, company, **vals):
        return cls.env["township.letter.template"].create(
            {
                "name": "部门责任书",
                "title": "平安建设目标管理责任书",
                "unit_kind": "department",
                "company_id": company.id,
                **vals,
            }
        )

    def wizard(self, template=None, **vals):
        return (
            self.env["township.ledger.import"]
            .with_user(self.officer)
            .create(
                {
                    "target": "letter_item",
                    "letter_template_id": (template or self.template).id,
                    **vals,
                }
            )
        )

    def import_rows(self, rows, template=None, merges=()):
        data = base64.b64encode(workbook([HEADING, *rows], merges))
        wizard = self.wizard(template, data=data, filename="考核表.xlsx")
        wizard.action_preview()
        wizard.action_import()
        return wizard

    def items(self, template=None):
        return (template or self.template).line_ids.sorted("sequence")

    def test_each_column_of_the_table_arrives(self):
        row = [1, "组织领导", "10分", None, "每缺一项扣2分，扣完为止", "会议记录", self.unit.name]
        self.import_rows([row])
        item = self.items()
        self.assertEqual((item.name, item.weight, item.rule), (row[1], 10, "deduct_per_event"))
        self.assertEqual((item.deduction, item.evidence), (2, row[5]))
        self.assertEqual(item.checking_unit_id, self.unit)
        self.assertEqual(item.standard, row[4])
        self.assertEqual(item.kind, "manual")

    def test_items_stand_as_in_the_table_after_those_there_are(self):
        self.import_rows([[1, "甲", 10], [2, "乙", 20]])
        self.import_rows([[1, "丙", 30]])
        self.assertEqual(self.items().mapped("name"), ["甲", "乙", "丙"])

    def test_targets_as_offices_write_them(self):
        targets = ["95%", "不低于90%", 0.85, 80, "≥75%"]
        self.import_rows([[n, f"项{n}", 1, target] for n, target in enumerate(targets)])
        self.assertEqual(self.items().mapped("target"), [95, 90, 85, 80, 75])

    def test_words_that_are_no_figure_are_kept(self):
        self.import_rows([[1, "安全生产", 10, "不发生较大事故", "人工评分", "", "某某办、某某站"]])
        item = self.items()
        for words in ("不发生较大事故", "人工评分", "某某办、某某站"):
            self.assertIn(words, item.standard)
        self.assertFalse(item.checking_unit_id)
        self.assertEqual(item.rule, "manual")

    def test_an_item_of_the_catalogue_is_computed_where_its_words_say_how(self):
        indicator = self.env.ref("township_governance.indicator_on_time")
        self.import_rows(
            [[1, indicator.name, 10, "95%", "按比例计分"], [2, indicator.name, 5, None, "酌情评分"]]
        )
        first, second = self.items()
        self.assertEqual((first.kind, first.metric), ("computed", indicator.metric))
        self.assertEqual(first.indicator_id, indicator)
        self.assertEqual(second.kind, "manual")
        self.assertFalse(second.metric)

    def test_every_row_is_imported_returned_or_named(self):
        wizard = self.import_rows(
            [
                [1, "甲", 60],
                [2, "乙", "若干"],
                [3, None, 10],
                ["合计", None, 100],
                ["总分", None, 100],
            ]
        )
        self.assertEqual(wizard.read_count, 3)
        self.assertEqual((wizard.imported_count, wizard.rejected_count), (1, 2))
        self.assertIn("若干", wizard.reasons)
        self.assertEqual(self.items().mapped("name"), ["甲"])

    def test_a_serial_merged_over_several_items_loses_none(self):
        rows = [[1, "甲", 30], [None, "乙", 30], [None, "丙", 40]]
        self.import_rows(rows, merges=["A3:A5"])
        self.assertEqual(self.items().mapped("weight"), [30, 30, 40])

    def test_preview_tells_a_sum_that_is_not_a_hundred_and_the_rule_read(self):
        data = base64.b64encode(workbook([HEADING, [1, "甲", 60, None, "每次扣0.5分"]]))
        wizard = self.wizard(data=data, filename="a.xlsx")
        wizard.action_preview()
        self.assertFalse(self.items())
        self.assertIn("60", wizard.warnings)
        self.assertIn("Deducted per event", wizard.preview)

    def test_nothing_is_said_of_the_sum_when_it_is_a_hundred(self):
        self.assertFalse(self.import_rows([[1, "甲", 60], [2, "乙", 40]]).warnings)

    def test_pasted_rows_are_read_like_a_file(self):
        pasted = '考核指标\t分值\t计分办法\n组织领导\t10\t每次扣1分\n排查化解\t20\t"查阅\n资料"\n'
        wizard = self.wizard(pasted=pasted)
        wizard.action_preview()
        wizard.action_import()
        self.assertEqual(self.items().mapped("name"), ["组织领导", "排查化解"])
        self.assertEqual(self.items()[0].deduction, 1)
        self.assertIn("资料", self.items()[1].standard)

    def test_the_same_table_twice_adds_nothing_but_serves_another_template(self):
        rows = [[1, "甲", 60]]
        self.import_rows(rows)
        self.assertEqual(self.import_rows(rows).skipped_count, 1)
        other = self.make_template(self.company)
        self.import_rows(rows, other)
        self.assertEqual((len(self.items()), len(self.items(other))), (1, 1))

    def test_a_table_of_long_descriptions_alone_is_read_too(self):
        rows = [["考核内容", "分值", "评分标准"], ["按时召开会议", 10, "每缺一次扣2分"]]
        wizard = self.wizard(data=base64.b64encode(workbook(rows)), filename="b.xlsx")
        wizard.action_import()
        self.assertEqual(self.items().name, "按时召开会议")

    def test_a_template_must_be_chosen_and_be_ones_own(self):
        data = base64.b64encode(workbook([HEADING, [1, "甲", 60]]))
        wizard = self.wizard(data=data)
        wizard.letter_template_id = False
        with self.assertRaises(UserError):
            wizard.action_import()
        shared = self.env.ref("township_governance.letter_template_department")
        with self.assertRaises(AccessError):
            self.import_rows([[1, "甲", 60]], shared)
        with self.assertRaises(UserError):
            shared.with_user(self.officer).action_import_items()
        foreign = self.make_template(self.env["res.company"].create({"name": "外镇"}))
        with self.assertRaises(AccessError):
            self.import_rows([[1, "甲", 60]], foreign)

    def test_the_button_opens_the_import_for_its_template(self):
        template = self.template.with_user(self.officer)
        action = template.action_import_items()
        wizard = self.env["township.ledger.import"].with_context(**action["context"]).new({})
        self.assertEqual(wizard.letter_template_id._origin, self.template)
        self.assertEqual(wizard.target, "letter_item")


@tagged("post_install", "-at_install")
class TestScoringWords(TransactionCase):
    """What the words of 计分办法 mean, and where they are left to a person."""

    def test_clear_words(self):
        for text, rule in (
            ("按比例计分", "proportional"),
            ("达到目标值得满分，未达到的按比例计分", "proportional"),
            ("达标得满分，否则不得分", "full_or_zero"),
            ("按次扣分，每次扣0.5分，扣完为止", "deduct_per_event"),
            ("每发现一起扣 1 分", "deduct_per_event"),
            ("分档计分 95:10；90:8", "banded"),
            ("95％以上（含）的，得10分；90%以上得8分；90%以下不得分", "banded"),
        ):
            self.assertEqual(read_scoring(text, 10).rule, rule, text)

    def test_amounts_come_along(self):
        self.assertEqual(read_scoring("每件扣0.5分", 10).deduction, 0.5)
        self.assertEqual(read_scoring("95：10；90：8", 10).bands, "95:10；90:8")

    def test_what_the_paper_prints_is_read_back(self):
        for item in (
            Item(rule="full_or_zero", weight=10, target=95),
            Item(rule="proportional", weight=10, target=95),
            Item(rule="deduct_per_event", weight=10, deduction=0.5),
            Item(rule="banded", weight=10, bands="95:10；90:8"),
            Item(rule="manual", weight=10),
        ):
            read = read_scoring(rule_words(item), item.weight)
            self.assertEqual((read.rule, read.bands), (item.rule, item.bands))
            self.assertEqual(read.deduction, item.deduction)

    def test_what_is_not_clear_is_scored_by_hand(self):
        for text in (
            "",
            "人工评分",
            "考核组酌情扣分",
            "未研究的扣3分，每缺一次扣1分",
            "按比例得分，每出现一起扣1分",
            "95:10；90:8，其余每次扣1分",
            "95:20；90:8",
            "优秀得10分",
        ):
            self.assertEqual(read_scoring(text, 10).rule, "manual", text)
