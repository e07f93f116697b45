import json
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain

UNIT = "unit"
# Instead of a number the records themselves: their number is the figure, and they prove it.
RECORDS = "id:array_agg"


class Figure(NamedTuple):
    """What was counted for an item, and exactly the records behind it as domains in JSON."""

    numerator: float
    denominator: float
    numerator_domain: str
    denominator_domain: str


class TownshipLetter(models.Model):
    """The figures of the system behind the computed items of letters."""

    _inherit = "township.letter"

    def _figures(self, first, last):
        """Count what the computed items of these letters are about, as the system sees it: the
        same figure whoever asks. One SQL per base model and date axis for all letters whose term
        covers the same part of the period.

        :param date first: of the period; a letter's own term narrows it
        :param date last: of the period
        :return: ``dict`` ``township.letter.line`` (sudo) -> :class:`Figure`
        """
        figures = {}
        spans = self.sudo().grouped(
            lambda letter: (max(first, letter.date_from), min(last, letter.date_to))
        )
        for span, letters in spans.items():
            figures.update(letters._figures_of_span(span))
        return figures

    def _figures_of_span(self, span):
        """A figure that no longer feeds any letter counts nothing: the item is not scored."""
        allowed = dict(self.env["township.indicator"]._metric_selection())
        lines = self.line_ids.filtered(
            lambda line: line.kind == "computed" and line.metric in allowed
        )
        evaluator = self.env["township.metric"].sudo()
        asked = {}
        for name, (model, metric) in evaluator._named_metrics(set(lines.mapped("metric"))).items():
            asked[name, "numerator"] = model, replace(metric, aggregate=RECORDS)
            asked[name, "denominator"] = model, replace(metric, numerator=(), aggregate=RECORDS)
        companies = Domain("company_id", "in", self.company_id.ids)
        found = evaluator._evaluate(asked, UNIT, span, companies)

        @cache  # several items of a letter may be about the same
        def figure(metric, unit):
            parts = ("numerator", "denominator")
            records = [found[(metric, part), unit.id][0] or [] for part in parts]
            return Figure(*map(len, records), *map(domain_text, records))

        return {line: figure(line.metric, line.letter_id.unit_id) for line in lines}

    @api.model
    def _open_figure(self, name, metric, domain, number):
        """Open the records behind a figure, as far as the reader's own rights reach.

        :param str name: of the item
        :param str metric: ``"model:metric"``
        :param str domain: of the records, in JSON
        :param number: the figure itself
        :return: action: a list of them, or a note with the number alone
        """
        model_name = (metric or "").partition(":")[0]
        records = self.env[model_name] if domain and model_name in self.env else None
        found = records is not None and records.has_access("read")
        visible = found and records.search_count(json.loads(domain))
        if not visible:
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {
                    "title": name,
                    "message": self.env._(
                        "%(number)s counted; none of them is yours to open.", number=f"{number:g}"
                    ),
                },
            }
        if visible < number:
            name = self.env._(
                "%(item)s: %(visible)s of %(number)s, as far as your rights reach",
                item=name,
                visible=visible,
                number=f"{number:g}",
            )
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model_name,
            "view_mode": "list,form",
            "domain": json.loads(domain),
        }


def domain_text(ids):
    """:return: ``str``: the domain of these records in JSON, whatever becomes of them"""
    return json.dumps([["id", "in", ids]])
