import base64

from odoo.tests import tagged

from ..common import ledger_files as files
from ..common.base import TownshipCase

ROSTER = [
    "序号",
    "姓名",
    "性别",
    "身份证号",
    "联系电话",
    "所属调委会",
    "专兼职",
    "等级",
    "聘任日期",
]
GRIDS = ["序号", "网格名称", "网格编码", "所属村社区", "网格长", "网格员", "户数", "人口"]


@tagged("post_install", "-at_install")
class TestPlaceImport(TownshipCase):
    """Mediators and grids come in by the same wizard as cases."""

    def import_rows(self, target, rows, **vals):
        wizard = (
            self.env["township.ledger.import"]
            .with_user(self.officer)
            .create(
                {
                    "data": base64.b64encode(files.make_xlsx([["某镇一览表"], *rows])),
                    "filename": "list.xlsx",
                    "target": target,
                    **vals,
                }
            )
        )
        wizard.action_preview()
        wizard.action_import()
        return wizard

    def test_mediators(self):
        wizard = self.import_rows(
            "mediator",
            [
                ROSTER,
                [
                    1,
                    "宋 玉梅",
                    "女",
                    files.ID_B,
                    13900001111,
                    self.committee.name,
                    "专职",
                    "二级",
                    "2025.3.1",
                ],
                [2, "何建平", "男", None, "0571-88001234", self.committee.name, "兼职", None, None],
                [
                    3,
                    "马志强",
                    None,
                    files.ID_B[:-1] + "8",
                    None,
                    self.committee.name,
                    "兼职",
                    None,
                    None,
                ],
                [4, "李明", None, None, None, "上坪村调委会", "兼职", None, None],
            ],
        )
        self.assertEqual((wizard.imported_count, wizard.rejected_count), (2, 2), wizard.reasons)
        first, second = self.env["township.mediator"].browse(wizard.record_ids)
        self.assertEqual((first.name, first.employment, first.grade), ("宋玉梅", "full_time", "2"))
        self.assertEqual(first.sudo().id_number_full, files.ID_B)
        self.assertEqual(first.gender, "female")
        self.assertEqual(first.sudo().phone_full, "13900001111")
        self.assertEqual((second.gender, second.committee_id), ("male", self.committee))

    def test_a_mediator_is_not_entered_twice(self):
        row = [1, "宋玉梅", "女", files.ID_B, None, self.committee.name, "专职", None, None]
        self.import_rows("mediator", [ROSTER, row])
        again = self.import_rows("mediator", [ROSTER, [*row[:4], 13900001111, *row[5:]]])
        self.assertEqual((again.imported_count, again.rejected_count), (0, 1))

    def test_missing_committees(self):
        row = [1, "李明", None, None, None, "上坪村调委会", "兼职", None, None]
        wizard = self.import_rows("mediator", [ROSTER, row], create_missing=True)
        mediator = self.env["township.mediator"].browse(wizard.record_ids)
        self.assertEqual(
            (mediator.committee_id.name, mediator.committee_id.kind), ("上坪村调委会", "village")
        )

    def test_grids(self):
        self.reporter.name = "钱网格"
        wizard = self.import_rows(
            "grid",
            [
                GRIDS,
                [1, "第二网格", None, "东沟村", "钱网格", "钱网格、孙无号", "120户", 431],
                [2, "第三网格", "123", "东沟村", None, None, 1, 1],
                [3, "第一网格", None, "上坪村", None, None, "约100", 1],
                [4, "第一网格", None, "下坪村", None, None, 80, 200],
                ["合计", None, None, None, None, None, 200, 600],
            ],
            create_missing=True,
        )
        self.assertEqual((wizard.imported_count, wizard.rejected_count), (2, 2), wizard.reasons)
        first, second = self.env["township.grid"].browse(wizard.record_ids)
        self.assertEqual(
            (first.unit_id, first.household_count, first.population), (self.village, 120, 431)
        )
        self.assertEqual((first.leader_id, first.worker_ids), (self.reporter, self.reporter))
        self.assertIn("孙无号", wizard.warnings)
        self.assertEqual((second.unit_id.name, second.unit_id.kind), ("下坪村", "village"))
        self.assertFalse(self.env["township.unit"].search([("name", "=", "上坪村")]))
