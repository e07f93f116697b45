from odoo.tests import TransactionCase, tagged

from ...models.letter.letter_text_mixin import PROTECTED_KINDS

MODULE = "township_governance"
TEXTS = ("title", "preamble", "goals", "tasks", "method", "measures")
# Domain 6.7: counted, watched or graded nowhere in a letter.
FORBIDDEN = (
    *("上访", "非访", "信访量", "信访总量", "信访人次", "信访件", "越级", "进京", "停访", "息诉"),
    *("重点人员", "重点人群", "特殊人群", "高危", "稳控", "管控", "维稳", "思想动态", "包保"),
    *("宗教", "信教", "邪教", "民族", "少数民族", "政治面貌", "精神病", "精神障碍", "流动人口"),
    *("社区矫正", "矫正对象", "安置帮教", "刑满释放", "吸毒", "检举", "控告", "举报"),
    *("上报数", "上报量", "信息报送", "登录", "在线时长", "活跃度", "安装率", "下载", "打卡"),
    *("拍照", "照片", "积分", "舆情", "信息员", "人脸", "探头", "家庭评分", "排查数", "走访数"),
)
UNSCORED = ("agreement", "assistance", "pledge")


@tagged("post_install", "-at_install")
class TestLetterTemplateData(TransactionCase):
    """The model texts that every township is given."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.templates = cls.shipped("township.letter.template")
        cls.indicators = cls.shipped("township.indicator")

    @classmethod
    def shipped(cls, model):
        data = cls.env["ir.model.data"].search([("module", "=", MODULE), ("model", "=", model)])
        return cls.env[model].browse(data.mapped("res_id"))

    def test_each_kind_of_unit_has_a_template_and_villages_have_papers_without_a_basis(self):
        found = {(one.unit_kind, one.kind) for one in self.templates}
        for wanted in (
            *(("village", "letter"), ("community", "letter"), ("department", "letter")),
            *(("enterprise", "pledge"), ("village", "agreement"), ("village", "assistance")),
        ):
            self.assertIn(wanted, found)

    def test_letters_can_be_made_after_each_as_it_stands(self):
        for template in self.templates:
            self.assertFalse(template._text_problems(), template.name)
            self.assertTrue(template.preamble and template.method and template.measures)
            template._check_ready()

    def test_nothing_of_what_must_not_be_scored(self):
        items = self.templates.line_ids
        texts = [template[name] for template in self.templates for name in TEXTS]
        for records in (items, self.indicators):
            texts += [one[name] for one in records for name in ("name", "standard", "evidence")]
        for text in filter(None, texts):
            for word in FORBIDDEN:
                self.assertNotIn(word, text)

    def test_computed_items_stand_on_figures_that_may_feed_a_score(self):
        known = dict(self.env["township.indicator"]._metric_selection())
        for item in (*self.templates.line_ids, *self.indicators):
            self.assertFalse(item._item_problem(), item.name)
            if item.kind == "computed":
                self.assertIn(item.metric, known)

    def test_no_township_is_given_a_veto_whose_basis_it_has_not_entered(self):
        for item in (*self.templates.line_ids, *self.indicators):
            self.assertNotEqual(item.kind, "veto", item.name)

    def test_villages_and_communities_are_assessed_once_a_year(self):
        for template in self.templates:
            if template.unit_kind in PROTECTED_KINDS:
                self.assertEqual(template.period, "year", template.name)

    def test_papers_that_are_not_scored_have_no_items(self):
        for template in self.templates:
            if template.kind in UNSCORED:
                self.assertFalse(template.line_ids, template.name)

    def test_a_department_is_scored_on_items_of_several_rules(self):
        department = self.templates.filtered(lambda one: one.unit_kind == "department")
        self.assertLessEqual(
            {"proportional", "banded", "deduct_per_event", "manual"},
            set(department.line_ids.mapped("rule")),
        )

    def test_they_belong_to_every_township(self):
        self.assertFalse(self.templates.company_id | self.indicators.company_id)
