"""Periods of law that are compared, not counted down: more than ten days, more than one month."""

from dateutil.relativedelta import relativedelta


def length(number, unit):
    """:param str unit: ``day`` or ``month``
    :return: ``relativedelta``; months end on the same day number or on the month's last day"""
    return relativedelta(**{f"{unit}s": number})


def exceeds(start, end, number, unit):
    """:param date start: first day of the period
    :param date end: the first day that no longer belongs to it
    :return: ``bool``: whether it is longer than ``number`` of ``unit``"""
    return end > start + length(number, unit)
