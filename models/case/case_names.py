from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.sql import escape_psql

# The title is a Chinese convention of the files (甲与乙邻里纠纷), whatever the screen's language.
TITLE_JOIN = "与"
TITLE_MORE = "等{number}人"


class TownshipCase(models.Model):
    """What a case is called, and how it is found: by its title, its numbers, its parties."""

    _inherit = "township.case"

    @api.depends("party_ids.name", "party_ids.role", "type_id", "name_typed")
    def _compute_name(self):
        for case in self:
            case.name = case.name_typed or case._derived_name()

    def _inverse_name(self):
        for case in self:
            derived = case._derived_name()
            case.name_typed = case.name if case.name != derived else False
            if derived and not case.name:
                case.name = derived

    def _derived_name(self):
        """:return: ``str`` 甲与乙邻里纠纷, or ``False`` without parties"""
        if not self.party_ids:
            return False
        sides = [self._side_name(role) for role in ("applicant", "respondent")]
        return TITLE_JOIN.join(filter(None, sides)) + (self.type_id._main_type().name or "")

    def _side_name(self, role):
        """:return: ``str`` the first party of a side; with more, how many"""
        parties = self.party_ids.filtered(lambda party: party.role == role)
        return (parties[:1].name or "") + (
            TITLE_MORE.format(number=len(parties)) if len(parties) > 1 else ""
        )

    @api.depends("number", "name")
    def _compute_display_name(self):
        for case in self:
            case.display_name = " ".join(filter(None, [case.number, case.name])) or self.env._(
                "New case"
            )

    @api.model
    def _search_display_name(self, operator, value):
        """By the beginning of a number or of the title (the applicant's name): what an index
        serves."""
        if operator not in ("ilike", "=ilike", "like", "=like") or not value:
            return super()._search_display_name(operator, value)
        pattern = self._prefix_pattern(value)
        return Domain.OR(
            Domain(name, "=like", pattern) for name in ("number", "file_number", "name")
        )

    @api.model
    def _prefix_pattern(self, value):
        """:return: ``str`` for ``=like``: the typed text, literally, then anything"""
        return f"{escape_psql(value.strip())}%"

    @api.depends("party_ids.name", "party_ids.role")
    def _compute_party_names(self):
        for case in self:
            parties = case.party_ids
            names = {
                role: "、".join(party._masked_name() for party in parties if party.role == role)
                for role in ("applicant", "respondent")
            }
            case.applicant_names = names["applicant"]
            case.respondent_names = names["respondent"]
            case.party_search = case.party_id_number = case.party_phone = False

    def _search_party_search(self, operator, value):
        """By a party's exact name or its beginning: the index serves nothing else, and two
        characters make a whole Chinese name."""
        if operator in ("ilike", "=ilike", "like"):
            pattern = self._prefix_pattern(value or "")
            return self._party_domain(Domain("name", "=like", pattern))
        if operator == "in":
            return self._party_domain(Domain("name", "in", list(value)))
        return NotImplemented

    def _search_party_id_number(self, operator, value):
        return self._party_number_domain(Domain("id_number", operator, value))

    def _search_party_phone(self, operator, value):
        return self._party_number_domain(Domain("phone", operator, value))

    @api.model
    def _party_domain(self, domain):
        """Cases with such a party. ``any!``: whether the cases may be seen is asked of the
        cases, by the search that this domain is part of. The companies, which a rule of the
        cases repeats, lead into the index of the parties' names.

        :param domain: ``Domain`` on ``township.case.party``
        """
        if not self.env.su:
            domain &= Domain("company_id", "in", self.env.companies.ids)
        return Domain("party_ids", "any!", domain)

    @api.model
    def _party_number_domain(self, domain):
        """Cases with a party of that complete number. As an array, the few parties are looked
        up first whatever the planner expects of them: it thinks much of a second phone.

        :param domain: ``Domain`` on ``township.case.party``
        """

        def to_sql(model, alias, query):
            parties = model.env["township.case.party"].sudo()
            cases = parties._search(domain, active_test=False).select(
                parties._field_to_sql(parties._table, "case_id")
            )
            return SQL("%s = ANY(ARRAY(%s))", SQL.identifier(alias, "id"), cases)

        return Domain.custom(to_sql=to_sql)
