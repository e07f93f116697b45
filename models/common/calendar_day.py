import logging
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import holidays

from odoo import api, fields, models, tools

_logger = logging.getLogger(__name__)

TIMEZONE_PARAMETER = "township_governance.timezone"
DEFAULT_TIMEZONE = "Asia/Shanghai"
SATURDAY = 5


class TownshipCalendarDay(models.Model):
    """Working calendar (工作日历): the days that differ from Monday-Friday.

    Statutory holidays (法定节假日) and make-up working days (调休上班日) come from the
    ``holidays`` library and may be edited: the State Council's notice for a year is
    published the autumn before, so a township corrects what the library guessed.
    """

    _name = "township.calendar.day"
    _description = "Working calendar day"
    _order = "date desc"
    _rec_name = "date"

    date = fields.Date(required=True)
    name = fields.Char(string="Holiday")
    kind = fields.Selection(
        [("holiday", "Public holiday"), ("workday", "Make-up working day")],
        required=True,
        default="holiday",
    )

    _date_unique = models.UniqueIndex("(date)", "This day is in the working calendar already.")

    # ------------------------------------------------------------------
    # CRUD: the exceptions are cached for all workers
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        days = super().create(vals_list)
        self.env.registry.clear_cache()
        return days

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    # ------------------------------------------------------------------
    # Today and working days
    # ------------------------------------------------------------------

    @api.model
    def _timezone(self):
        """:return: ``ZoneInfo`` of the setting ``township_governance.timezone``"""
        name = self.env["ir.config_parameter"].sudo().get_param(TIMEZONE_PARAMETER)
        return ZoneInfo(name or DEFAULT_TIMEZONE)

    @api.model
    def _today(self):
        """The one "today" of every clock: the date in the township's time zone.

        A server on UTC is still at yesterday until 8 o'clock in China.

        :return: ``date``
        """
        return datetime.now(self._timezone()).date()

    @api.model
    def _day_of(self, moment):
        """:param datetime moment: as stored, in UTC
        :return: ``date`` of that moment in the township's time zone"""
        return moment.replace(tzinfo=timezone.utc).astimezone(self._timezone()).date()

    @api.model
    @tools.ormcache()
    def _exceptions(self):
        """:return: ``{date: is it a working day}`` for the days that differ from Monday-Friday"""
        rows = self.sudo().search_fetch([], ["date", "kind"])
        return {day.date: day.kind == "workday" for day in rows}

    @api.model
    def _is_working_day(self, day):
        """:param date day: any date
        :return: ``bool``"""
        exceptions = self._exceptions()
        return exceptions[day] if day in exceptions else day.weekday() < SATURDAY

    @api.model
    def _next_working_day(self, day):
        """:return: ``day`` itself when it is a working day, else the next one
        (Civil Code art. 203: a last day that is a holiday moves on)"""
        while not self._is_working_day(day):
            day += timedelta(days=1)
        return day

    @api.model
    def _add_working_days(self, day, number):
        """:param date day: day of the event, itself not counted (Civil Code art. 201)
        :param int number: working days to count, 0 or more
        :return: ``date`` of the last working day counted"""
        for _count in range(number):
            day = self._next_working_day(day + timedelta(days=1))
        return day

    # ------------------------------------------------------------------
    # Filling the calendar
    # ------------------------------------------------------------------

    @api.model
    def _load_years(self, years):
        """Add what the library knows of the given years; edited days are kept.

        :param years: iterable of ``int``
        :return: the created ``township.calendar.day`` records
        """
        years = sorted(set(years))
        known = set(
            self.sudo()
            .search([("date", ">=", date(years[0], 1, 1)), ("date", "<=", date(years[-1], 12, 31))])
            .mapped("date")
        )
        china = holidays.country_holidays("CN", years=years, language="zh_CN")
        workdays = getattr(china, "weekend_workdays", None)
        if workdays is None:
            _logger.warning("The library holidays is older than 0.66: no make-up working days.")
            workdays = ()
        vals = [
            {"date": day, "name": name, "kind": "holiday"}
            for day, name in sorted(china.items())
            if day not in known and day.weekday() < SATURDAY and day not in workdays
        ]
        vals += [
            {"date": day, "kind": "workday"}
            for day in sorted(workdays)
            if day not in known and day.year in years
        ]
        return self.sudo().create(vals)

    @api.model
    def _cron_load_calendar(self):
        """Keep last, this and next year in the calendar (domain 8.2, item 7)."""
        year = self._today().year
        self._load_years([year - 1, year, year + 1])
