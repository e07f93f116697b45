"""Papers of accountability: what is printed of each kind, and what carries a check code."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ...models.letter.accountability import PAPERS
from ..common.printing import KINDS, pages_of, wkhtmltopdf
from .test_accountability import AccountabilityCase

NOTICE = "township_governance.report_accountability"
PROPOSAL = "township_governance.report_accountability_proposal"


@freeze_time("2026-06-10 02:00:00")
@tagged("post_install", "-at_install")
class TestAccountabilityPrint(AccountabilityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.name = "槐荫镇人民政府"
        cls.report = cls.env["ir.actions.report"]

    def text(self, record, report=NOTICE, user=None):
        """:return: ``str`` of the paper without blanks"""
        rendering = self.report.with_user(user or self.officer)
        return "".join(rendering._render_qweb_html(report, record.ids)[0].decode().split())

    def of_kind(self, kind):
        """:return: one served record of that kind"""
        if kind in ("listing", "veto"):
            record = self.decided(kind, basis_id=self.basis.id)
            record.with_user(self.director).action_serve()
            return record
        return self.serve(kind=kind, body="槐荫县纪委监委", basis_id=self.basis.id)

    def test_each_kind_has_its_paper(self):
        for kind, title, slip in (
            ("rectification", "限期整改通知书", "反馈回执"),
            ("circular", "关于自然资源所履行职责情况的通报", "反馈回执"),
            ("talk", "约谈通知书", "反馈回执"),
            ("listing", "挂牌督办通知书", "反馈回执"),
            ("veto", "一票否决决定告知书", "反馈回执"),
            ("transfer", "移送函", "移送回执"),
        ):
            with self.subTest(kind):
                record = self.of_kind(kind)
                text = self.text(record)
                for words in (
                    title,
                    slip,
                    record.notice_number or record.number,
                    "三件交办矛盾纠纷逾期未办结。",
                    "槐办发〔2026〕3号",
                    "2026年6月10日",
                    "核验码",
                ):
                    self.assertIn(words, text)
                self.assertEqual("槐荫县纪委监委：" in text, kind == "transfer")
                self.assertEqual("自然资源所：" in text, kind != "transfer")

    def test_a_decided_notice_names_the_decision_and_its_term(self):
        text = self.text(self.of_kind("listing"))
        self.assertIn(
            "槐荫县平安建设领导小组办公室2026年6月10日决定（槐平安办〔2026〕7号），"
            "对你单位实行挂牌督办，期限自2026年6月10日起至2026年12月10日止。",
            text,
        )

    def test_a_proposal_is_addressed_to_who_decides(self):
        record = self.make(kind="veto", body="槐荫县平安建设领导小组")
        self.assertNotIn("核验码", self.text(record, PROPOSAL))
        record.with_user(self.director).action_propose()
        text = self.text(record, PROPOSAL)
        for words in (
            "关于对自然资源所实行一票否决的建议",
            "槐荫县平安建设领导小组：",
            "妥否，请批示。",
        ):
            self.assertIn(words, text)
        self.assertIn("核验码", text)
        self.assertNotIn("回执", text)
        with self.assertRaises(UserError):
            self.text(record, NOTICE)
        with self.assertRaises(UserError):
            self.text(self.serve(), PROPOSAL)

    def test_a_draft_carries_no_code_and_a_reprint_keeps_its_own(self):
        record = self.make()
        self.assertNotIn("核验码", self.text(record))
        record.with_user(self.director).action_serve()
        self.text(record)
        self.text(record)
        documents = self.env["township.document"].search([("accountability_id", "=", record.id)])
        self.assertEqual(documents.mapped("number"), [record.number])

    def test_who_prints_is_logged_and_may_read(self):
        record = self.serve()
        with self.assertRaises(AccessError):
            self.text(record, user=self.village_head)
        before = self.env["township.access.log"].search_count([])
        self.text(record, user=self.head)
        self.assertEqual(self.env["township.access.log"].search_count([]), before + 1)

    def test_papers_of_a_hidden_matter_are_hidden(self):
        transfer = self.of_kind("transfer")
        self.text(transfer)
        documents = self.env["township.document"].search([("accountability_id", "=", transfer.id)])
        self.assertTrue(documents)
        self.assertFalse(
            documents.with_user(self.own_director).search([("id", "in", documents.ids)])
        )

    def test_the_slip_comes_back_on_a_sheet_of_its_own(self):
        for kind in KINDS:
            for record in map(self.of_kind, ("rectification", "transfer")):
                with self.subTest(record.kind, wkhtmltopdf=kind), wkhtmltopdf(kind):
                    rendering = self.report.with_user(self.officer).with_context(
                        force_report_rendering=True
                    )
                    *notice, slip = pages_of(rendering._render_qweb_pdf(NOTICE, record.ids)[0])
                    self.assertIn(PAPERS[record.kind], notice[0])
                    self.assertIn("核验码", "".join(notice))
                    self.assertNotIn("回执", "".join(notice).replace("填写回执退回", ""))
                    self.assertIn("回执", slip)
                    self.assertIn(record.number, slip)

    def test_the_receipt_of_delivery_names_paper_and_number(self):
        record = self.serve()
        text = self.text(record.delivery_ids, "township_governance.report_delivery_receipt")
        for words in ("送达回证", "限期整改通知书", record.number, "自然资源所", "责任督导"):
            self.assertIn(words, text)
