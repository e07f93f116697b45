from datetime import date

from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from .leave_base import NOW, LeaveCase

SUBJECTS, LEAVES = 3000, 10
TABLE = "township_correction_leave"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestLeavePlans(LeaveCase):
    """With 30,000 leaves the morning's list and the check of overlaps are answered by index."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        past = cls.away(date(2026, 6, 10), days=1)
        past.return_manner = "person"
        past.action_return()
        cls.env.flush_all()
        cls.multiply(cls.subject, SQL("generate_series(1, %s) AS made", SUBJECTS), number="NULL")
        others = SQL("(SELECT id AS person FROM township_correction_subject WHERE number IS NULL)")
        cls.multiply(
            past,
            SQL("%s AS owner, generate_series(1, %s) AS made", others, LEAVES),
            number="NULL",
            subject_id="person",
            date_from="DATE '2020-01-01' + made * 10",
            date_to="DATE '2020-01-03' + made * 10",
            date_end="DATE '2020-01-03' + made * 10",
        )
        cls.env.cr.execute(SQL("ANALYZE %s, township_correction_subject", SQL.identifier(TABLE)))
        cls.env.invalidate_all()

    @classmethod
    def multiply(cls, record, source, **values):
        """Copies of one row, made by the database.

        :param source: ``SQL`` of what the row is joined with
        :param values: column -> expression of the copies
        """
        names = [
            field.name
            for field in record._fields.values()
            if field.store and field.column_type and field.name != "id"
        ]
        cls.env.cr.execute(
            SQL(
                "INSERT INTO %(table)s (%(names)s)"
                " SELECT %(values)s FROM %(table)s AS one, %(source)s"
                " WHERE one.id = %(id)s",
                table=SQL.identifier(record._table),
                names=SQL(", ").join(map(SQL.identifier, names)),
                values=SQL(", ").join(
                    SQL(values[name]) if name in values else SQL.identifier("one", name)
                    for name in names
                ),
                source=source,
                id=record.id,
            )
        )

    def read_from_end_to_end(self, query):
        """:return: ``bool``, whether the plan of a query reads all leaves"""
        plan = self.env.execute_query(SQL("EXPLAIN (FORMAT JSON) %s", query))[0][0][0]["Plan"]
        nodes = [plan]
        for node in nodes:
            nodes += node.get("Plans", [])
        return any(
            node["Node Type"] == "Seq Scan" and node["Relation Name"] == TABLE for node in nodes
        )

    def test_the_table_is_large_enough_to_be_read_by_index(self):
        self.assertGreaterEqual(self.Leave.sudo().search_count([]), SUBJECTS * LEAVES)
        everything = self.Leave._search([("reason", "!=", "x")])
        self.assertTrue(self.read_from_end_to_end(everything.select()))

    def test_the_lists_of_the_morning_go_by_index(self):
        open_states = ("draft", "applied", "reviewed", "approved", "away")
        domains = {
            "open": [("state", "in", open_states)],
            "overdue": [("return_state", "=", "overdue")],
            "tile": self.Leave._home_tile_domains()["return_due"],
            "home": self.Leave._home_open_domain(),
        }
        for name, domain in domains.items():
            with self.subTest(name):
                query = self.Leave._search(domain, order="date_to, id", limit=80)
                self.assertFalse(self.read_from_end_to_end(query.select()))

    def test_an_overlap_is_looked_for_by_index(self):
        leave = self.leave(date(2026, 7, 1))
        queries = []
        execute = self.env.cr.execute

        def noted(query, *args, **kwargs):
            queries.append(query)
            return execute(query, *args, **kwargs)

        self.patch(self.env.cr, "execute", noted)
        leave._overlapping()
        found = [query for query in queries if isinstance(query, SQL) and "daterange" in query.code]
        self.assertEqual(len(found), 1)
        self.assertFalse(self.read_from_end_to_end(found[0]))
