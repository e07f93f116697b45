from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.township_governance.models.place.grid import CODE_PATTERN_PARAMETER

from ..common import TownshipCase


@tagged("post_install", "-at_install")
class TestUnits(TownshipCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hill = cls.env["township.unit"].create(
            {"name": "上岭村", "kind": "village", "code": "619929777201"}
        )

    def test_name_is_unique_in_the_township(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.hill.copy({"name": "上岭村", "code": False})

    def test_other_township_may_have_the_same_name(self):
        other = self.env["res.company"].create({"name": "另一乡镇"})
        self.hill.copy({"company_id": other.id})

    def test_code_is_unique_but_may_be_missing(self):
        units = self.env["township.unit"]
        units.create(
            [{"name": "无码一"}, {"name": "无码二", "code": ""}, {"name": "无码三", "code": ""}]
        )
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            units.create({"name": "同码", "code": self.hill.code})

    def test_short_name_drops_the_official_ending(self):
        for name, short in (
            ("上岭村", "上岭"),
            ("春风社区", "春风"),
            ("春风社区居民委员会", "春风"),
            ("上岭村村民委员会", "上岭"),
            ("上 岭 村", "上岭"),
            ("江村", "江村"),
            ("司法所", "司法所"),
        ):
            self.assertEqual(self.env["township.unit"]._strip_suffix(name), short)

    def test_names_as_people_write_them_are_matched_in_one_query(self):
        words = ["上岭", "上岭村", "上岭村委会", "上岭村村民委员会", "619929777201", "无此村"]
        with self.assertQueryCount(1):
            found = self.env["township.unit"]._match_names(words)
        self.assertEqual(found, dict.fromkeys(words[:-1], self.hill))

    def test_exact_name_wins_and_doubt_is_no_match(self):
        community = self.hill.copy({"name": "上岭社区", "kind": "community", "code": False})
        found = self.env["township.unit"]._match_names(["上岭", "上岭社区"])
        self.assertEqual(found, {"上岭社区": community})

    def test_people_find_a_unit_by_part_of_its_name(self):
        found = self.env["township.unit"].with_user(self.reporter).name_search("上岭")
        self.assertEqual([unit_id for unit_id, _name in found], self.hill.ids)

    def test_a_unit_does_not_stand_below_itself(self):
        below = self.hill.copy({"name": "上岭小学", "kind": "school", "code": False})
        below.parent_id = self.hill
        with self.assertRaises(UserError):
            self.hill.parent_id = below
            self.env.flush_all()

    def test_a_unit_with_grids_stays_a_village_or_community(self):
        self.env["township.grid"].create({"name": "上岭网格", "unit_id": self.hill.id})
        self.hill.kind = "community"
        with self.assertRaisesRegex(ValidationError, "上岭村"):
            self.hill.kind = "department"


@tagged("post_install", "-at_install")
class TestGrids(TownshipCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hill = cls.env["township.unit"].create(
            {"name": "上岭村", "kind": "village", "code": "619929777201"}
        )

    def make(self, *names, **vals):
        return self.env["township.grid"].create(
            [{"name": name, "unit_id": self.hill.id, **vals} for name in names]
        )

    def test_belongs_to_a_village_or_community_only(self):
        office = self.env["township.unit"].create({"name": "水利站", "kind": "department"})
        with self.assertRaisesRegex(ValidationError, "水利站"):
            self.make("悬空网格", unit_id=office.id)

    def test_codes_are_proposed_in_order_also_in_one_batch(self):
        grids = self.make("一", "二", "三")
        self.assertEqual(
            grids.mapped("code"), [f"619929777201{serial:03d}" for serial in (1, 2, 3)]
        )

    def test_an_archived_grid_keeps_its_code(self):
        self.make("一").active = False
        self.assertEqual(self.make("二").code, "619929777201002")

    def test_a_code_typed_by_hand_is_kept_and_counted_on_from(self):
        self.assertEqual(self.make("一", code="619929777201009").code, "619929777201009")
        self.assertEqual(self.make("二").code, "619929777201010")

    def test_no_code_is_proposed_without_the_code_of_the_village(self):
        self.hill.code = False
        self.assertFalse(self.make("一").code)

    def test_moving_a_grid_proposes_a_code_of_its_new_village(self):
        grid = self.make("一")
        grid.unit_id = self.hill.copy({"name": "下岭村", "code": "619929777202"})
        self.assertEqual(grid.code, "619929777202001")

    def test_code_has_the_form_of_the_setting(self):
        with self.assertRaisesRegex(ValidationError, "12345"):
            self.make("一", code="12345")
        self.env["ir.config_parameter"].set_param(CODE_PATTERN_PARAMETER, r"\d{5}")
        self.assertEqual(self.make("二", code="54321").code, "54321")

    def test_a_setting_that_is_no_pattern_falls_back(self):
        self.env["ir.config_parameter"].set_param(CODE_PATTERN_PARAMETER, "[")
        self.assertEqual(self.make("一").code, "619929777201001")

    def test_code_is_unique_in_the_township(self):
        grid = self.make("一")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make("二", code=grid.code)

    def test_creating_many_costs_no_query_per_grid(self):
        self.make("预热")
        self.env.flush_all()
        counts = []
        for size in (2, 40):
            before = self.env.cr.sql_log_count
            self.make(*(f"{size}-{number}" for number in range(size)))
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1] - counts[0], 2)


@tagged("post_install", "-at_install")
class TestCommitteesAndMediators(TownshipCase):
    def test_committee_name_and_short_name_are_unique(self):
        committees = self.env["township.committee"]
        first = committees.create({"name": "上岭村人民调解委员会", "short_name": "上岭"})
        for vals in (
            {"name": first.name},
            {"name": "另一人民调解委员会", "short_name": "上岭"},
        ):
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
                committees.create(vals)
        committees.create([{"name": "无简称一"}, {"name": "无简称二"}])

    def test_a_mediator_is_an_adult_when_the_birth_date_is_known(self):
        mediators = self.env["township.mediator"]
        with self.assertRaisesRegex(ValidationError, "18"):
            mediators.create(
                {"name": "甄小", "birth_date": "2008-05-02", "appointed_from": "2026-05-01"}
            )
        mediators.create(
            [
                {"name": "甄大", "birth_date": "2008-05-01", "appointed_from": "2026-05-01"},
                {"name": "甄无", "birth_date": False},
            ]
        )

    def test_an_appointment_does_not_end_before_it_begins(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env["township.mediator"].create(
                {
                    "name": "甄大",
                    "appointed_from": date(2026, 5, 1),
                    "appointed_to": date(2026, 4, 30),
                }
            )

    def test_a_mediator_is_a_person(self):
        with self.assertRaises(ValidationError):
            self.env["township.mediator"].create({"name": "某公司", "is_organisation": True})

    def test_the_phone_of_a_mediator_is_masked(self):
        mediator = self.env["township.mediator"].create({"name": "甄大", "phone": "13800009999"})
        self.env.invalidate_all()
        shown = mediator.with_user(self.officer).read(["phone"])[0]["phone"]
        self.assertNotIn("0000", shown)

    def test_mediators_are_counted_in_one_query(self):
        self.env["township.committee"].create([{"name": f"第{i}调委会"} for i in range(5)])
        committees = self.env["township.committee"].search([])
        self.env["township.mediator"].create({"name": "甄大", "committee_id": committees[0].id})
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            committees.mapped("mediator_count")


@tagged("post_install", "-at_install")
class TestPlaceRights(TownshipCase):
    def places(self):
        return {
            "township.unit": self.village,
            "township.grid": self.grid,
            "township.committee": self.committee,
            "township.mediator": self.mediator,
        }

    def test_every_role_reads_places_and_officers_keep_them(self):
        table = {
            self.reporter: "r",
            self.mediator_user: "r",
            self.officer: "rwc",
            self.director: "rwcd",
            self.supervisor: "r",
            self.auditor: "",
        }
        verbs = {"read": "r", "write": "w", "create": "c", "unlink": "d"}
        for user, granted in table.items():
            for record in self.places().values():
                for verb, letter in verbs.items():
                    with self.subTest(user=user.login, model=record._name, verb=verb):
                        self.assertEqual(record.with_user(user).has_access(verb), letter in granted)

    def test_another_township_is_out_of_sight(self):
        company = self.env["res.company"].create({"name": "另一乡镇"})
        unit = self.env["township.unit"].create(
            {"name": "外村", "kind": "village", "company_id": company.id}
        )
        records = {
            "township.unit": unit,
            "township.grid": self.env["township.grid"].create(
                {"name": "外村网格", "unit_id": unit.id, "company_id": company.id}
            ),
            "township.committee": self.env["township.committee"].create(
                {"name": "外村人民调解委员会", "company_id": company.id}
            ),
            "township.mediator": self.env["township.mediator"].create(
                {"name": "外人", "company_id": company.id}
            ),
        }
        for user in (self.reporter, self.officer, self.director, self.supervisor):
            for model, record in records.items():
                with self.subTest(user=user.login, model=model):
                    self.assertFalse(
                        self.env[model].with_user(user).search([("id", "=", record.id)])
                    )
                    with self.assertRaises(AccessError):
                        record.with_user(user).read(["name"])
