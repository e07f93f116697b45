import json
from datetime import date, datetime
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain

UNIT = "unit"


class Figure(NamedTuple):
    """What was counted for an item, and the records behind it as domains in JSON."""

    numerator: float = 0
    denominator: float = 0
    numerator_domain: str = ""
    denominator_domain: str = ""


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
        metrics = evaluator._named_metrics(sorted(set(lines.mapped("metric"))))
        companies = Domain("company_id", "in", self.company_id.ids)
        values = evaluator._evaluate(metrics, UNIT, span, companies)
        behind = {}  # texts of the records behind a metric in one township, all its units

        def texts(line):
            key = line.metric, line.company_id
            if key not in behind:
                behind[key] = self._texts_behind(*metrics[line.metric], span, line.company_id)
            unit = line.letter_id.unit_id.id
            return [text % unit for text in behind[key]]

        return {
            line: Figure(*values[line.metric, line.letter_id.unit_id.id], *texts(line))
            for line in lines
        }

    @api.model
    def _texts_behind(self, model_name, metric, span, company):
        """:return: ``list`` of the domains behind numerator and denominator in JSON, with ``%d``
            where the unit stands: one text serves all units"""
        evaluator = self.env["township.metric"].sudo()
        unit = evaluator._group_field(self.env[model_name], UNIT)
        own = Domain("company_id", "=", company.id)
        texts = []
        for part in ("numerator", "denominator"):
            domain = evaluator._domain_behind(model_name, metric, None, None, span, own, part)
            rest = domain_text(domain).replace("%", "%%").removeprefix("[")
            texts.append(f'["&", ["{unit}", "=", %d], {rest}')
        return texts

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


def domain_text(domain):
    """:return: ``str``: a domain in JSON; ``json.loads`` gives one that can be searched"""
    return json.dumps(list(domain), default=_plain, ensure_ascii=False)


def _plain(value):
    if isinstance(value, datetime):
        return fields.Datetime.to_string(value)
    if isinstance(value, date):
        return fields.Date.to_string(value)
    return list(value)
