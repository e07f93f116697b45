from datetime import timedelta
from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date

from .metric import Metric

# Calendar days of the tile and filter "Due in 3 days", today included.
DUE_SOON_DAYS = 3
# Above this a tile says "999+": nobody reads the exact figure, and counting is not free.
COUNT_LIMIT = 1000
ROW_LIMIT = 200
ROW_STEP = 40
OPEN_DEADLINES = ("running", "due_soon", "overdue")
MINE, BY_UNIT = "mine", "unit"


class Tile(NamedTuple):
    """One figure on top of the home screen.

    :param str key: what ``_home_tile_domains`` of a model names it by
    :param str label: words under the figure
    :param str tone: ``danger``, ``warning``, ``info`` or ``neutral``
    :param domain: condition for every model with a deadline; ``None``: only the models that
        name the tile in ``_home_tile_domains`` count, and without any the tile is not shown
    :param bool hide_empty: not shown while it counts nothing
    """

    key: str
    label: str
    tone: str = "neutral"
    domain: Domain | None = None
    hide_empty: bool = False


class TownshipHome(models.AbstractModel):
    """今日待办: one home screen for every role, over everything that has a deadline.

    Whatever inherits ``township.deadline.mixin`` is found in the registry, so that a new room
    stands on the home screen without a line here. All is read under the caller's rules.
    """

    _name = "township.home"
    _description = "Today"

    # ------------------------------------------------------------------
    # Called by the screen
    # ------------------------------------------------------------------

    @api.model
    @api.readonly
    def get_home(self, scope=None, tile=None, limit=ROW_STEP):
        """Everything the screen shows at first.

        :param str scope: ``"mine"`` or ``"unit"``; ``None`` for what the role starts with
        :param str tile: key of the tile that filters the list, ``None`` for all open work
        :param int limit: rows wanted
        :return: ``dict`` for the screen: today, scope, scopes, tiles, tile, groups, rows, more
        """
        scopes = self._scopes()
        scope = scope if scope in scopes else self._default_scope(scopes)
        tiles = self._shown_tiles(scope)
        tile = tile if tile in [shown["key"] for shown in tiles] else None
        home = {
            "today": self.env["township.calendar.day"]._today(),
            "scope": scope,
            "scopes": scopes,
            "tiles": tiles,
            "tile": tile,
            "groups": [],
            "rows": [],
            "more": False,
        }
        if scope == BY_UNIT:
            home["groups"] = self._groups(tile)
        else:
            home.update(self._rows(scope, tile, None, limit))
        return home

    @api.model
    @api.readonly
    def get_rows(self, scope=MINE, tile=None, group=None, limit=ROW_STEP):
        """More rows of the list, or the rows of one unit.

        :param int group: id of the unit (of the township for several townships), ``0`` for
            work without one, ``None`` for all
        :return: ``dict`` with ``rows`` and ``more``
        """
        return self._rows(scope if scope in self._scopes() else MINE, tile, group, limit)

    @api.model
    def print_rows(self, scope=MINE, tile=None):
        """Rows for today's list on paper. Titles name people, so the print is logged.

        :return: ``dict`` with ``rows`` and ``more``
        """
        scope = scope if scope in self._scopes() else MINE
        records = self._records(scope, tile, None, ROW_LIMIT)
        for model_records in records.values():
            self._log_print(model_records)
        return self._as_rows(records, ROW_LIMIT)

    # ------------------------------------------------------------------
    # Scopes: whose work
    # ------------------------------------------------------------------

    @api.model
    def _scopes(self):
        """:return: ``list`` of the scopes the user may choose from"""
        user = self.env.user
        everything = user.has_group("township_governance.group_officer") or user.has_group(
            "township_governance.group_supervisor"
        )
        return [MINE, BY_UNIT] if everything else [MINE]

    @api.model
    def _default_scope(self, scopes):
        """A director and a supervisor look at units, everybody else at their own work."""
        user = self.env.user
        watches = user.has_group("township_governance.group_director") or user.has_group(
            "township_governance.group_supervisor"
        )
        return BY_UNIT if watches and BY_UNIT in scopes else MINE

    # ------------------------------------------------------------------
    # Tiles
    # ------------------------------------------------------------------

    @api.model
    def _home_tiles(self):
        """Tiles in the order shown; a higher room adds its own.

        :return: ``list`` of :class:`Tile`
        """
        today = self.env["township.calendar.day"]._today()
        running = Domain("deadline_state", "in", ["running", "due_soon"])
        soon = today + timedelta(days=DUE_SOON_DAYS)
        return [
            Tile(
                "overdue", self.env._("Overdue"), "danger", Domain("deadline_state", "=", "overdue")
            ),
            Tile(
                "today",
                self.env._("Due today"),
                "warning",
                running & Domain("deadline_date", "=", today),
            ),
            Tile(
                "soon",
                self.env._("Due in 3 days"),
                "warning",
                running
                & Domain("deadline_date", ">=", today)
                & Domain("deadline_date", "<=", soon),
            ),
        ]

    @api.model
    def _home_models(self):
        """:return: ``list`` of empty recordsets of the models whose deadlines the user sees"""
        mixin = self.env.registry["township.deadline.mixin"]
        found = [
            self.env[name]
            for name, model in sorted(self.env.registry.items())
            if issubclass(model, mixin) and not model._abstract
        ]
        return [model for model in found if model._deadline_home and model.has_access("read")]

    @api.model
    def _tile_domain(self, model, tile, scope):
        """:return: ``Domain`` of what a tile counts in one model, ``None`` if it counts nothing"""
        own = model._home_tile_domains().get(tile.key)
        personal = True
        if isinstance(own, tuple):
            own, personal = own
        if own is None and tile.domain is None:
            return None
        if own is not None:
            domain = Domain(own)
        else:
            domain = tile.domain & Domain(model._home_open_domain())
        if scope == MINE and personal:
            domain &= Domain(model._home_mine_domain())
        return domain

    @api.model
    def _shown_tiles(self, scope):
        """:return: ``list`` of ``dict`` with key, label, tone, count; counts end at
        ``COUNT_LIMIT``"""
        shown = []
        home_models = self._home_models()
        for tile in self._home_tiles():
            domains = {model: self._tile_domain(model, tile, scope) for model in home_models}
            counts = [
                model.search_count(domain, limit=COUNT_LIMIT)
                for model, domain in domains.items()
                if domain is not None
            ]
            count = min(sum(counts), COUNT_LIMIT)
            if counts and (count or not tile.hide_empty):
                shown.append(
                    {"key": tile.key, "label": tile.label, "tone": tile.tone, "count": count}
                )
        return shown

    # ------------------------------------------------------------------
    # List
    # ------------------------------------------------------------------

    @api.model
    def _list_domain(self, model, scope, tile_key):
        """:return: ``Domain`` of the list, ``None`` if this model has nothing in it"""
        if tile_key is None:
            domain = Domain("deadline_state", "in", list(OPEN_DEADLINES))
            domain &= Domain(model._home_open_domain())
            return domain & Domain(model._home_mine_domain()) if scope == MINE else domain
        tile = next((tile for tile in self._home_tiles() if tile.key == tile_key), None)
        return tile and self._tile_domain(model, tile, scope)

    @api.model
    def _records(self, scope, tile, group, limit):
        """:return: ``dict`` model name -> its first records by deadline"""
        found = {}
        for model in self._home_models():
            domain = self._list_domain(model, scope, tile)
            if domain is None:
                continue
            if group is not None:
                domain &= self._group_domain(model, int(group) or False)
            found[model._name] = model.search(domain, order="deadline_date, id", limit=limit)
        return found

    @api.model
    def _rows(self, scope, tile, group, limit):
        limit = max(1, min(int(limit), ROW_LIMIT))
        return self._as_rows(self._records(scope, tile, group, limit + 1), limit)

    @api.model
    def _as_rows(self, records, limit):
        """Rows of all models in one list, the most overdue first.

        :return: ``dict`` with ``rows`` and ``more`` (there are others)
        """
        today = self.env["township.calendar.day"]._today()
        rows = []
        for model_records in records.values():
            rows += model_records._home_rows(today)
        rows.sort(key=lambda row: (row["days"] is None, row["days"] or 0))
        for row in rows[:limit]:
            row["copy_text"] = self._copy_text(row)
        return {"rows": rows[:limit], "more": len(rows) > limit}

    @api.model
    def _copy_text(self, row):
        """:return: ``str`` for the work group: number, kind of matter, unit and deadline, never
        a title or a name (design 2)"""
        values = {
            "number": row["number"] or self.env._("(not numbered yet)"),
            "kind": row["kind"],
            "unit": row["unit"] or self.env._("(no unit yet)"),
            "deadline": format_date(self.env, row["deadline"]) if row["deadline"] else "",
            "days": abs(row["days"] or 0),
        }
        if row["days"] is None:
            return self.env._(
                "Reminder: %(number)s (%(kind)s), %(unit)s. Please deal with it soon.", **values
            )
        if row["days"] < 0:
            return self.env._(
                "Reminder: %(number)s (%(kind)s), %(unit)s, deadline %(deadline)s, overdue days: "
                "%(days)s. Please deal with it at once.",
                **values,
            )
        return self.env._(
            "Reminder: %(number)s (%(kind)s), %(unit)s, deadline %(deadline)s, days left: "
            "%(days)s. Please deal with it in time.",
            **values,
        )

    # ------------------------------------------------------------------
    # Groups: by unit, or by township for who holds several
    # ------------------------------------------------------------------

    @api.model
    def _group_field(self, model):
        """:return: ``str``, or ``None`` for a model that knows neither unit nor township"""
        name = "company_id" if len(self.env.companies) > 1 else model._deadline_unit_field
        return name if name in model._fields else None

    @api.model
    def _group_domain(self, model, group):
        field_name = self._group_field(model)
        if field_name:
            return Domain(field_name, "=", group)
        return Domain.FALSE if group else Domain.TRUE

    @api.model
    def _groups(self, tile):
        """:return: ``list`` of ``dict`` id, name, total, overdue, soon; overdue first"""
        tiles = {tile.key: tile for tile in self._home_tiles()}
        figures, names = {}, {}
        for model in self._home_models():
            domain = self._list_domain(model, BY_UNIT, tile)
            if domain is None:
                continue
            field_name = self._group_field(model)
            metrics = {
                key: (model._name, Metric(key, numerator=condition))
                for key, condition in (
                    ("total", Domain.TRUE),
                    ("overdue", tiles["overdue"].domain),
                    ("soon", tiles["soon"].domain),
                )
            }
            values = self.env["township.metric"]._evaluate(metrics, field_name, domain=domain)
            for group in filter(lambda group: values["total", group][0], values.groups):
                sums = figures.setdefault(group or False, dict.fromkeys(metrics, 0))
                for key in metrics:
                    sums[key] += values[key, group][0]
            if field_name:
                units = self.env[model._fields[field_name].comodel_name]
                units = units.browse(group for group in values.groups if group)
                names.update((unit.id, unit.display_name) for unit in units)
        groups = [
            {"id": group or 0, "name": names.get(group) or self.env._("No unit yet"), **sums}
            for group, sums in figures.items()
        ]
        return sorted(groups, key=lambda row: (-row["overdue"], -row["soon"], row["name"]))

    # ------------------------------------------------------------------

    @api.model
    def _log_print(self, records):
        if records:
            self.env["township.access.log"]._log(
                "print", records, detail=self.env._("Today's list")
            )
