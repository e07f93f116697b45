import re
from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from .mechanism_mixin import Guard

_lt = LazyTranslate(__name__)

# Who may type a number that comes from outside (an old register); all others get theirs.
NUMBER = Guard(hint=_lt("enter an official number"), groups=("township_governance.group_officer",))


class NumberKey(NamedTuple):
    """Where a record's number comes from."""

    series: str  # key of the counter
    year: int
    pattern: str  # e.g. "（{year}）{short}人调字第{seq:04d}号"
    short: str = ""  # short name of the committee or township


def format_number(key, sequence):
    """:param NumberKey key: series, year and pattern
    :param int sequence: drawn number
    :return: ``str`` the official number
    :raise KeyError, ValueError: the pattern is wrong"""
    return key.pattern.format(year=key.year, seq=sequence, short=key.short)


# Markers that survive escaping stand where the digits are; nine digits fit the counter.
_PARTS = {"year": ("\x01", r"\d{4}"), "seq": ("\x00", r"\d{1,9}")}


def split_number(key, text):
    """:return: ``tuple`` of ``int`` year and sequence inside an official number of that pattern,
    or ``None``; the year is the key's when the pattern prints none"""
    shape = re.sub(r"\{(year|seq)[^}]*\}", lambda part: _PARTS[part[1]][0], key.pattern)
    expression = re.escape(shape.format(short=key.short))
    for name, (mark, digits) in _PARTS.items():
        expression = expression.replace(mark, f"(?P<{name}>{digits})", 1)
        expression = expression.replace(mark, f"(?P={name})")
    match = re.fullmatch(expression, text.strip())
    if not match:
        return None
    parts = match.groupdict()
    return int(parts.get("year") or key.year), int(parts["seq"])


def parse_number(key, text):
    """:return: ``int`` sequence inside an official number of that pattern and year, or ``None``"""
    year, sequence = split_number(key, text) or (None, None)
    return sequence if year == key.year else None


class TownshipNumberMixin(models.AbstractModel):
    """Official number: drawn without gaps as the last step of a registration, never changed,
    never reused; a numbered record cannot be deleted.

    A model lists its number fields in ``_number_fields`` and answers :meth:`_number_key`.
    """

    _name = "township.number.mixin"
    _description = "Official number"
    _inherit = ["township.mechanism.mixin"]

    _number_fields = ("number",)

    @api.model
    def _field_guard(self, field):
        return NUMBER if field.name in self._number_fields else super()._field_guard(field)

    def _number_key(self, field_name):
        """:param str field_name: one of ``_number_fields``
        :return: ``NumberKey``, or ``None`` when this record gets no such number"""
        self.ensure_one()
        year = self.env["township.calendar.day"]._today().year
        return NumberKey(self._name, year, "{year}-{seq:04d}")

    def _assign_numbers(self, field_name="number"):
        """Give the records that lack one a number, in the order of ``self``; one statement per
        series and year. Flushes first, so that the counter is locked as late as possible.

        :param str field_name: one of ``_number_fields``
        """
        waiting = defaultdict(self.browse)
        for record in self:
            key = None if record[field_name] else record._number_key(field_name)
            if key:
                waiting[key] += record
        if not waiting:
            return
        self.env.flush_all()
        counter = self.env["township.number.counter"].sudo()
        for key, records in sorted(waiting.items()):
            sequences = counter._next(key.series, key.year, len(records))
            # One UPDATE per hundred records: a write per record costs as much as the rest of a
            # registration, and nothing stored depends on a number.
            records._write_multi([{field_name: format_number(key, drawn)} for drawn in sequences])
        self.invalidate_recordset([field_name, "display_name"])

    def _absorb_numbers(self, field_name="number"):
        """Let the counters go on after the numbers these records brought with them."""
        highest = {}
        for record in self.filtered(field_name):
            key = record._number_key(field_name)
            found = key and split_number(key, record[field_name])
            if found:
                # the year the number itself bears: a matter accepted in December may have been
                # numbered in January
                year, sequence = found
                place = key.series, year
                highest[place] = max(sequence, highest.get(place, 0))
        counter = self.env["township.number.counter"].sudo()
        for (series, year), value in sorted(highest.items()):
            counter._absorb(series, year, value)

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for name in self._number_fields:
            if any(vals.get(name) for vals in vals_list):
                records._absorb_numbers(name)
        return records

    def copy_data(self, default=None):
        """A copy is another matter: it gets a number of its own."""
        return [
            {name: value for name, value in vals.items() if name not in self._number_fields}
            for vals in super().copy_data(default)
        ]

    def write(self, vals):
        for name in self._number_fields:
            if name in vals and any(record[name] not in (False, vals[name]) for record in self):
                raise UserError(
                    self.env._(
                        "The number %(number)s has been given and cannot be changed.",
                        number=self.filtered(name)[:1][name],
                    )
                )
        result = super().write(vals)
        for name in self._number_fields:
            if vals.get(name):
                self._absorb_numbers(name)
        return result

    def _imported(self, history):
        result = super()._imported(history)
        for name in self._number_fields:
            self._absorb_numbers(name)
            self._assign_numbers(name)
        return result

    @api.model
    def _lacking_parts(self):
        return super()._lacking_parts() + self._lacking_company("whose numbers these are")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_numbered(self):
        for name in self._number_fields:
            numbered = self.filtered(name)
            if numbered:
                raise UserError(
                    self.env._(
                        "%(number)s has an official number and cannot be deleted. End the record "
                        "with one of its buttons instead.",
                        number=numbered[0][name],
                    )
                )
