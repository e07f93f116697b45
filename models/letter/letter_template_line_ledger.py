import re
from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.ledger import cells
from ...tools.scoring import decimal
from ...tools.scoring_reader import BY_HAND, read_scoring
from ..common.ledger_target import Column, LedgerTarget
from .letter_text_mixin import FULL_MARKS

_POINTS = re.compile(r"(\d+(?:\.\d+)?)分?")
_RATE = re.compile(r"(?:不低于|不少于|达到|≥|>=|大于等于)?(\d+(?:\.\d+)?)(%|个百分点)?(?:及?以上)?")


class LetterTemplateLineLedger(LedgerTarget):
    """The item table of a letter (考核表) into one template, which ``template`` names; who sets it
    has asked whether the user may change that one."""

    name = "letter_item"
    columns = {
        "name": Column(kind="text"),
        "standard": Column(kind="text"),
        "weight": Column(kind="points"),
        "target": Column(kind="rate"),
        "rule": Column(kind="text"),
        "evidence": Column(kind="text"),
        "checking_unit_id": Column(kind="record"),
    }

    def __init__(self, model, run=None):
        super().__init__(model, run)
        self.template = None
        self.catalogue = {}  # name -> indicator that is computed
        self.last_sequence = 0
        self.rule_labels = dict(model._fields["rule"]._description_selection(model.env))
        self.planned = Decimal(0)  # points of the rows so far

    def required(self):
        return ["name", "standard"]

    def open(self, data, filename):
        """:raise UserError: no template has been chosen"""
        if not self.template:
            raise UserError(self.env._("Please choose the template that the items go into."))
        self.last_sequence = max(self.template.line_ids.mapped("sequence"), default=0)
        return super().open(data, filename)

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    def read_row(self, entry):
        """Many tables have one column of words only; the template is part of what a row is."""
        super().read_row(entry)
        values = entry.values
        if "name" not in values and "standard" in values:
            values["name"] = values.pop("standard")
        if "name" in values:
            values["name"] = "".join(values["name"].splitlines())
        else:
            entry.reject("required", column=self.label("name"))
        values["template_id"] = self.template.id
        return entry

    def read_points(self, value, key, entry):
        """Full marks: 10, 10分."""
        found = _POINTS.fullmatch(cells.plain(value))
        if not found:
            entry.reject("points_unclear", column=self.label(key), text=cells.raw_text(value))
            return None
        return float(found[1])

    def read_rate(self, value, key, entry):
        """Per cent to be reached: 95, 95%, 0.95 as Excel keeps it; other words are kept as they
        stand and are no figure."""
        found = _RATE.fullmatch(cells.plain(value))
        if not found:
            entry.extra["target_words"] = cells.text_of(value)
            return None
        if isinstance(value, float) and 0 < value <= 1:
            return float(decimal(value) * 100)
        return float(found[1])

    # ------------------------------------------------------------------
    # Looking up
    # ------------------------------------------------------------------

    def find(self, key, texts):
        domain = [("company_id", "=", self.env.company.id)]
        return self.env["township.unit"]._match_names(texts, domain)

    def unknown(self, entry, key, text):
        """The words of a checking unit nobody knows (部门 of another list, several at once) stay
        in the standard; the item is imported without."""
        self.run.warn(entry.row, "no_unit", column=self.label(key), text=text)
        entry.extra["unit_words"] = text
        del entry.values[key]

    def check(self, entries):
        """Items of the catalogue's name take its figure."""
        names = {entry.values.get("name") for entry in entries} - {None}
        indicators = self.env["township.indicator"].search(
            Domain("name", "in", list(names))
            & Domain("kind", "=", "computed")
            & Domain("company_id", "in", (False, self.env.company.id)),
            order="company_id DESC, sequence, id",
        )
        for indicator in indicators:
            self.catalogue.setdefault(indicator.name, indicator)

    # ------------------------------------------------------------------
    # Values
    # ------------------------------------------------------------------

    def vals(self, entry):
        vals = super().vals(entry)
        words = vals.pop("rule", None)
        scoring = read_scoring(words, vals.get("weight", 0))
        if words:
            self.run.aliases[self.label("rule"), words] = self.rule_labels[scoring.rule]
        vals |= scoring._asdict()
        vals |= self.figure(entry, scoring)
        parts = [vals.get("standard"), words, *self.kept_words(entry)]
        vals["standard"] = "\n".join(filter(None, parts)) or False
        self.planned += decimal(vals.get("weight"))
        self.last_sequence += 10
        return {**vals, "sequence": self.last_sequence}

    def figure(self, entry, scoring):
        """:return: ``dict`` of what the catalogue says of an item of this name"""
        indicator = self.catalogue.get(entry.values["name"])
        if not indicator or scoring == BY_HAND:
            return {"kind": "manual"}
        self.run.warn(entry.row, "from_catalogue", name=indicator.name)
        return {"kind": "computed", "metric": indicator.metric, "indicator_id": indicator.id}

    def kept_words(self, entry):
        """:return: ``list`` of what has no field of its own, with its heading"""
        return [
            f"{self.label(key)}：{entry.extra[kept]}"
            for key, kept in (("target", "target_words"), ("checking_unit_id", "unit_words"))
            if kept in entry.extra
        ]

    # ------------------------------------------------------------------
    # What the officer should know
    # ------------------------------------------------------------------

    def import_rows(self, rows):
        """The points of a letter sum to 100: what is missing or too much is told at once."""
        result = super().import_rows(rows)
        total = self.template._weight_sum() + (self.planned if self.run.dry_run else 0)
        if self.template.kind == "letter" and total != FULL_MARKS:
            self.run.warn(None, "points_total", total=f"{total:f}".rstrip("0").rstrip("."))
        return result

    def texts(self):
        return super().texts() | {
            "points_unclear": self.env._(
                "%(column)s: “%(text)s” is no number of points. Please write 10 or 10分."
            ),
            "no_unit": self.env._(
                "%(column)s: there is no unit of the name %(text)s (or several); the words are "
                "kept in the standard."
            ),
            "from_catalogue": self.env._(
                "“%(name)s” is computed, as the catalogue of indicators says."
            ),
            "points_total": self.env._(
                "With these items the points of the template sum to %(total)s, not to 100."
            ),
        }


class TownshipLetterTemplateLine(models.Model):
    """Items of a template have a ledger."""

    _name = "township.letter.template.line"
    _inherit = ["township.letter.template.line", "township.ledger.mixin"]

    _ledger = LetterTemplateLineLedger
