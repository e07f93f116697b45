"""Days on which something recurring falls due; plain Python, no Odoo."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

# As deadlines count them (Civil Code arts. 200-204): half a month is 15 days. What recurs is no
# limit that moves, so working days count as days.
DAYS = {"day": 1, "working_day": 1, "week": 7, "half_month": 15}
MONTHS = {"month": 1, "year": 12}


def occurrences(anchor, number, unit, first, last):
    """Whole periods after ``anchor``, counted from it each time: what falls on the 31st falls on
    the last day of a shorter month, and on the 31st again afterwards.

    :param date anchor: day the first period begins
    :param int number: length of a period; 0 or less: nothing recurs
    :param str unit: key of ``DAYS`` or ``MONTHS``
    :param date first: earliest day wanted
    :param date last: latest day wanted
    :return: ``list`` of ``date``, ascending
    """
    if number <= 0:
        return []
    if unit in DAYS:
        step = DAYS[unit] * number
        # the first period that ends on or after the first day
        count = max(1, -(-(first - anchor).days // step))
        return [
            anchor + timedelta(days=step * period)
            for period in range(count, (last - anchor).days // step + 1)
        ]
    step = MONTHS[unit] * number
    months = (first.year - anchor.year) * 12 + first.month - anchor.month
    count, found = max(1, months // step), []
    while (day := anchor + relativedelta(months=step * count)) <= last:
        if day >= first:
            found.append(day)
        count += 1
    return found
