import io
import random
import re
import tracemalloc
from datetime import date, datetime

import openpyxl
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.ledger.cells import CellError, date_of
from ...tools.ledger.problems import LedgerError
from ...tools.ledger.workbook import MAX_COLUMNS, open_workbook
from . import ledger_files as files

unhurried = settings(deadline=None, database=None)
TRANSITIONAL = b"http://schemas.openxmlformats.org/"
STRICT = b"http://purl.oclc.org/ooxml/"
# What damages numbers, references and tags.
JUNK = [b"0", b"-1", b"9" * 20, b"1e400", b"nan", b"", b"<", b"</c>", b'"', b"\xff", b"ZZZ1", b"_x"]

texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), min_size=1, max_size=20
).filter(lambda text: "_x" not in text)
moments = st.datetimes(datetime(1900, 3, 1), datetime(2100, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)
cells = st.one_of(
    st.none(),
    texts,
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.integers(-(10**9), 10**9).map(lambda number: number / 100),
    moments,
)
tables = st.lists(st.lists(cells, max_size=6), max_size=6)


def by_xlsxwriter(table):
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_urls": False})
    sheet = book.add_worksheet()
    style = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    for row, values in enumerate(table):
        for column, value in enumerate(values):
            if isinstance(value, datetime):
                sheet.write_datetime(row, column, value, style)
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            elif value is not None:
                sheet.write(row, column, value)
    book.close()
    return output.getvalue()


def by_openpyxl(table):
    book = openpyxl.Workbook()
    for row, values in enumerate(table, 1):
        for column, value in enumerate(values, 1):
            if value is None:
                continue
            cell = book.active.cell(row, column, value)
            if isinstance(value, str):
                cell.data_type = "s"
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def read(data, filename="台账.xlsx"):
    """:return: ``{(row, column): value}`` of the first sheet"""
    [sheet, *_more] = open_workbook(data, filename)
    return {
        (row, column): value
        for row, values in sheet.rows()
        for column, value in enumerate(values)
        if value is not None
    }


@tagged("post_install", "-at_install")
class TestWorkbook(BaseCase):
    """The values of an .xlsx workbook, whoever wrote it and however damaged it is."""

    def sheet(self, cells, head=b"", tail=b""):
        """:return: a workbook of which the first sheet has these rows, as XML"""
        return files.rewrite(
            files.make_xlsx([["甲", datetime(2026, 1, 6)]]),
            sheet1=lambda content: (
                content.partition(b"<sheetData>")[0]
                + head
                + b"<sheetData>"
                + cells
                + b"</sheetData>"
                + tail
                + b"</worksheet>"
            ),
        )

    @unhurried
    @given(tables, st.sampled_from([by_xlsxwriter, by_openpyxl]))
    def test_what_programs_wrote_comes_back_equal(self, table, write):
        written = {
            (row, column): value
            for row, values in enumerate(table)
            for column, value in enumerate(values)
            if value is not None
        }
        found = read(write(table))
        self.assertEqual(found, written)
        for place, value in written.items():
            self.assertEqual(isinstance(found[place], bool), isinstance(value, bool))

    def test_strict_open_xml(self):
        table = [["甲", 1.5, datetime(2026, 1, 6)]]
        strict = files.rewrite(
            by_xlsxwriter(table),
            xml=lambda content: content.replace(TRANSITIONAL, STRICT),
            rels=lambda content: content.replace(TRANSITIONAL, STRICT),
        )
        self.assertEqual(read(strict), read(by_xlsxwriter(table)))
        dated = self.sheet(b'<row r="1"><c r="A1" t="d"><v>2026-01-06</v></c></row>')
        self.assertEqual(read(dated), {(0, 0): date(2026, 1, 6)})

    def test_prefixed_elements_and_cells_without_reference(self):
        plain = b"<row><c><v>1</v></c><c/><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>"
        values = {(0, 0): 1, (0, 2): 2, (2, 0): 3}
        self.assertEqual(read(self.sheet(plain)), values)
        prefixed = plain.replace(b"</", b"</x:").replace(b"<", b"<x:").replace(b"<x:/x:", b"</x:")
        head = b'<x:sheetData xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        self.assertEqual(read(self.sheet(b"", tail=head + prefixed + b"</x:sheetData>")), values)

    def test_escaped_characters_and_readings_of_names(self):
        row = (
            '<row r="1"><c r="A1" t="inlineStr"><is><t>石小满_x000D_\n柳月娥</t></is></c>'
            '<c r="B1" t="inlineStr"><is><t>_x005F_x000D_</t></is></c>'
            '<c r="C1" t="inlineStr"><is><r><t>王</t></r><r><t>伟</t></r>'
            "<rPh><t>wang</t></rPh></is></c></row>"
        )
        found = read(self.sheet(row.encode()))
        self.assertEqual(found, {(0, 0): "石小满\n柳月娥", (0, 1): "_x000D_", (0, 2): "王伟"})

    def test_styles_and_properties_carry_no_data(self):
        table = [["甲", datetime(2026, 1, 6)]]
        data = by_xlsxwriter(table)
        odd = files.rewrite(
            data,
            styles=lambda content: content.replace(b"<fills", b"<fills><fill/></fills><fills"),
            core=lambda _content: b"<coreProperties><created>yesterday</created>",
        )
        self.assertEqual(read(odd), read(data))

    def test_dates_without_styles_are_read_as_serial_numbers(self):
        data = files.rewrite(by_xlsxwriter([[datetime(2026, 1, 6)]]), styles=None)
        [sheet] = open_workbook(data)
        self.assertEqual(date_of(read(data)[0, 0], sheet.epoch), date(2026, 1, 6))

    def test_chinese_date_formats_built_in(self):
        def chinese(content):
            content = re.sub(rb"<numFmts.*</numFmts>", b"", content)
            return content.replace(b'numFmtId="164"', b'numFmtId="31"')

        data = files.rewrite(by_xlsxwriter([[datetime(2026, 1, 6)]]), styles=chinese)
        self.assertEqual(read(data), {(0, 0): datetime(2026, 1, 6)})

    def test_errors_and_formulas_without_a_saved_value(self):
        row = (
            b'<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1"><f>A2</f></c>'
            b'<c r="C1" t="str"><f>A2</f><v></v></c><c r="D1"><f>1+1</f><v>2</v></c>'
            b'<c r="E1" t="str"><f>A2</f></c></row>'
        )
        found = read(self.sheet(row))
        self.assertEqual(found, {(0, 0): "#N/A", (0, 1): "", (0, 3): 2, (0, 4): ""})
        for column in (0, 1, 4):
            self.assertIsInstance(found[0, column], CellError)

    def test_hidden_rows_are_read_and_hidden_sheets_are_marked(self):
        output = io.BytesIO()
        book = xlsxwriter.Workbook(output, {"in_memory": True})
        shown, hidden = book.add_worksheet(), book.add_worksheet()
        shown.write(0, 0, "甲")
        shown.set_row(0, None, None, {"hidden": True})
        shown.set_column(0, 0, None, None, {"hidden": True})
        hidden.hide()
        book.close()
        data = output.getvalue()
        self.assertEqual(read(data), {(0, 0): "甲"})
        self.assertEqual([sheet.hidden for sheet in open_workbook(data)], [False, True])

    def test_a_far_cell_costs_no_memory(self):
        far = b'<row r="1048576"><c r="A1048576"><v>1</v></c><c r="XFD1048576"><v>2</v></c></row>'
        data = self.sheet(far, tail=b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
        read(data)
        tracemalloc.start()
        try:
            self.assertEqual(read(data), {(2**20 - 1, 0): 1})
            self.assertLess(tracemalloc.get_traced_memory()[1], 2**20)
        finally:
            tracemalloc.stop()

    def test_a_million_blank_styled_rows(self):
        blank = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(2, 2**20))
        first = b'<row r="1"><c r="A1"><v>1</v></c></row>'
        self.assertEqual(read(self.sheet(first + blank)), {(0, 0): 1})

    def test_damage_inside_a_sheet(self):
        for row in (
            b'<row r="1048577"/>',
            b'<row r="x"/>',
            b'<row><c r="A1" t="s"><v>-1</v></c></row>',
            b'<row><c r="A1" t="s"><v>99</v></c></row>',
            b'<row><c r="1"><v>1</v></c></row>',
            b'<row><c r="A1"><v>1e999</v></c></row>',
            b"<row><c>",
        ):
            with self.assertRaises(LedgerError) as caught:
                read(self.sheet(row))
            self.assertEqual(caught.exception.problem.code, "damaged", row)

    def test_damaged_files_are_refused_and_nothing_else_happens(self):
        good = files.make_xlsx([["甲", 1, datetime(2026, 1, 6)], ["乙", 2.5, True]] * 5)
        for seed in range(600):
            chance = random.Random(seed)
            data = self.damaged(good, chance)
            try:
                for sheet in open_workbook(data, "台账.xlsx"):
                    for _row, values in sheet.rows():
                        self.assertLessEqual(len(values), MAX_COLUMNS)
            except LedgerError:
                continue
            except Exception as error:
                raise AssertionError(f"seed {seed}") from error

    def damaged(self, data, chance):
        """:return: the workbook with a few bytes changed, in the archive or in one of its parts"""
        if chance.random() < 0.25:
            return self.mutated(data, chance)
        names = ("sheet1", "sharedStrings", "styles", "workbook.xml", ".rels", "Content")
        return files.rewrite(
            data, **{chance.choice(names): lambda content: self.mutated(content, chance)}
        )

    def mutated(self, content, chance):
        content = bytearray(content)
        for _time in range(chance.randint(1, 5)):
            place = chance.randrange(len(content) or 1)
            length = chance.randint(0, 20)
            new = chance.choice([*JUNK, bytes([chance.randrange(256)]), content[place:][:60]])
            content[place : place + length] = new
        return bytes(content)
