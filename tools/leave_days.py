"""Days of leave: the first and the last both count, and several leaves add up within a window of
months that moves."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

ONE_DAY = timedelta(days=1)


def days_of(first, last):
    """:return: ``int`` days from the first to the last, both counted; 0 when they are reversed"""
    return max((last - first).days + 1, 0)


def most_days(spans, months, first, last):
    """The most days away in any window of so many months that holds a day of a leave.

    :param spans: ``list`` of (first, last) day of leaves that do not overlap, the leave among them
    :param int months: length of the window
    :param date first: of the leave
    :param date last: of the leave
    :return: ``int`` days
    """
    # No window holds more than one that ends with a day away.
    ends = [
        begin + timedelta(days=number)
        for begin, end in spans
        for number in range(days_of(begin, end))
    ]
    totals = [0]
    for end in ends:
        begin = end - relativedelta(months=months) + ONE_DAY
        if first <= end and begin <= last:
            totals.append(sum(days_of(max(begin, f), min(end, t)) for f, t in spans))
    return max(totals)
