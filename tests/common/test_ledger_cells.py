from datetime import date, datetime

from odoo.tests import BaseCase, tagged

from ...tools.ledger import cells, names
from ...tools.ledger.problems import CellProblem
from .ledger_files import ID_A, ID_B


@tagged("post_install", "-at_install")
class TestLedgerCells(BaseCase):
    """What people type, read without guessing."""

    def assert_problem(self, code, reader, *args):
        with self.assertRaises(CellProblem) as caught:
            reader(*args)
        self.assertEqual(caught.exception.problem.code, code)

    def test_dates_as_people_type_them(self):
        sixth = date(2026, 1, 6)
        for text in (
            "2026/01/06",
            "2026-1-6",
            "2026.1.6",
            "20260106",
            "2026年1月6日",
            "2026 年 1 月 6 日",
            "2026年1月6号",
            "二〇二六年一月六日",
            "２０２６．１．６",
            "2026-01-06 09:30:00",
            "2026年1月6日上午9时",
            "2026年1月6日(星期二)",
            " 2026/1/6 ",
            20260106,
            46028,
            "46028",
            46028.75,
            datetime(2026, 1, 6, 9),
            sixth,
        ):
            self.assertEqual(cells.date_of(text), sixth, text)
        self.assertEqual(cells.date_of(46028 - 1462, cells.EPOCH_1904), sixth)
        for text in (None, "", " ", "/", "无"):
            self.assertIsNone(cells.date_of(text), text)

    def test_a_date_is_never_guessed(self):
        for text in ("2026年2月30日", "2026.13.5", "20260231", date(1905, 1, 1)):
            self.assert_problem("date_impossible", cells.date_of, text)
        for text in (
            "待定",
            "1月6日",
            "2026年1月",
            2026.1,
            "26.1.6",
            "1/6/2026",
            "2026.1.6-1.8",
            3,
        ):
            self.assert_problem("date_undetermined", cells.date_of, text)

    def test_amounts(self):
        for text, amount in (
            (800, 800),
            (3500.5, 3500.5),
            ("1.2万", 12000),
            ("1,200元", 1200),
            ("￥3000.00", 3000),
            ("1.2万元", 12000),
            ("5千", 5000),
            ("3000元整", 3000),
            ("一万二千", 12000),
            ("叁仟元整", 3000),
            ("１２００", 1200),
        ):
            self.assertEqual(cells.amount_of(text), amount, text)
        self.assertEqual(cells.amount_of("1.2", 10000), 12000)
        self.assertEqual(cells.amount_of("800元", 10000), 800)
        self.assertIsNone(cells.amount_of("无"))
        for text in ("约3千", "2-3万", "3万5", "一万多", "待定"):
            self.assert_problem("amount_unclear", cells.amount_of, text)
        self.assert_problem("amount_negative", cells.amount_of, -3)

    def test_phones_that_excel_made_numbers(self):
        for value in (
            13943803232.0,
            13943803232,
            "13943803232.0",
            "1.3943803232E10",
            "139 4380 3232",
        ):
            self.assertEqual(cells.phones_of(value), ["13943803232"], value)
        self.assertEqual(
            cells.phones_of("13900001111、13900002222"), ["13900001111", "13900002222"]
        )
        self.assertEqual(cells.phones_of("无"), [])
        self.assert_problem("number_damaged", cells.phones_of, "1.39438E+10")
        self.assert_problem("phone_unclear", cells.phones_of, "未留")

    def test_id_numbers(self):
        self.assertEqual(cells.ids_of(f"{ID_A}、{ID_B.lower()}"), [ID_A, ID_B])
        self.assertEqual(cells.ids_of(f"无\n{ID_B}"), ["", ID_B])
        self.assert_problem("number_damaged", cells.ids_of, float(ID_A))
        self.assert_problem("number_damaged", cells.ids_of, "6.19929E+17")

    def test_names(self):
        for text, expected in (
            (" 沈  敏", ["沈敏"]),
            ("张三、李四", ["张三", "李四"]),
            ("张三，李四", ["张三", "李四"]),
            ("张三\n李四", ["张三", "李四"]),
            ("欧阳 修文", ["欧阳修文"]),
            ("John  Smith", ["John Smith"]),
            ("阿依·古丽", ["阿依·古丽"]),
            ("槐荫 建筑公司", ["槐荫建筑公司"]),
            ("李和平", ["李和平"]),
        ):
            self.assertEqual(names.names_of(text).names, expected, text)
        self.assertEqual(names.names_of("张三与李四"), (["张三"], ["李四"], False))
        self.assertEqual(names.names_of("张三等3人"), (["张三"], [], True))
        self.assertEqual(names.names_of("张三 李四", 2).names, ["张三", "李四"])
        self.assert_problem("names_unclear", names.names_of, "张三 李四")

    def test_error_cells_are_problems(self):
        self.assert_problem("cell_error", cells.text_of, cells.CellError("#REF!"))
        self.assert_problem("formula_without_value", cells.text_of, cells.CellError(""))
