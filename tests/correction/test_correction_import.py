import base64
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import ledger_files as files
from .base import CorrectionCase

HEADING = [
    *("序号", "姓名", "身份证号", "居住地", "所在村", "矫正类别", "罪名", "判决机关"),
    *("矫正期限起", "矫正期限止", "报到日期", "解矫日期", "状态"),
]
# Invented persons of different ages: 1953 and 1996.
ADULT = [
    *(1, "王 伟强", files.ID_A, "东沟村四组", "东沟村", "缓刑", "危险驾驶罪", "槐荫县人民法院"),
    *("2026.1.20", "2027年1月19日", "2026-1-24", None, "在矫"),
]


@tagged("post_install", "-at_install")
class TestCorrectionImport(CorrectionCase):
    """An existing register of subjects comes in, every row accounted for."""

    def import_rows(self, rows, user=None, **vals):
        wizard = (
            self.env["township.ledger.import"]
            .with_user(user or self.correction)
            .create(
                {
                    "data": base64.b64encode(
                        files.make_xlsx([["槐荫镇社区矫正对象花名册"], HEADING, *rows])
                    ),
                    "filename": "register.xlsx",
                    "target": "correction_subject",
                    "history": True,
                    **vals,
                }
            )
        )
        wizard.action_preview()
        wizard.action_import()
        return wizard

    def imported(self, wizard):
        Subject = self.env["township.correction.subject"].with_user(self.minor_officer)
        return Subject.browse(wizard.record_ids)

    def test_a_register_becomes_subjects_in_the_state_it_says(self):
        ended = [2, "刘芳", files.ID_B, "西岭", "东沟村", "管制", "盗窃罪", "法院"]
        ended += ["2024-02-29", "2025-02-28", "2024-3-1", "2025-2-28", "解矫"]
        wizard = self.import_rows([ADULT, ended])
        subjects = self.imported(wizard)
        self.assertEqual(subjects.mapped("state"), ["in_correction", "released"])
        self.assertEqual(subjects[0].name, "王伟强")
        self.assertEqual(subjects[0].category, "probation")
        self.assertEqual(subjects[0].term_end, date(2027, 1, 19))
        self.assertEqual(subjects[0].unit_id, self.village)
        self.assertEqual(subjects[1].ended_date, date(2025, 2, 28))
        self.assertTrue(all(subject.number for subject in subjects))

    def test_history_raises_no_alarm(self):
        self.import_rows([ADULT])
        self.flag_deadlines()
        subject = self.env["township.correction.subject"].search([("history", "=", True)])
        self.assertFalse(subject.activity_ids)
        self.assertFalse(subject.overdue_flag_date)

    def test_the_same_file_twice_creates_nothing_twice(self):
        self.import_rows([ADULT])
        wizard = self.import_rows([ADULT])
        self.assertEqual((wizard.imported_count, wizard.skipped_count), (0, 1))

    def test_the_same_person_may_come_again_for_another_term(self):
        again = [*ADULT]
        again[8], again[9] = "2023-1-1", "2023-12-31"
        wizard = self.import_rows([ADULT, again])
        self.assertEqual(wizard.imported_count, 2)
        twice = [*ADULT]
        twice[3] = "另写一处"
        wizard = self.import_rows([twice])
        self.assertEqual(wizard.rejected_count, 1)

    def test_every_row_is_accounted_for(self):
        wrong = [*ADULT]
        wrong[2] = files.ID_A[:-1] + "0"
        backwards = [*ADULT]
        backwards[2], backwards[8], backwards[9] = None, "2026-5-1", "2026-4-1"
        unknown = [*ADULT]
        unknown[2], unknown[5] = files.ID_B, "劳动教养"
        wizard = self.import_rows([ADULT, ADULT, wrong, backwards, unknown])
        self.assertEqual(wizard.read_count, 5)
        self.assertEqual(
            (wizard.imported_count, wizard.skipped_count, wizard.rejected_count), (1, 1, 3)
        )

    def test_a_minor_is_left_to_the_minors_officer(self):
        minor = [*ADULT]
        minor[2] = None
        rows = [HEADING, minor]
        rows[0] = [*HEADING, "出生日期"]
        rows[1] = [*minor, "2009-06-01"]
        data = base64.b64encode(files.make_xlsx(rows))
        wizard = self.import_rows([], data=data)
        self.assertEqual((wizard.imported_count, wizard.rejected_count), (0, 1))
        wizard = self.import_rows([], self.minor_officer, data=data)
        self.assertTrue(self.imported(wizard).is_minor)

    def test_nobody_outside_the_room_imports_or_is_offered_it(self):
        offered = dict(
            self.env["township.ledger.import"].with_user(self.officer)._selection_target()
        )
        self.assertNotIn("correction_subject", offered)
        self.assertIn("case", offered)
        mine = dict(
            self.env["township.ledger.import"].with_user(self.correction)._selection_target()
        )
        self.assertEqual(list(mine), ["correction_subject", "aftercare"])
        wizard = self.env["township.ledger.import"].with_user(self.correction)
        wizard = wizard.create({"target": "case", "pasted": "姓名\n甲"})
        with self.assertRaises(AccessError):
            wizard.action_import()

    def test_the_file_is_not_kept(self):
        wizard = self.import_rows([ADULT])
        self.assertFalse(wizard.data)
        self.env.flush_all()
        left = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", wizard._name), ("res_field", "=", "data")])
        )
        self.assertFalse(left.filtered(lambda file: file.res_id == wizard.id))

    def test_a_register_too_large_for_one_go_is_not_stored_as_a_job(self):
        rows = [[*ADULT[:2], None, f"{number}号", *ADULT[4:]] for number in range(5001)]
        with self.assertRaisesRegex(UserError, "in parts"):
            self.import_rows(rows)
        self.assertFalse(self.env["township.ledger.job"].search([]))
