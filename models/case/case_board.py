from collections import Counter

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import date_utils

FIGURES = ("open", "due_soon", "overdue", "longest_overdue", "on_time")
REMINDER_TYPE = "township_governance.mail_act_case_reminder"
# More than that is not chased by a press of a button: open the list and look.
MAX_REMINDED = 500


class TownshipCaseBoard(models.AbstractModel):
    """逾期督办: what is open, near its deadline and overdue in every unit.

    Units are listed, persons never ranked (design 2). Each figure is a metric of
    ``township.case``; the cases behind it open with the metric's own domain.
    """

    _name = "township.case.board"
    _description = "Overdue board"

    # ------------------------------------------------------------------
    # Called by the screen
    # ------------------------------------------------------------------

    @api.model
    @api.readonly
    def get_board(self, group_by=None, date_from=None, date_to=None, kind=None):
        """All rows; the screen shows those with overdue cases first and alone.

        :param str group_by: ``"unit"``, or ``"company"`` for who holds several townships
        :param str date_from: first day of the period of the rate, default this year
        :param str date_to: last day, default the last of this year
        :param str kind: one kind of case only
        :return: ``dict`` for the screen
        """
        self._check_board_rights()
        group_by = self._group_by(group_by)
        period = self._period(date_from, date_to)
        values = self._values(group_by, period, kind)
        names = self._group_names(group_by, values.groups)
        rows = [self._row(values, group, names) for group in values.groups]
        rows.sort(key=lambda row: (-row["overdue"], -row["due_soon"], row["name"]))
        return {
            "group_by": group_by,
            "group_bys": self._group_bys(),
            "date_from": period[0],
            "date_to": period[1],
            "periods": self._periods(),
            "kind": kind or False,
            "kinds": self.env["township.case"]._fields["kind"]._description_selection(self.env),
            "rows": rows,
            "total": self._total(rows),
            "may_remind": self._may_remind(),
        }

    @api.model
    @api.readonly
    def get_figure_action(
        self, figure, part, group_by=None, group=None, date_from=None, date_to=None, kind=None
    ):
        """The cases behind one figure.

        :param str figure: one of ``FIGURES``
        :param str part: ``"numerator"`` or ``"denominator"``
        :param int group: id of the unit, ``0`` for none, ``None`` for the whole board
        :return: ``dict``, an ``ir.actions.act_window``
        """
        self._check_board_rights()
        if figure not in FIGURES:
            raise UserError(self.env._("The board has no figure “%(name)s”.", name=figure))
        group_by = self._group_by(group_by) if group is not None else None
        period = self._period(date_from, date_to)
        values = self._values(group_by, period, kind, figures=[figure])
        part = "denominator" if part == "denominator" else "numerator"
        domain = values.domain(figure, (int(group) or False) if group_by else None, part)
        label = str(self.env["township.case"]._get_metrics()[figure].label)
        name = self._group_names(group_by, [int(group)]).get(int(group)) if group else None
        return {
            "type": "ir.actions.act_window",
            "name": f"{name} · {label}" if name else label,
            "res_model": "township.case",
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
            "domain": list(domain),
            "context": {},
        }

    @api.model
    def remind(self, groups=None, group_by=None, kind=None):
        """催办: one open activity per overdue case, for the unit's leader, else the handler.

        :param groups: ``list`` of ids of units (``0`` for none), ``None`` for all
        :return: ``dict`` with ``reminded`` and ``known`` (had an open reminder already)
        :raise AccessError: for who may not chase
        """
        if not self._may_remind():
            raise AccessError(
                self.env._(
                    "You may not “%(action)s”. Please ask an officer or the director.",
                    action=self.env._("Reminder"),
                )
            )
        cases = self._overdue_cases(groups, group_by, kind)
        Activity = self.env["township.activity"]
        reminder = self.env.ref(REMINDER_TYPE).sudo()
        known = {case_id for case_id, _user in Activity._open_pairs(cases, reminder)}
        pairs, nobody = [], 0
        for case in cases:
            if case.id in known:
                continue
            user = case._reminded_user()
            if user:
                pairs.append((case, user))
            else:
                nobody += 1
        over = Activity._schedule(pairs, REMINDER_TYPE, told=Counter())
        Activity._digest(over, REMINDER_TYPE)
        return {"reminded": len(pairs), "known": len(known), "nobody": nobody}

    @api.model
    @api.readonly
    def get_reminder_text(self, groups=None, group_by=None, kind=None):
        """催办文字 for the work group: numbers, kinds, deadlines and units, no personal data.

        :return: ``str``, one line per overdue case
        """
        self._check_board_rights()
        cases = self._overdue_cases(groups, group_by, kind)
        rows = cases._home_rows(self.env["township.calendar.day"]._today())
        Home = self.env["township.home"]
        return "\n".join(Home._copy_text(row) for row in rows)

    # ------------------------------------------------------------------

    @api.model
    def _check_board_rights(self):
        user = self.env.user
        if not self.env.su and not any(
            user.has_group(f"township_governance.{group}")
            for group in ("group_reporter", "group_supervisor")
        ):
            raise AccessError(self.env._("You may not see the overdue board."))

    @api.model
    def _may_remind(self):
        return self.env.user.has_group("township_governance.group_officer")

    @api.model
    def _group_bys(self):
        return ["company", "unit"] if len(self.env.companies) > 1 else ["unit"]

    @api.model
    def _group_by(self, group_by):
        """:return: ``str``, the wanted grouping if the user has it, else the first"""
        return group_by if group_by in self._group_bys() else self._group_bys()[0]

    @api.model
    def _periods(self):
        """:return: ``list`` of ``dict`` key, label, first and last day; the first is the default"""
        today = self.env["township.calendar.day"]._today()
        last_year = today - relativedelta(years=1)
        periods = [
            ("year", self.env._("This year"), today, "year"),
            ("quarter", self.env._("This quarter"), today, "quarter"),
            ("month", self.env._("This month"), today, "month"),
            ("last_year", self.env._("Last year"), last_year, "year"),
        ]
        return [
            {
                "key": key,
                "label": label,
                "date_from": date_utils.start_of(day, unit),
                "date_to": date_utils.end_of(day, unit),
            }
            for key, label, day, unit in periods
        ]

    @api.model
    def _period(self, date_from, date_to):
        """:return: ``tuple`` of two ``date``; this year where nothing is given"""
        this_year = self._periods()[0]
        first = fields.Date.to_date(date_from) or this_year["date_from"]
        last = fields.Date.to_date(date_to) or this_year["date_to"]
        if first > last:
            raise UserError(self.env._("The period ends before it begins. Please correct a date."))
        return first, last

    @api.model
    def _values(self, group_by, period, kind, figures=FIGURES):
        return self.env["township.case"]._metric_values(
            figures, group_by, period, self._kind_domain(kind)
        )

    @api.model
    def _kind_domain(self, kind):
        return Domain("kind", "=", kind) if kind else Domain.TRUE

    @api.model
    def _group_names(self, group_by, groups):
        """:return: ``dict`` id -> name, read under the caller's rules"""
        names = {False: self.env._("No unit yet"), None: ""}
        if group_by:
            comodel = self.env["township.case"]._fields[f"{group_by}_id"].comodel_name
            records = self.env[comodel].browse(group for group in groups if group)
            names.update((record.id, record.display_name) for record in records)
        return names

    @api.model
    def _row(self, values, group, names):
        met, ended = values["on_time", group]
        return {
            "id": group or 0,
            "name": names[group],
            "open": values["open", group][0],
            "due_soon": values["due_soon", group][0],
            "overdue": values["overdue", group][0],
            "longest_overdue": values["longest_overdue", group][0],
            "on_time": met,
            "ended": ended,
        }

    @api.model
    def _total(self, rows):
        """:return: ``dict`` like a row: sums, and the longest of all"""
        total = {"id": 0, "name": ""}
        for figure in ("open", "due_soon", "overdue", "on_time", "ended"):
            total[figure] = sum(row[figure] for row in rows)
        total["longest_overdue"] = max((row["longest_overdue"] for row in rows), default=0)
        return total

    @api.model
    def _overdue_cases(self, groups, group_by, kind):
        """:return: the overdue cases of some or all groups, the most overdue first"""
        domain = self.env["township.case"]._get_metrics()["overdue"].resolve(
            self.env["township.case"]
        ).domain("numerator") & self._kind_domain(kind)
        if groups is not None:
            ids = [int(group) or False for group in groups]
            domain &= Domain(f"{self._group_by(group_by)}_id", "in", ids)
        cases = self.env["township.case"].search(
            domain, order="deadline_date, id", limit=MAX_REMINDED + 1
        )
        if len(cases) > MAX_REMINDED:
            raise UserError(
                self.env._(
                    "More than %(number)s cases are overdue here. Please choose some units.",
                    number=MAX_REMINDED,
                )
            )
        return cases
