"""Terms of sentences counted by the calendar.

The Criminal Law (arts. 38-85) says how long and from when; months and years are counted as the
Supreme People's Court counts them (interpretation of the Criminal Procedure Law of 2021,
art. 202): a term ends on the day before the day of the same number. Nothing here rolls to a
working day, and no number of the law stands here: lengths and ratios are given.
"""

import calendar
from datetime import timedelta
from typing import NamedTuple

MONTHS_IN_YEAR = 12
DAY = timedelta(days=1)


class Length(NamedTuple):
    """How long a sentence or a probation period is, as it was pronounced."""

    years: int = 0
    months: int = 0
    days: int = 0

    @property
    def in_months(self):
        """:return: ``int`` of whole months, for comparing with the law's least and most"""
        return self.years * MONTHS_IN_YEAR + self.months


def last_of_month(day):
    """:return: ``date``, the last day of the month of ``day``"""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def same_day(day, length):
    """The day of the same number, so many years and months later (or earlier, if negative).

    A day the month does not have is its last one. Where months are counted, the last day of a
    month corresponds to the last day of the other.

    :param date day: counted from
    :param length: ``Length``, of which the days are not counted
    :return: ``date``
    """
    month = day.year * MONTHS_IN_YEAR + day.month - 1 + length.in_months
    first = day.replace(year=month // MONTHS_IN_YEAR, month=month % MONTHS_IN_YEAR + 1, day=1)
    last = last_of_month(first)
    if length.months and day == last_of_month(day):
        return last
    return first.replace(day=min(day.day, last.day))


def end_of_term(start, length):
    """:param date start: first day of the term
    :param length: ``Length``
    :return: ``date``, the last day of the term"""
    return same_day(start, length) + timedelta(days=length.days) - DAY


def end_after_custody(end, days, ratio):
    """Days in custody before the sentence count as served.

    :param date end: last day of the term without them
    :param int days: in custody
    :param int ratio: days of the term that one day in custody stands for; 0: not counted in
    :return: ``date``
    """
    return end - timedelta(days=days * ratio)


def end_moved(end, length, sign):
    """A court has reduced or extended the term.

    :param date end: last day before
    :param length: ``Length`` of the change
    :param int sign: 1 later, -1 earlier
    :return: ``date``, the last day after it
    """
    change = Length(*(sign * part for part in length))
    return end_of_term(end + DAY, change)


def total_months(lengths):
    """:return: ``Length`` of all together, in years and months; days are added up as days"""
    months = sum(length.in_months for length in lengths)
    return Length(*divmod(months, MONTHS_IN_YEAR), sum(length.days for length in lengths))
