import re

from odoo import models

from ...tools.ledger import cells
from ..common.ledger_target import Column, LedgerTarget
from .unit import GRID_KINDS
from .unit_ledger import village_vals


class GridLedger(LedgerTarget):
    """Grids out of a list (网格划分一览表)."""

    name = "grid"
    columns = {
        "name": Column(kind="name", required=True),
        "code": Column(),
        "kind": Column(),
        "unit_id": Column(required=True, create=True),
        "leader_id": Column(kind="names"),
        "worker_ids": Column(kind="names"),
        "household_count": Column(),
        "population": Column(),
    }
    likeness = ("name", "unit_id")

    def __init__(self, model, run=None):
        super().__init__(model, run)
        self.taken_names = None  # codes, and (name, village), of the township's grids

    def read_text(self, value, key, entry):
        if key != "code":
            return super().read_text(value, key, entry)
        code = cells.plain(cells.digits_of(value))
        if code and not re.fullmatch(self.model._code_pattern(), code):
            entry.reject("grid_code", column=self.label(key), text=code)
        return code

    def find(self, key, texts):
        if key != "unit_id":
            return super().find(key, texts)
        domain = [("company_id", "=", self.env.company.id), ("kind", "in", GRID_KINDS)]
        return self.env["township.unit"]._match_names(texts, domain)

    def missing_vals(self, key, text, entry):
        if key != "unit_id":
            return super().missing_vals(key, text, entry)
        return village_vals(text, self.env.company)

    def check(self, entries):
        """Codes and names already used; accounts of leaders and workers."""
        codes, names = self.taken()
        strip = self.env["township.unit"]._strip_suffix
        for entry in entries:
            code = entry.values.get("code")
            if code and code in codes:
                entry.reject("number_taken", column=self.label("code"), text=code)
            name, unit = entry.values.get("name"), entry.values.get("unit_id") or ""
            if {(name, unit), (name, strip(unit))} & names:
                entry.reject("grid_exists", name=name, unit=unit)
            if not entry.problems:
                codes.add(code)
                names.add((name, strip(unit)))
        self.accounts(entries)

    def taken(self):
        """:return: ``set`` of codes and ``set`` of (name, name of the village) of the township's
        grids, read once for the run; those of the file are added as it goes on"""
        if self.taken_names is None:
            grids = self.model.with_context(active_test=False).search_fetch(
                [("company_id", "=", self.env.company.id)], ["name", "code", "unit_id"]
            )
            names = {
                (grid.name, text)
                for grid in grids
                for text in (grid.unit_id.name, grid.unit_id.short_name)
            }
            self.taken_names = set(grids.mapped("code")), names
        return self.taken_names

    def accounts(self, entries):
        """Leaders and workers are accounts; who has none yet is left out with a warning."""
        wanted = {
            name
            for entry in entries
            for key in ("leader_id", "worker_ids")
            for name in entry.values.get(key, [])
        }
        users = self.env["res.users"].search(
            [("name", "in", list(wanted)), ("company_ids", "in", self.env.company.ids)]
        )
        by_name = users.grouped("name")
        for entry in entries:
            for key in ("leader_id", "worker_ids"):
                found = users.browse()
                for name in entry.values.get(key, []):
                    if len(by_name.get(name, ())) == 1:
                        found |= by_name[name]
                    else:
                        label = self.label(key)
                        self.run.warn(entry.row, "no_account", column=label, name=name)
                entry.extra[key] = found[:1] if key == "leader_id" else found

    def vals(self, entry):
        return {**super().vals(entry), "company_id": self.env.company.id}

    def texts(self):
        return super().texts() | {
            "grid_code": self.env._(
                "%(column)s: the code “%(text)s” has not the right form (15 digits)."
            ),
            "grid_exists": self.env._("%(unit)s has a grid “%(name)s” already."),
            "no_account": self.env._(
                "%(column)s: there is no account of the name %(name)s (or several); the grid is "
                "imported without."
            ),
        }


class TownshipGrid(models.Model):
    """Grids have a ledger."""

    _name = "township.grid"
    _inherit = ["township.grid", "township.ledger.mixin"]

    _ledger = GridLedger
