from odoo.tests import new_test_user
from odoo.tests.common import TransactionCase

DIRECTORS = "township_governance.group_director"


class TownshipCase(TransactionCase):
    """Base of the tests: one small township with one user per role.

    Nothing here stands on demo data. ``today`` is whatever the test freezes.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": False})
        cls.company = cls.env["res.company"].create(
            {"name": "Test Township", "township_short_name": "槐荫"}
        )
        cls.env.user.company_ids += cls.company
        cls.env.user.company_id = cls.company
        cls.reporter = cls._make_user("reporter")
        cls.reporter_other = cls._make_user("reporter", "reporter_other")
        cls.mediator_user = cls._make_user("mediator")
        cls.officer = cls._make_user("officer")
        cls.director = cls._make_user("director")
        cls.supervisor = cls._make_user("supervisor")
        cls.auditor = cls._make_user("auditor")
        cls.correction = cls._make_user("correction")
        cls.administrator = new_test_user(
            cls.env,
            "test_administrator",
            "base.group_system",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.company.township_director_id = cls.director
        cls.village = cls.env["township.unit"].create(
            {
                "name": "东沟村",
                "kind": "village",
                "company_id": cls.company.id,
                "user_ids": [(6, 0, cls.reporter_other.ids)],
            }
        )
        cls.unit = cls.env["township.unit"].create(
            {"name": "自然资源所", "kind": "department", "company_id": cls.company.id}
        )
        cls.grid = cls.env["township.grid"].create(
            {
                "name": "东沟村第一网格",
                "unit_id": cls.village.id,
                "worker_ids": [(6, 0, cls.reporter.ids)],
                "company_id": cls.company.id,
            }
        )
        cls.committee = cls.env["township.committee"].create(
            {
                "name": "槐荫镇人民调解委员会",
                "short_name": "槐荫",
                "kind": "town",
                "company_id": cls.company.id,
            }
        )
        cls.mediator = cls.env["township.mediator"].create(
            {
                "name": "周秀英",
                "committee_id": cls.committee.id,
                "user_id": cls.mediator_user.id,
                "company_id": cls.company.id,
            }
        )
        cls.type = cls.env.ref("township_governance.case_type_02")

    @classmethod
    def _make_user(cls, role, login=None):
        """:return: ``res.users`` with the one group of the role"""
        return new_test_user(
            cls.env,
            f"test_{login or role}",
            f"township_governance.group_{role}",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
            tz="Asia/Shanghai",
        )

    @classmethod
    def case_vals(cls, **vals):
        """:return: ``dict`` for ``create`` of a mediation between two persons"""
        return {
            "kind": "mediation",
            "type_id": cls.type.id,
            "summary": "排水沟堵塞",
            "company_id": cls.company.id,
            "party_ids": [
                (0, 0, {"name": "王伟强", "role": "applicant"}),
                (0, 0, {"name": "刘芳", "role": "respondent"}),
            ],
            **vals,
        }

    @classmethod
    def make_case(cls, user=None, **vals):
        """:param user: who creates it, default the officer
        :return: one ``township.case`` in state draft, in that user's environment"""
        Case = cls.env["township.case"].with_user(user or cls.officer)
        return Case.create(cls.case_vals(**vals))

    @classmethod
    def make_handling_case(cls, **vals):
        """:return: a registered, assigned and started mediation of the committee"""
        case = cls.make_case(committee_id=cls.committee.id, mediator_id=cls.mediator.id, **vals)
        case.action_register()
        case.action_assign()
        case.action_handle()
        return case
