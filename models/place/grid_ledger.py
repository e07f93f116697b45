import re

from odoo import api, models

from ...tools.ledger import cells
from ..common.ledger_mixin import LedgerColumn
from .unit import GRID_KINDS


class TownshipGrid(models.Model):
    """Grids out of a list (网格划分一览表)."""

    _name = "township.grid"
    _inherit = ["township.grid", "township.ledger.mixin"]

    _ledger_target = "grid"
    _ledger_columns = {
        "name": LedgerColumn(kind="name", required=True),
        "code": LedgerColumn(),
        "kind": LedgerColumn(),
        "unit_id": LedgerColumn(required=True, create=True),
        "leader_id": LedgerColumn(kind="names"),
        "worker_ids": LedgerColumn(kind="names"),
        "household_count": LedgerColumn(),
        "population": LedgerColumn(),
    }
    _ledger_likeness = ("name", "unit_id")

    @api.model
    def _ledger_read_text(self, value, key, entry, run):
        if key != "code":
            return super()._ledger_read_text(value, key, entry, run)
        code = cells.plain(cells.digits_of(value))
        if code and not re.fullmatch(self._code_pattern(), code):
            entry.reject("grid_code", column=self._ledger_label(key, run), text=code)
        return code

    @api.model
    def _ledger_find(self, key, texts, run):
        if key != "unit_id":
            return super()._ledger_find(key, texts, run)
        domain = [("company_id", "=", self.env.company.id), ("kind", "in", GRID_KINDS)]
        return self.env["township.unit"]._match_names(texts, domain)

    @api.model
    def _ledger_missing_vals(self, key, text, entry, run):
        if key != "unit_id":
            return super()._ledger_missing_vals(key, text, entry, run)
        return self.env["township.unit"]._ledger_village_vals(text)

    @api.model
    def _ledger_check(self, entries, run):
        """Codes and names already used; accounts of leaders and workers."""
        codes, names = self._ledger_taken(run)
        strip = self.env["township.unit"]._strip_suffix
        for entry in entries:
            code = entry.values.get("code")
            if code and code in codes:
                entry.reject("number_taken", column=self._ledger_label("code", run), text=code)
            name, unit = entry.values.get("name"), entry.values.get("unit_id") or ""
            if {(name, unit), (name, strip(unit))} & names:
                entry.reject("grid_exists", name=name, unit=unit)
            if not entry.problems:
                codes.add(code)
                names.add((name, strip(unit)))
        self._ledger_accounts(entries, run)

    @api.model
    def _ledger_taken(self, run):
        """:return: ``set`` of codes and ``set`` of (name, name of the village) of the township's
        grids, read once for the run; those of the file are added as it goes on"""
        if "taken" not in run.cache:
            grids = self.with_context(active_test=False).search_fetch(
                [("company_id", "=", self.env.company.id)], ["name", "code", "unit_id"]
            )
            names = {
                (grid.name, text)
                for grid in grids
                for text in (grid.unit_id.name, grid.unit_id.short_name)
            }
            run.cache["taken"] = set(grids.mapped("code")), names
        return run.cache["taken"]

    @api.model
    def _ledger_accounts(self, entries, run):
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
                        label = self._ledger_label(key, run)
                        run.warn(entry.row, "no_account", column=label, name=name)
                entry.extra[key] = found[:1] if key == "leader_id" else found

    @api.model
    def _ledger_vals(self, entry, run):
        return {**super()._ledger_vals(entry, run), "company_id": self.env.company.id}

    @api.model
    def _ledger_texts(self):
        return super()._ledger_texts() | {
            "grid_code": self.env._(
                "%(column)s: the code “%(text)s” has not the right form (15 digits)."
            ),
            "grid_exists": self.env._("%(unit)s has a grid “%(name)s” already."),
            "no_account": self.env._(
                "%(column)s: there is no account of the name %(name)s (or several); the grid is "
                "imported without."
            ),
        }
