from odoo import api, fields, models
from odoo.tools import SQL


class TownshipNumberCounter(models.Model):
    """Counter of official numbers: one row per series and year.

    Numbers are drawn for a whole batch by one statement at the end of a registration. The row
    stays locked until the transaction ends, so a rolled-back registration leaves no gap and
    two users get consecutive numbers; a request that loses the race is replayed by Odoo.
    """

    _name = "township.number.counter"
    _description = "Number counter"
    _order = "series, year desc"
    _rec_name = "series"

    series = fields.Char(required=True)
    year = fields.Integer(required=True, aggregator=None)
    value = fields.Integer(string="Last number", required=True, aggregator=None)

    _series_year_unique = models.UniqueIndex(
        "(series, year)", "This series of numbers exists for that year already."
    )

    @api.model
    def _next(self, series, year, count=1):
        """Draw consecutive numbers.

        :param str series: key of the series
        :param int year: of acceptance
        :param int count: how many
        :return: ``range`` of the numbers drawn
        """
        last = self._upsert(series, year, count, SQL("township_number_counter.value + %s", count))
        return range(last - count + 1, last + 1)

    @api.model
    def _values(self, places):
        """:param places: iterable of (series, year)
        :return: ``dict`` of them -> last number; without those that have none yet"""
        places = set(places)
        if not places:
            return {}
        found = self.search_fetch(
            [
                ("series", "in", [series for series, _year in places]),
                ("year", "in", [year for _series, year in places]),
            ],
            ["series", "year", "value"],
        )
        values = {(counter.series, counter.year): counter.value for counter in found}
        return {place: values[place] for place in places if place in values}

    @api.model
    def _absorb(self, series, year, value):
        """An official number came in from outside: go on after the highest.

        :param int value: the number inside the official number
        """
        self._upsert(series, year, value, SQL("GREATEST(township_number_counter.value, %s)", value))

    @api.model
    def _upsert(self, series, year, first, value):
        rows = self.env.execute_query(
            SQL(
                """INSERT INTO township_number_counter
                       (series, year, value, create_uid, create_date, write_uid, write_date)
                   VALUES (%(series)s, %(year)s, %(first)s, %(uid)s, now(), %(uid)s, now())
                   ON CONFLICT (series, year) DO UPDATE SET value = %(value)s
                   RETURNING value""",
                series=series,
                year=year,
                first=first,
                uid=self.env.uid,
                value=value,
            )
        )
        self.invalidate_model(["value"])
        return rows[0][0]
