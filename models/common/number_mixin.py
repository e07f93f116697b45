import re
from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ...tools.rights import check_groups
from .mechanism_mixin import Guard

_lt = LazyTranslate(__name__)

DIRECTOR = "township_governance.group_director"
# Compared with ``is``, see mechanism_mixin.
_TOKEN = object()
_CORRECTING_KEY = "township_correcting_token"
# Who may type a number that comes from outside (an old register); all others get theirs.
NUMBER = Guard(hint=_lt("enter an official number"), groups=("township_governance.group_officer",))


class NumberKey(NamedTuple):
    """Where a record's number comes from."""

    series: str  # key of the counter
    year: int
    pattern: str  # e.g. "（{year}）{short}人调字第{seq:04d}号"
    short: str = ""  # short name of the committee or township

    @property
    def place(self):
        """:return: ``tuple`` series and year of the counter; a pattern that prints no year does
        not restart with it, or the same number would stand on paper twice"""
        return self.series, self.year if "{year" in self.pattern else 0


def format_number(key, sequence):
    """:param NumberKey key: series, year and pattern
    :param int sequence: drawn number
    :return: ``str`` the official number
    :raise KeyError, ValueError: the pattern is wrong"""
    return key.pattern.format(year=key.year, seq=sequence, short=key.short.strip()).strip()


# A place in a pattern; the sequence is written with digits alone, filled up with zeros or not.
_PLACE = re.compile(r"\{(?:year|short|seq(?::(?:0[1-9])?d)?)\}")


def is_sound_pattern(pattern):
    """:return: ``bool``: every number of that pattern is another text, and is read back as it was
    written. The year has a fixed width, and something that is no digit between a short name and
    the sequence tells where the sequence begins: so a text has one year, short name and
    sequence, and a pattern without a year has one series over all years."""
    literal = _PLACE.sub("", pattern)
    names = [place[1:-1].partition(":")[0] for place in _PLACE.findall(pattern)]
    if set("{}") & set(literal) or not pattern.isprintable() or pattern != pattern.strip():
        return False
    if names.count("seq") != 1 or names.count("year") > 1 or names.count("short") > 1:
        return False
    between = re.search(r"\{short\}(.*)\{seq|\{seq[^}]*\}(.*)\{short\}", pattern)
    return not between or bool(re.search("[^0-9]", _PLACE.sub("", between[1] or between[2] or "")))


# Markers that survive escaping stand where the digits are; nine digits fit the counter.
_PARTS = {"year": ("\x01", r"\d{4}"), "seq": ("\x00", r"\d{1,9}")}


def split_number(key, text):
    """:return: ``tuple`` of ``int`` year and sequence inside an official number of that pattern,
    or ``None``; the year is the key's when the pattern prints none"""
    shape = re.sub(r"\{(year|seq)[^}]*\}", lambda part: _PARTS[part[1]][0], key.pattern)
    expression = re.escape(shape.format(short=key.short.strip()).strip())
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

    number = fields.Char(copy=False, readonly=True)

    # text_pattern_ops: a beginning is found as well as the whole.
    _number_unique = models.UniqueIndex(
        "(company_id, number text_pattern_ops) WHERE number IS NOT NULL",
        "This number is in use already.",
    )

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
            sequences = counter._next(*key.place, len(records))
            # One UPDATE per hundred records: a write per record costs as much as the rest of a
            # registration.
            records._write_multi([{field_name: format_number(key, drawn)} for drawn in sequences])
        numbered = self.browse().union(*waiting.values())
        numbered.invalidate_recordset([field_name])
        numbered.modified([field_name])  # what is computed from a number follows

    def _absorb_numbers(self, field_name="number"):
        """Let the counters go on after the numbers these records brought with them."""
        counter = self.env["township.number.counter"].sudo()
        for (series, year), found in sorted(self._numbers_by_place(field_name).items()):
            counter._absorb(series, year, max(found))

    def _numbers_by_place(self, field_name):
        """:return: ``dict`` (series, year) of the counter -> ``dict`` sequence -> record, of the
        official numbers of these records that follow their pattern"""
        places = defaultdict(dict)
        for record in self.filtered(field_name):
            key = record._number_key(field_name)
            found = key and split_number(key, record[field_name])
            if found:
                # the year the number itself bears: a matter accepted in December may have been
                # numbered in January
                year, sequence = found
                places[key._replace(year=year).place][sequence] = record
        return places

    def _check_number_gaps(self, field_name):
        """A number far above the highest of its series is a slip that would leave a hole for
        good. A batch is judged as a whole: each number counts from the one below it.

        :raise UserError: such a number, from whoever is no director; his own is logged
        """
        if self.env.su:
            return
        places = self._numbers_by_place(field_name)
        highest = self.env["township.number.counter"].sudo()._values(places)
        for place, found in places.items():
            last = highest.get(place, 0)
            for sequence, record in sorted(found.items()):
                gap = record.company_id.sudo().township_number_gap
                if gap and sequence - last > gap:
                    record._far_number(field_name, last, gap)
                last = max(last, sequence)

    def _far_number(self, field_name, last, gap):
        values = {
            "number": self[field_name],
            "last": last,
            "gap": gap,
            "director": self.env.ref(DIRECTOR).sudo().name,
        }
        if not self.env.user.has_group(DIRECTOR):
            raise UserError(
                self.env._(
                    "%(number)s is more than %(gap)s above the highest number so far (%(last)s). "
                    "Please check it; if it is right, %(director)s may enter it.",
                    **values,
                )
            )
        self._message_log(
            body=self.env._(
                "%(number)s was entered, far above the highest number so far (%(last)s).",
                **values,
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for name in self._number_fields:
            if any(vals.get(name) for vals in vals_list):
                records._check_number_gaps(name)
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
            correcting = self.env.context.get(_CORRECTING_KEY) is _TOKEN
            if correcting or name not in vals:
                continue
            if any(record[name] not in (False, vals[name]) for record in self):
                raise UserError(
                    self.env._(
                        "The number %(number)s has been given and cannot be changed.",
                        number=self.filtered(name)[:1][name],
                    )
                )
        result = super().write(vals)
        for name in self._number_fields:
            if vals.get(name):
                self._check_number_gaps(name)
                self._absorb_numbers(name)
        return result

    def action_correct_number(self, field_name, number, reason):
        """Correct (更正编号) an official number that was typed wrongly: a director's step, on
        record in the history. Not in an archived file, which nothing changes any more.

        :param str field_name: one of ``_number_fields``
        :param str number: the right number
        :param str reason: kept in the history
        :raise AccessError: the user is no director
        :raise UserError: no number to correct, no reason, or the file is shut
        """
        self.ensure_one()
        check_groups(self.env, self.env._("Correct the number"), [DIRECTOR])
        self.check_access("write")
        number, reason = (number or "").strip(), (reason or "").strip()
        before = self[field_name] if field_name in self._number_fields else False
        if not (before and number and reason and number != before):
            raise UserError(
                self.env._("Please enter the right number and the reason of the correction.")
            )
        self._check_number_correctable()
        correcting = self.sudo()._entering().with_context(**{_CORRECTING_KEY: _TOKEN})
        correcting.write({field_name: number})
        self.sudo()._message_log(
            body=self.env._(
                "%(field)s corrected from %(before)s to %(after)s: %(reason)s",
                field=self._fields[field_name]._description_string(self.env),
                before=before,
                after=number,
                reason=reason,
            )
        )
        return True

    def _check_number_correctable(self):
        """:raise UserError: the file of this record is shut; extended by models that archive"""

    def _imported(self, history):
        result = super()._imported(history)
        for name in self._number_fields:
            self._absorb_numbers(name)
            self._assign_numbers(name)
        return result

    @api.model
    def _lacking_parts(self):
        lacking = super()._lacking_parts() + self._lacking_company("whose numbers these are")
        if "message_ids" not in self._fields:
            lacking.append("mail.thread, where corrected numbers are logged")
        definitions = [
            table_object.get_definition(self.pool) for table_object in self._table_objects.values()
        ]
        for name in self._number_fields:
            start = f"UNIQUE INDEX (company_id, {name} "
            if name not in self._fields or not any(text.startswith(start) for text in definitions):
                lacking.append(f"a field {name} with a unique index per company")
        return lacking

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
