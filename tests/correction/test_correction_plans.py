from datetime import timedelta

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from ...benchmarks import correction, correction_data, data, measure
from ...models.common.deadline_flag import BATCH_SIZE, DUE_ORDER

TOWNSHIPS, SUBJECTS, CHECKINS = 10, 5_000, 20
SUBJECT, CHECKIN = correction.SUBJECT, correction.CHECKIN
LEAVE, RELEASE = correction.LEAVE, "township.correction.release"
ROWS = {CHECKIN, LEAVE, RELEASE, "township.correction.clock"}
PAGE = 80
# Pages of 8 KB that one question of a township's officer may touch: its own subjects and few
# others. Reading all check-ins takes some thousands.
FEW = 900


@tagged("post_install", "-at_install")
class TestCorrectionPlans(TransactionCase):
    """With 100,000 check-ins PostgreSQL answers the questions of every day from an index.

    The data are those of ``./dev bench correction``, ten townships instead of a hundred.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data.make_small_tables(cls.env, TOWNSHIPS)
        companies = cls.env.ref("township_bench.supervisor").company_ids
        correction_data.make_offices(cls.env, companies)
        correction_data.make_large_tables(cls.env, companies, SUBJECTS, checkins=CHECKINS)
        cls.env.cr.execute("ANALYZE")
        cls.users = correction_data.officers(cls.env)
        cls.today = cls.env["township.calendar.day"]._today()

    # ------------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------------

    def readers(self):
        """:return: ``list`` of the officers of a township"""
        return [
            correction.Reader(role, measure.as_user(self.env, self.users[role]))
            for role in ("adults", "minors")
        ]

    def plan(self, model, domain, limit=PAGE, order=None):
        """:return: (buffers touched, ``set`` of the names of tables read from end to end)"""
        query = model._search(domain, limit=limit, order=order or model._order)
        explain = SQL("EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) %s", query.select())
        plan = self.env.execute_query(explain)[0][0][0]["Plan"]
        nodes = [plan]
        for node in nodes:
            nodes += node.get("Plans", [])
        scanned = {node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan"}
        return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"], scanned

    def assertPlan(self, model, domain, models=ROWS, **options):
        """No large table is read from end to end, and few pages are touched."""
        buffers, scanned = self.plan(model, domain, **options)
        self.assertFalse(scanned & {self.env[name]._table for name in models})
        self.assertLess(buffers, FEW)

    def test_the_bounds_mean_something(self):
        """Reading the check-ins from end to end takes more than any bound here."""
        pages = self.env.execute_query(
            SQL("SELECT relpages FROM pg_class WHERE oid = 'township_correction_checkin'::regclass")
        )[0][0]
        self.assertGreater(pages, FEW)

    # ------------------------------------------------------------------
    # Lists
    # ------------------------------------------------------------------

    def test_the_morning(self):
        for reader in self.readers():
            for names in (["due", "mine"], ["due"], ["to_come"]):
                self.assertPlan(reader.env[CHECKIN], reader.filters(CHECKIN, *names))

    def test_the_lists_open_as_their_actions_say(self):
        for reader in self.readers():
            for action in self.env["ir.actions.act_window"].search(
                [
                    ("res_model", "in", [SUBJECT, *ROWS]),
                    ("context", "like", "search_default"),
                    ("search_view_id", "=", False),
                    ("view_mode", "not =like", "calendar,%"),  # which asks for a month
                ]
            ):
                names = [
                    name.removeprefix("search_default_")
                    for name in safe_eval(action.context)
                    if name.startswith("search_default_")
                ]
                model = reader.env[action.res_model]
                self.assertPlan(model, reader.filters(action.res_model, *names))

    def test_checkins_of_a_week(self):
        week = [
            ("planned_date", ">=", self.today),
            ("planned_date", "<=", self.today + timedelta(days=6)),
        ]
        for reader in self.readers():
            mine = reader.filters(CHECKIN, "mine")
            self.assertPlan(reader.env[CHECKIN], [*week, *mine])

    def test_the_rows_of_a_subject(self):
        for reader in self.readers():
            subject = reader.env[SUBJECT].search([("state", "=", "in_correction")], limit=1)
            for name in ROWS:
                self.assertPlan(reader.env[name], [("subject_id", "=", subject.id)], limit=None)

    def test_home(self):
        for reader in self.readers():
            Home = reader.env["township.home"]
            for model in Home._home_models():
                if model._name not in ROWS:
                    continue
                tiles = [Home._tile_domain(model, tile, "mine") for tile in Home._home_tiles()]
                for domain in (Home._list_domain(model, "mine", None), *tiles):
                    if domain is not None:
                        self.assertPlan(model, domain, order="deadline_date, id")

    # ------------------------------------------------------------------
    # Scheduled actions
    # ------------------------------------------------------------------

    def test_deadlines(self):
        flag = self.env["township.deadline.flag"]
        for name in (SUBJECT, *ROWS):
            model = self.env[name].sudo()
            domain = flag._due_domain(model, self.today)
            for limit in (1, BATCH_SIZE):
                with self.subTest(model=name, limit=limit):
                    self.assertPlan(model, domain, {SUBJECT, *ROWS}, limit=limit, order=DUE_ORDER)

    def test_releases(self):
        model = self.env[SUBJECT].sudo()
        for domain in model._ending_domains():
            self.assertPlan(model, domain, {SUBJECT, RELEASE}, order="term_end, id")

    def test_planning_checkins(self):
        model = self.env[SUBJECT].sudo()
        until = model._checkin_horizon()
        for unplanned in (("checkin_until", "=", False), ("checkin_until", "<", until)):
            domain = [("state", "=", "in_correction"), unplanned]
            self.assertPlan(model, domain, {SUBJECT}, order="checkin_until, id")
