from collections import defaultdict

from ...tools.ledger import cells, names
from ...tools.ledger.run import Entry
from ..place.unit_ledger import village_vals


class CaseLedgerLookup:
    """Looking up what a row names: grids, villages, dispute types, mediators; and whether its
    official numbers are taken."""

    def __init__(self, model, run=None):
        super().__init__(model, run)
        self.grids_by_text = None  # way of writing a grid -> (id, names of its village)
        self.committee_id = None  # the township's own, for mediators the ledger brings
        self.numbers_seen = defaultdict(set)  # column -> official numbers of this file

    def resolve(self, entries):
        self.resolve_grids(entries)
        further = [
            (entry, self.further(entry, name))
            for entry in entries
            for name in entry.values.get("mediator_ids", ())
        ]
        super().resolve([*entries, *(other for _entry, other in further)])
        for entry, other in further:
            found = other.extra.get("mediator_id", self.env["township.mediator"])
            entry.extra["mediator_ids"] = found | entry.extra.get("mediator_ids", found)
        for entry in entries:
            grid = entry.extra.get("grid_id")
            if grid and "village_id" not in entry.extra:
                entry.extra["village_id"] = grid.unit_id
        return entries

    def further(self, entry, name):
        """:return: ``Entry`` of a further mediator of a row, to be looked up like the first;
        its problems are the row's"""
        committee = {key: value for key, value in entry.values.items() if key == "committee_id"}
        return Entry(entry.row, {**committee, "mediator_id": name}, entry.problems)

    def resolve_grids(self, entries):
        """A column headed 网格 names a grid (第一网格, 东沟村第一网格) or, in many ledgers, just
        the village. Every village has a 第一网格: the village beside it decides."""
        for entry in entries:
            text = entry.values.get("grid_id")
            if not text:
                continue
            found = self.grids().get(cells.plain(text), [])
            village = entry.values.get("village_id")
            if len(found) > 1 and village:
                bare = self.env["township.unit"]._strip_suffix(village)
                found = [item for item in found if {village, bare} & item[1]]
            if len(found) == 1:
                entry.extra["grid_id"] = self.env["township.grid"].browse(found[0][0])
            elif found or village:
                code = "record_ambiguous" if found else "record_unknown"
                entry.reject(code, column=self.label("grid_id"), text=text)
            else:
                entry.values["village_id"] = text

    def grids(self):
        """:return: ``dict`` every way of writing a grid -> ``list`` of (id of the grid, ``set``
        of names of its village); read once for the run"""
        if self.grids_by_text is None:
            grids = self.env["township.grid"].search([("company_id", "=", self.env.company.id)])
            by_text = self.grids_by_text = {}
            for grid in grids:
                village = {grid.unit_id.name, grid.unit_id.short_name} - {False, ""}
                bare = {grid.name.removeprefix(name) for name in village} | {grid.name}
                texts_of = bare | {name + text for name in village for text in bare}
                for text in {cells.plain(text) for text in texts_of | {grid.code}} - {""}:
                    by_text.setdefault(text, []).append((grid.id, village))
        return self.grids_by_text

    def find(self, key, texts):
        company = self.env.company
        if key in ("village_id", "unit_id"):
            domain = [("company_id", "=", company.id)]
            if key == "village_id":
                domain.append(("kind", "in", ("village", "community")))
            return self.env["township.unit"]._match_names(texts, domain)
        if key == "type_id":
            return self.find_types(texts)
        return super().find(key, texts)

    def find_types(self, texts):
        """:return: ``dict`` text -> dispute type; of two kinds with one name, the mediation"""
        CaseType = self.env["township.case.type"]
        found = {}
        for kind in ("service", "hazard", "petition", "mediation"):
            found |= CaseType._named(self.type_names(texts), kind)
        return {
            text: found[name] for text in texts for name in self.type_names([text]) if name in found
        }

    def type_names(self, texts):
        """婚姻家庭 is 婚姻家庭纠纷; the name as written comes last and so wins."""
        return [name for text in texts for name in (f"{text}纠纷", text)]

    def missing_vals(self, key, text, entry):
        if key == "village_id":
            return village_vals(text, self.env.company)
        if key == "mediator_id":
            return self.mediator_vals(text, entry)
        return super().missing_vals(key, text, entry)

    def mediator_vals(self, text, entry):
        """:return: values of a mediator, or ``None`` when the text is no person's name"""
        if not 2 <= len(text) <= 20 or names.is_organisation(text):
            return None
        committee = entry.extra.get("committee_id") or self.committee()
        return {
            "name": text,
            "committee_id": committee.id,
            "id_type": "none",
            "company_id": self.env.company.id,
        }

    def committee(self):
        """The township's own committee, for mediators the ledger brings; made when missing.

        :return: one ``township.committee`` (empty in a preview that would make it)
        """
        Committee = self.env["township.committee"]
        if self.committee_id is None:
            committee = Committee.search(
                [("company_id", "=", self.env.company.id), ("kind", "in", ("town", "street"))],
                limit=1,
            )
            self.committee_id = (committee or self.make_committee()).id
        return Committee.browse(self.committee_id)

    def make_committee(self):
        company = self.env.company
        vals = {
            "name": f"{company.name}人民调解委员会",
            "kind": "town",
            "short_name": company.township_short_name,
            "company_id": company.id,
        }
        Committee = self.env["township.committee"]
        self.run.created[Committee._name][vals["name"]] = None
        return Committee if self.run.dry_run else Committee.create(vals)

    # ------------------------------------------------------------------
    # Numbers that the ledger brings
    # ------------------------------------------------------------------

    def check(self, entries):
        for key in ("number", "file_number"):
            given = {entry.values[key] for entry in entries if entry.values.get(key)}
            if not given:
                continue
            taken = {
                number
                for (number,) in self.model.sudo()._read_group(
                    [("company_id", "=", self.env.company.id), (key, "in", list(given))], [key]
                )
            }
            seen = self.numbers_seen[key]
            for entry in entries:
                number = entry.values.get(key)
                if not number:
                    continue
                if number in taken or number in seen:
                    label = self.label(key)
                    entry.reject("number_taken", column=label, text=number)
                elif not entry.problems:
                    seen.add(number)
