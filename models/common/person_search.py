from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.sql import escape_psql

from ...tools import identity


class TownshipPersonMixin(models.AbstractModel):
    """Finding a person: by the beginning of a name, or by complete numbers only."""

    _inherit = "township.person.mixin"

    def _search_id_number(self, operator, value):
        values = self._exact_values(operator, value)
        if values is NotImplemented:
            return NotImplemented
        numbers = {identity.normalise_id(number) if number else None for number in values}
        return self._full_value_domain("id_number_full", numbers, self._id_number_condition)

    def _search_phone(self, operator, value):
        values = self._exact_values(operator, value)
        if values is NotImplemented:
            return NotImplemented
        numbers = set()
        for text in values:
            numbers.update(identity.normalise_phone(text) if text else [None])
        return self._full_value_domain("phone_full", numbers, self._phone_condition)

    @api.model
    def _search_display_name(self, operator, value):
        """What is typed into a person's search: the beginning of a name, or a whole number.

        Not any part of a name: no index serves ``ilike`` on names of two characters.
        """
        if operator not in ("like", "ilike") or not value or not isinstance(value, str):
            return super()._search_display_name(operator, value)
        domain = Domain("name", "=like", escape_psql(identity.normalise_name(value)) + "%")
        if any(character.isdigit() for character in value):
            domain |= self._number_domain(value)
        return domain

    @api.model
    def _number_domain(self, text):
        return Domain("id_number", "in", [text]) | Domain("phone", "in", [text])

    @api.model
    def _exact_values(self, operator, value):
        """Read ``ilike`` of the search box as equality, so that nobody finds a number digit by
        digit; anything else that could compare parts of a number is refused.

        :return: ``list`` of searched values, or ``NotImplemented``
        """
        if operator == "in":
            return list(value)
        if operator in ("like", "ilike", "=like", "=ilike"):
            return [value] if value else []
        return NotImplemented

    @api.model
    def _full_value_domain(self, fname, numbers, condition):
        """:param set numbers: normalised values; ``None`` means "no number"
        :param condition: ``callable(column SQL, list)`` -> SQL for the given numbers
        :return: ``Domain`` on the column that its reader has no access to; a plain condition
            on the table, so that indexes serve it also beside other terms of an OR
        """
        numbers = numbers - {""}
        if not numbers:
            return Domain.FALSE
        given = sorted(filter(None, numbers))

        def to_sql(model, alias, query):
            column = model.sudo()._field_to_sql(alias, fname, query)
            terms = [condition(column, given)] if given else []
            if None in numbers:
                terms.append(SQL("%s IS NULL", column))
            return SQL("(%s)", SQL(" OR ").join(terms))

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _id_number_condition(self, column, numbers):
        return SQL("%s IN %s", column, tuple(numbers))

    @api.model
    def _phone_condition(self, column, numbers):
        return SQL(
            "%(column)s IN %(numbers)s OR (strpos(%(column)s, ',') > 0"
            " AND string_to_array(%(column)s, ',') && %(array)s::text[])",
            column=column,
            numbers=tuple(numbers),
            array=list(numbers),
        )
