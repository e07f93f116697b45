import io
import zipfile
from datetime import date, datetime
from unittest.mock import patch

import xlsxwriter
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged
from odoo.tools import file_open

from ...tools.ledger import workbook
from ...tools.ledger.cells import CellError, date_of
from ...tools.ledger.heading import Vocabulary, find_heading, normalise
from ...tools.ledger.problems import LedgerError
from ...tools.ledger.reader import Ledger
from . import ledger_files as files

VOCABULARY = Vocabulary(
    {
        "序号": "serial",
        "受理时间": "date",
        "登记日期": "date",
        "申请人": "applicant.name",
        "被申请人": "respondent.name",
        "所在村": "village",
        "涉及金额": "amount",
        "备注": "remarks",
    },
    {"姓名": "name", "身份证号": "id_number", "联系电话": "phone"},
    "applicant",
)
WORDS = {*VOCABULARY.headings, *VOCABULARY.parts}
unhurried = settings(deadline=None, database=None)
# A word of headings in a title would make it a heading; a lone bracket as well.
title = st.builds(
    "{}{}".format,
    st.text("某镇矛盾纠纷台账统计申请人年月26：", min_size=1, max_size=10),
    st.just("") | st.text("某镇年月26", max_size=4).map("（{}）".format),
).filter(lambda cell: not any(word in normalise(cell) for word in WORDS))
titles = st.lists(st.none() | title, min_size=1, max_size=8)
HEADING = ["序号", "受理时间", "申请人", "被申请人", "所在村", "备注"]
ROW = [1, "2026-03-02", "王伟强", "刘芳艳", "东沟村", None]


@tagged("post_install", "-at_install")
class TestLedgerReader(BaseCase):
    """Files of every usual kind and layout, and those that are none."""

    def read_ledger(self, data, filename="台账.xlsx"):
        ledger = Ledger(
            data, filename, VOCABULARY, required=["applicant.name"], multi=["applicant.name"]
        )
        return ledger, list(ledger.rows())

    def assert_refused(self, code, data, filename="台账.xls", kind=None):
        with self.assertRaises(LedgerError) as caught:
            self.read_ledger(data, filename)
        self.assertEqual(caught.exception.problem.code, code)
        if kind:
            self.assertEqual(caught.exception.problem.values["kind"], kind)
        return caught.exception.problem.values

    # ------------------------------------------------------------------
    # Layouts
    # ------------------------------------------------------------------

    def test_the_sample_of_a_township(self):
        with file_open("township_governance/tests/data/township_ledger_2026.xls", "rb") as sample:
            ledger, rows = self.read_ledger(sample.read(), "township_ledger_2026.xls")
        [part] = ledger.parts
        self.assertEqual((part.heading.row, part.heading.height), (2, 2))
        self.assertEqual(part.heading.filled_on, date(2026, 6, 30))
        self.assertEqual(part.heading.columns[7].key, "respondent.phone")
        self.assertEqual(len(rows), 160)
        self.assertEqual(ledger.left_out, [("填表说明", "no_heading")])

    def test_title_rows_blank_rows_totals_and_notes(self):
        _ledger, rows = self.read_ledger(
            files.make_xlsx(
                [
                    ["某镇2026年台账"],
                    ["填报单位:某镇", None, "填报时间:2026年6月30日"],
                    [],
                    HEADING,
                    [1, 2, 3, 4, 5, 6],
                    ROW,
                    [None, " "],
                    [2],
                    HEADING,
                    [2, *ROW[1:]],
                    ["小计", None, "2件"],
                    ["合 计", None, 2],
                    ["填表人:李明", None, None, "审核人:王五"],
                ]
            )
        )
        self.assertEqual([row.number for row in rows], [6, 10])

    def test_one_row_heading_with_repeated_words(self):
        heading = [
            "序号",
            "登记日期",
            "申请人",
            "身份证号",
            "联系电话",
            "被申请人",
            "身份证号",
            "联系电话",
        ]
        ledger, _rows = self.read_ledger(files.make_xlsx([heading, ROW]))
        keys = [column.key for column in ledger.parts[0].heading.columns.values()]
        self.assertEqual(
            keys[2:],
            [
                "applicant.name",
                "applicant.id_number",
                "applicant.phone",
                "respondent.name",
                "respondent.id_number",
                "respondent.phone",
            ],
        )

    @unhurried
    @given(
        st.lists(titles, min_size=1, max_size=3),
        st.lists(
            st.sampled_from(sorted({*VOCABULARY.headings} - {"序号"})),
            min_size=2,
            max_size=8,
            unique_by=VOCABULARY.headings.get,
        ),
        st.booleans(),
        st.booleans(),
    )
    def test_titles_above_a_one_row_heading_change_nothing(self, above, words, serial, merged):
        words = ["序号", *words] if serial else words
        heading = find_heading([(0, words), (1, ROW)], [], VOCABULARY)
        rows = list(enumerate([*above, words, ROW]))
        merges = [
            workbook.Merge(number, number + 1, 0, len(words))
            for number in range(len(above))
            if merged
        ]
        found = find_heading(rows, merges, VOCABULARY)
        self.assertEqual((found.row, found.height), (len(above), 1))
        self.assertEqual(found.columns, heading.columns)
        self.assertEqual(found.rows, [words])

    def test_two_row_heading_without_merges(self):
        top = ["序号", "受理时间", "申请人", None, "被申请人", None]
        below = [None, None, "姓名", "身份证号", "姓名", "联系电话"]
        data = files.make_csv(
            [["某镇台账"], top, below, [1, "2026-01-06", "王伟强", files.ID_A, "刘芳", ""]]
        )
        ledger, [row] = self.read_ledger(data, "a.csv")
        self.assertEqual(ledger.parts[0].heading.height, 2)
        self.assertEqual(row.cells["applicant.id_number"], files.ID_A)
        self.assertEqual(row.cells["respondent.name"], "刘芳")

    def test_a_second_heading_row_that_adds_nothing_is_no_case(self):
        rows = [
            ["受理时间", "申请人", "被申请人"],
            [None, "姓名", "姓名"],
            ["2026-01-06", "王伟强", "刘芳"],
        ]
        _ledger, [row] = self.read_ledger(files.make_xlsx(rows))
        self.assertEqual(row.cells["applicant.name"], "王伟强")

    def test_composed_headings_and_units(self):
        heading = [
            "登记日期",
            "申请人姓名",
            "申请人身份证号",
            "被申请人联系电话",
            "涉及金额（万元）",
            "民族",
        ]
        ledger, _rows = self.read_ledger(files.make_xlsx([heading, ["2026-01-06", "王伟强"]]))
        columns = ledger.parts[0].heading.columns
        self.assertEqual(columns[2].key, "applicant.id_number")
        self.assertEqual(columns[3].key, "respondent.phone")
        self.assertEqual((columns[4].key, columns[4].unit), ("amount", 10000))
        self.assertEqual(ledger.parts[0].heading.unknown, {5: "民族"})

    def test_merged_cells_in_the_rows(self):
        """A village merged over several cases holds for each; a serial merged over several rows
        makes them one case with several applicants."""
        rows = [
            HEADING,
            [1, "2026-03-02", "王伟强", "刘芳艳", "东沟村"],
            [None, None, "王小强"],
            [2, "2026-03-03", "李明", "赵六", None],
        ]
        data = files.make_xlsx(rows, merges=[(1, 0, 2, 0), (1, 4, 3, 4)])
        _ledger, [first, second] = self.read_ledger(data)
        self.assertEqual(first.cells["applicant.name"], "王伟强\n王小强")
        self.assertEqual(len(first.lines), 2)
        self.assertEqual(second.cells["village"], "东沟村")

    def test_every_sheet_with_a_heading(self):
        data = files.make_xlsx(
            [HEADING, ROW], sheet="1月", more=[("说明", [["每月上报"]]), ("2月", [HEADING, ROW])]
        )
        ledger, rows = self.read_ledger(data)
        self.assertEqual([part.sheet.name for part in ledger.parts], ["1月", "2月"])
        self.assertEqual(len(rows), 2)

    def test_csv_encodings_and_separators(self):
        for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
            for delimiter in (",", ";", "\t"):
                data = files.make_csv([HEADING, ROW], encoding, delimiter)
                _ledger, [row] = self.read_ledger(data, "台账.csv")
                self.assertEqual(row.cells["applicant.name"], "王伟强", (encoding, delimiter))

    def test_dates_of_both_epochs(self):
        day = datetime(2026, 1, 6)
        for option in (False, True):
            data = files.make_xlsx([HEADING, [1, day, *ROW[2:]]], date_1904=option)
            ledger, [row] = self.read_ledger(data)
            self.assertEqual(row.cells["date"], day)
        self.assertEqual(date_of(44566, ledger.parts[0].sheet.epoch), date(2026, 1, 6))

    def test_formulas_and_error_cells(self):
        output = io.BytesIO()
        book = xlsxwriter.Workbook(output, {"in_memory": True})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADING)
        sheet.write_row(1, 0, ROW)
        sheet.write_formula(1, 4, '="东沟"&"村"', None, "东沟村")
        sheet.write_row(2, 0, ROW)
        sheet.write_formula(2, 4, "=A1", None, "#REF!")
        book.close()
        _ledger, [good, bad] = self.read_ledger(output.getvalue())
        self.assertEqual(good.cells["village"], "东沟村")
        self.assertIsInstance(bad.cells["village"], CellError)
        without = self.strip_values(output.getvalue())
        _ledger, [row, _bad] = self.read_ledger(without)
        self.assertEqual(row.cells["village"], CellError(""))
        self.assertIsInstance(row.cells["village"], CellError)

    def strip_values(self, data):
        """:return: the workbook as programs write it that do not compute formulas"""
        output = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(output, "w") as new:
            for name in old.namelist():
                content = old.read(name).replace(b' t="str"><f>', b"><f>")
                new.writestr(name, content.replace("<v>东沟村</v>".encode(), b""))
        return output.getvalue()

    def test_old_workbook_with_errors(self):
        book = xlwt.Workbook()
        sheet = book.add_sheet("台账")
        for column, text in enumerate(HEADING):
            sheet.write(0, column, text)
            sheet.write(1, column, ROW[column])
        output = io.BytesIO()
        book.save(output)
        _ledger, [row] = self.read_ledger(output.getvalue(), "a.xls")
        self.assertEqual(row.cells["village"], "东沟村")

    # ------------------------------------------------------------------
    # What is no ledger
    # ------------------------------------------------------------------

    def test_files_that_cannot_be_read(self):
        good = files.make_xlsx([HEADING, ROW])
        with file_open("township_governance/tests/data/township_ledger_2026.xls", "rb") as sample:
            old = sample.read()
        self.assert_refused("file_empty", b"")
        self.assert_refused("file_empty", files.make_xlsx([[]]))
        self.assert_refused("password", files.locked_xls())
        self.assert_refused("password", files.locked_xlsx())
        self.assert_refused("damaged", good[: len(good) // 2])
        self.assert_refused("damaged", old[: len(old) // 2])
        self.assert_refused("damaged", old[:700])
        self.assert_refused("not_a_ledger", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, kind="picture")
        self.assert_refused("not_a_ledger", b"\xff\xd8\xff\xe0" + b"\0" * 50, kind="picture")
        self.assert_refused("not_a_ledger", b"%PDF-1.7", kind="pdf")
        self.assert_refused("not_a_ledger", b"<html><table><tr><td>x", kind="web_page")
        self.assert_refused("not_a_ledger", bytes(range(256)) * 10, kind="unknown")
        self.assert_refused("not_a_ledger", b"\x93\xfe\x01\x02" * 99, kind="unknown")
        document = io.BytesIO()
        with zipfile.ZipFile(document, "w") as archive:
            archive.writestr("word/document.xml", "<w/>")
        self.assert_refused("not_a_ledger", document.getvalue(), kind="document")

    def test_heading_not_found_shows_what_was_read(self):
        values = self.assert_refused("heading_not_found", files.make_xlsx([["日志"], ["甲", "乙"]]))
        self.assertEqual(values["rows"], ["日志", "甲 | 乙"])

    def test_limits(self):
        data = files.make_xlsx([HEADING, ROW])
        with patch.object(workbook, "MAX_FILE", 100):
            self.assert_refused("file_too_big", data)
        with patch.object(workbook, "MAX_UNPACKED", 1000):
            self.assert_refused("unpacks_too_big", data)
        bomb = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(bomb, "w") as new:
            for name in old.namelist():
                content = old.read(name)
                if name.endswith("sharedStrings.xml"):
                    content = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b">]>' + content[55:]
                new.writestr(name, content)
        self.assert_refused("damaged", bomb.getvalue())

    def test_a_far_cell_does_not_blow_up_the_sheet(self):
        output = io.BytesIO()
        book = xlsxwriter.Workbook(output, {"in_memory": True})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADING)
        sheet.write_row(1, 0, ROW)
        sheet.write(1048575, 16383, "x")
        book.close()
        _ledger, rows = self.read_ledger(output.getvalue())
        self.assertEqual(len(rows), 1)
