from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common.printing import KINDS, pages_of, wkhtmltopdf
from .test_aftercare import RELEASED, AftercareCase
from .test_correction_release import END

RELEASE_FORMS = {
    "summary": "社区矫正对象个人总结",
    "appraisal": "社区矫正期满鉴定表",
    "announcement": "解除社区矫正宣告书",
    "certificate": "解除社区矫正证明书",
    "notice": "解除社区矫正通知书",
    "aftercare": "安置帮教衔接函",
}
AFTERCARE_FORMS = {
    "register": "安置帮教登记表",
    "agreement": "安置帮教协议书",
    "needs": "帮扶需求表",
}


@tagged("post_install", "-at_install")
class TestReleasePrints(AftercareCase):
    """Papers of the release and of aftercare."""

    def text(self, report, record, user=None):
        """:return: ``str`` of the paper without blanks"""
        rendering = self.env["ir.actions.report"].with_user(user or self.correction)
        name = f"township_governance.report_{report}"
        return "".join(rendering._render_qweb_html(name, record.ids)[0].decode().split())

    def pdf(self, report, record):
        rendering = self.env["ir.actions.report"].with_user(self.correction)
        rendering = rendering.with_context(force_report_rendering=True)
        return rendering._render_qweb_pdf(f"township_governance.report_{report}", record.ids)[0]

    def full_release(self):
        """:return: a release with everything a paper can show"""
        release = self.prepared(gender="male", phone="13800138000")
        release.write(
            {
                "summary_date": END,
                "appraisal": "矫正期间遵守法律法规和监督管理规定。\n按时参加教育学习。",
                "appraisal_by": "赵明",
                "appraisal_date": END,
                "wish": "yes",
                "wish_date": END,
            }
        )
        release.action_appraise()
        self.decide(release)
        self.announce(release)
        self.certify(release)
        return release

    def full_person(self):
        """:return: an aftercare person with a helper, a need and a visit"""
        person = self.accepted(settled_date=RELEASED, settled_way="job", sentence="有期徒刑三年")
        person.helper_ids = [(0, 0, {"name": "孙梅", "workplace": "东沟村委会"})]
        person.need_ids = [
            (
                0,
                0,
                {
                    "kind_id": self.env.ref("township_governance.aftercare_need_job").id,
                    "request": "希望在镇上找到工作",
                    "department_id": self.unit.id,
                    "done": "推荐到镇农机站",
                    "result": "met",
                    "result_date": RELEASED,
                },
            )
        ]
        return person

    def test_each_paper_has_its_title_and_the_person(self):
        release = self.full_release()
        for form, title in RELEASE_FORMS.items():
            with self.subTest(form):
                text = self.text(f"release_{form}", release)
                self.assertIn(title, text)
                self.assertIn("王伟强", text)
        self.on(RELEASED)
        self.env.invalidate_all()
        person = self.full_person()
        for form, title in AFTERCARE_FORMS.items():
            with self.subTest(form):
                text = self.text(f"aftercare_{form}", person)
                self.assertIn(title, text)
                self.assertIn("赵建国", text)
        self.assertIn("推荐到镇农机站", self.text("aftercare_needs", person))
        self.assertIn("孙梅", self.text("aftercare_register", person))
        self.assertIn("上门走访", self.text("aftercare_visit", person.visit_ids))

    def test_the_certificate_has_the_countys_number_and_the_day_of_the_term(self):
        text = self.text("release_certificate", self.full_release())
        self.assertIn("槐解矫〔2027〕3号", text)
        self.assertIn("2027年1月19日解除社区矫正", text)
        self.assertIn(self.company.township_correction_body, text)

    def test_the_notice_goes_to_the_three_bodies_and_not_to_the_person(self):
        text = self.text("release_notice", self.full_release())
        self.assertIn("槐荫县人民法院、人民检察院、公安机关：", text)

    def test_the_township_prints_no_certificate_of_who_serves_outside_prison(self):
        release = self.prepared(category="medical")
        with self.assertRaises(UserError):
            self.text("release_certificate", release)

    def test_no_agreement_without_a_yes(self):
        with self.assertRaises(UserError):
            self.text("aftercare_agreement", self.handed_over())

    def test_papers_follow_the_rights(self):
        release = self.full_release()
        with self.assertRaises(AccessError):
            self.text("release_appraisal", release, self.officer)

    def test_each_paper_prints_on_one_page(self):
        release = self.full_release()
        self.on(RELEASED)
        self.env.invalidate_all()
        person = self.full_person()
        papers = {f"release_{form}": release for form in RELEASE_FORMS}
        papers |= {f"aftercare_{form}": person for form in AFTERCARE_FORMS}
        papers["aftercare_visit"] = person.visit_ids
        for kind in KINDS:
            with wkhtmltopdf(kind):
                for report, record in papers.items():
                    with self.subTest(kind, report=report):
                        pdf = self.pdf(report, record)
                        self.assertEqual(len(pages_of(pdf)), 1)
