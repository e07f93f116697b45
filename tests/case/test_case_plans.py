import ast

from lxml import etree

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ...benchmarks import data, measure
from ...models.common.deadline_flag import BATCH_SIZE, DUE_ORDER

TOWNSHIPS, CASES = 5, 10_000
LARGE_TABLES = ("township_case", "township_case_party", "township_case_clock")
PAGE = 80
# Pages of 8 KB that one question may touch; the cases alone fill some thousands. Which index
# serves it is PostgreSQL's to choose.
FEW, SOME = 700, 1600


@tagged("post_install", "-at_install")
class TestCasePlans(TransactionCase):
    """With 50,000 cases PostgreSQL answers every daily question from an index.

    The data are those of ``./dev bench``, five townships instead of a hundred.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        users = data.make_small_tables(cls.env, TOWNSHIPS)
        data.make_large_tables(cls.env, CASES)
        for table in LARGE_TABLES:
            cls.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
        cls.env.cr.execute("ANALYZE township_unit, township_grid, township_unit_user_rel")
        officer, reporter, *_mediators = next(iter(users.values()))
        cls.users = {
            "officer": officer,
            "reporter": reporter,
            "supervisor": cls.env.ref("township_bench.supervisor"),
        }

    # ------------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------------

    def _model(self, role, name="township.case"):
        return measure.as_user(self.env, self.users[role])[name]

    def _filters(self):
        """:return: ``dict`` name -> domain of the search view"""
        view = self.env.ref("township_governance.township_case_view_search")
        arch = etree.fromstring(view.get_combined_arch())
        return {
            node.get("name"): ast.literal_eval(node.get("domain"))
            for node in arch.iterfind("filter")
            if node.get("domain") and "uid" not in node.get("domain")
        }

    def _plan(self, model, domain, limit=PAGE, order=None):
        """:return: (buffers touched, set of the large tables read from end to end)"""
        query = model._search(domain, limit=limit, order=order or model._order)
        explain = SQL("EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) %s", query.select())
        plan = self.env.execute_query(explain)[0][0][0]["Plan"]
        buffers = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
        scanned, nodes = set(), [plan]
        while nodes:
            node = nodes.pop()
            nodes += node.get("Plans", [])
            if node["Node Type"] == "Seq Scan":
                scanned.add(node["Relation Name"])
        return buffers, scanned & set(LARGE_TABLES)

    def assertPlan(self, model, domain, most=FEW, **options):
        """No large table is read from end to end, and few of its pages are touched."""
        buffers, scanned = self._plan(model, domain, **options)
        self.assertFalse(scanned, "read from end to end")
        self.assertLess(buffers, most)

    def test_the_bounds_mean_something(self):
        """Reading the cases from end to end takes more than any bound here."""
        pages = self.env.execute_query(
            SQL("SELECT relpages FROM pg_class WHERE oid = 'township_case'::regclass")
        )[0][0]
        self.assertGreater(pages, SOME)

    def _example(self):
        """:return: (case, party) of the first township"""
        case = self.env["township.case"].search(
            [("company_id", "=", self.users["officer"].company_id.id), ("state", "=", "archived")],
            limit=1,
        )
        return case, case.party_ids.filtered(lambda party: not party.is_organisation)[:1]

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

    def test_default_list(self):
        filters = self._filters()
        domain = filters["open"] + filters["this_year"]
        for role in self.users:
            with self.subTest(role=role):
                self.assertPlan(self._model(role), domain)

    def test_list_without_filter(self):
        for role in ("officer", "supervisor"):
            with self.subTest(role=role):
                self.assertPlan(self._model(role), [])

    def test_overdue_filter(self):
        for role in ("officer", "reporter"):
            with self.subTest(role=role):
                self.assertPlan(self._model(role), self._filters()["overdue"])

    def test_due_filters_and_suspended(self):
        filters = self._filters()
        suspended = [("deadline_state", "=", "suspended")]
        for domain in (filters["due_3_days"], filters["due_this_week"], suspended):
            with self.subTest(domain=domain):
                self.assertPlan(self._model("officer"), domain)

    # ------------------------------------------------------------------
    # Searches
    # ------------------------------------------------------------------

    def test_number(self):
        case, _party = self._example()
        domain = [
            "|",
            ("number", "=like", f"{case.number}%"),
            ("file_number", "=", case.number),
        ]
        for role in self.users:
            with self.subTest(role=role):
                self.assertPlan(
                    self._model(role),
                    domain,
                )

    def test_display_name(self):
        case, _party = self._example()
        self.assertPlan(
            self._model("officer"),
            [("display_name", "ilike", case.number)],
        )

    def test_party_name(self):
        for role in self.users:
            for operator in ("=", "ilike"):
                with self.subTest(role=role, operator=operator):
                    self.assertPlan(
                        self._model(role),
                        [("party_search", operator, "林海")],
                    )

    def test_id_number(self):
        _case, party = self._example()
        for role in self.users:
            with self.subTest(role=role):
                self.assertPlan(
                    self._model(role),
                    [("party_id_number", "ilike", party.sudo().id_number_full or "61992919")],
                )

    def test_phone(self):
        """The second phone of the few who have one is found as well."""
        for role in self.users:
            with self.subTest(role=role):
                self.assertPlan(
                    self._model(role),
                    [("party_phone", "ilike", "12000015838")],
                )

    # ------------------------------------------------------------------
    # Rows of a page of cases
    # ------------------------------------------------------------------

    def test_rows_of_cases(self):
        for role in self.users:
            cases = self._model(role).search([("state", "=", "archived")], limit=PAGE)
            for name in ("township.case.party", "township.case.clock"):
                with self.subTest(role=role, model=name):
                    rows = self._model(role, name)
                    self.assertPlan(
                        rows, [("case_id", "in", cases.ids)], SOME, limit=None, order="id"
                    )

    # ------------------------------------------------------------------
    # Scheduled action
    # ------------------------------------------------------------------

    def test_scheduled_action(self):
        flag = self.env["township.deadline.flag"]
        today = self.env["township.calendar.day"]._today()
        for name in ("township.case", "township.case.clock"):
            with self.subTest(model=name):
                model = self.env[name].sudo()
                for limit in (1, BATCH_SIZE):
                    self.assertPlan(
                        model,
                        flag._due_domain(model, today),
                        limit=limit,
                        order=DUE_ORDER,
                    )
