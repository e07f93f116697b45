"""Reading: pages and groups as the web client asks for them, as the people who ask."""

import ast

from lxml import etree

from odoo.tools import SQL

from .measure import Figure, as_user, compete

LIST_VIEW = "township_governance.township_case_view_list"
SEARCH_VIEW = "township_governance.township_case_view_search"
KANBAN_VIEW = "township_governance.township_case_view_kanban"
ROLES = ("reporter", "officer", "supervisor")
PAGE = 80
COUNT_LIMIT = 10_001
PAGE_LIMIT, GROUP_LIMIT = 3, 2


def figures(bench):
    """:return: ``list`` of figures of pages and groups"""
    found = []
    for role in ROLES:
        reader = Reader(bench, role)
        found += [reader.page(name, domain) for name, domain in reader.page_domains().items()]
    for role in ROLES:
        reader = Reader(bench, role)
        found += [
            group(name, domain)
            for name, domain in reader.group_domains().items()
            for group in (reader.kanban, reader.deadline_states)
        ]
    return found


class Reader:
    """One person before the list of cases."""

    def __init__(self, bench, role):
        self.role = role
        self.env = as_user(bench.env, getattr(bench, role))
        self.Case = self.env["township.case"]
        self.specification = self.list_specification()

    # ------------------------------------------------------------------
    # What the web client sends
    # ------------------------------------------------------------------

    def arch(self, xmlid, view_type):
        """:return: the view's root element, as this person gets it"""
        view = self.env.ref(xmlid)
        views = self.Case.get_views([(view.id, view_type)])["views"]
        return etree.fromstring(views[view_type]["arch"])

    def list_specification(self):
        """:return: ``dict`` of the list's fields, for ``web_search_read``"""
        specification = {}
        for node in self.arch(LIST_VIEW, "list").iterfind("field"):
            field = self.Case._fields[node.get("name")]
            asked = {"fields": {"display_name": {}}} if field.type == "many2one" else {}
            specification[field.name] = asked
        return specification

    def filters(self):
        """:return: ``dict`` name -> domain of the search view's filters"""
        return {
            node.get("name"): ast.literal_eval(node.get("domain"))
            for node in self.arch(SEARCH_VIEW, "search").iterfind("filter")
            if node.get("domain") and "uid" not in node.get("domain")
        }

    def example(self):
        """:return: one of the person's own older cases, to look for"""
        cases = self.Case.search([("state", "=", "archived")], limit=400, order="id")
        wanted = cases.filtered(
            lambda case: any(
                len(party.name) == 2 and party.sudo().id_number_full for party in case.party_ids
            )
        )
        return wanted[len(wanted) // 2]

    def page_domains(self):
        """:return: ``dict`` figure -> domain"""
        filters = self.filters()
        case = self.example()
        party = case.sudo().party_ids.filtered(
            lambda party: len(party.name) == 2 and party.id_number_full
        )[:1]
        number = case.number
        return {
            "first page": filters["open"] + filters["this_year"],
            "overdue filter": filters["overdue"],
            "search by number": [
                "|",
                ("number", "=like", f"{number}%"),
                ("file_number", "=", number),
            ],
            "search by name, two characters, exact": [("party_search", "=", party.name)],
            "search by name, two characters, prefix": [("party_search", "ilike", party.name)],
            "search by ID number": [("party_id_number", "ilike", party.id_number_full)],
            "search by phone": [("party_phone", "ilike", party.phone_full.split(",")[0])],
        }

    def group_domains(self):
        """:return: ``dict`` figure -> domain: the default filter, and everything visible"""
        filters = self.filters()
        return {"default filter": filters["open"] + filters["this_year"], "no filter": []}

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def page(self, name, domain):
        """A page of the list against the same page read by primary key without rules."""
        ids = self.Case.search(domain, limit=PAGE).ids
        assert ids, f"{self.role}: {name} finds nothing"
        rows = self.Case.sudo().browse(ids)
        (asked, queries), (base, base_queries) = compete(
            self.env,
            lambda: self.Case.web_search_read(
                domain, self.specification, limit=PAGE, count_limit=COUNT_LIMIT
            ),
            lambda: rows.web_read(self.specification),
            repeats=7,
        )
        title = f"{self.role}: {name} ({len(ids)} rows, {queries} queries against {base_queries})"
        return Figure.at_most(title, asked, base, PAGE_LIMIT)

    def kanban(self, name, domain):
        """The kanban's counts: columns and their bars."""
        bar = self.arch(KANBAN_VIEW, "kanban").find("progressbar")
        bar = {"field": bar.get("field"), "colors": ast.literal_eval(bar.get("colors"))}

        def counts():
            self.Case.formatted_read_group(domain, ["state"], ["__count"])
            self.Case.read_progress_bar(domain, "state", bar)

        bare = [self.bare(domain, ["state"]), self.bare(domain, ["state", "deadline_state"])]
        return self.group(f"kanban counts, {name}", counts, bare)

    def deadline_states(self, name, domain):
        """The list grouped by deadline state."""
        return self.group(
            f"by deadline state, {name}",
            lambda: self.Case.formatted_read_group(domain, ["deadline_state"], ["__count"]),
            [self.bare(domain, ["deadline_state"])],
        )

    def bare(self, domain, fields):
        """:return: ``SQL`` that counts by fields what this person sees of the domain"""
        query = self.Case._search(domain)
        terms = SQL(", ").join(
            self.Case._field_to_sql(query.table, field, query) for field in fields
        )
        keys = SQL(", ").join(SQL(str(number + 1)) for number in range(len(fields)))
        return SQL("%s GROUP BY %s", query.select(terms, SQL("count(*)")), keys)

    def group(self, name, function, bare):
        (asked, _queries), (base, _base_queries) = compete(
            self.env,
            function,
            lambda: [self.env.execute_query(query) for query in bare],
            repeats=5,
        )
        return Figure.at_most(f"{self.role}: {name}", asked, base, GROUP_LIMIT)
