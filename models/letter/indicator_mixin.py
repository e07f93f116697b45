from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.scoring import BandError, Item, parse_bands

KINDS = [("computed", "Computed"), ("manual", "Scored by hand"), ("veto", "Veto")]
RULES = [
    ("full_or_zero", "Full or zero"),
    ("proportional", "Proportional"),
    ("deduct_per_event", "Deducted per event"),
    ("banded", "Banded"),
    ("manual", "By hand"),
]
POINTS = (6, 2)


class TownshipIndicatorMixin(models.AbstractModel):
    """What an indicator is (考核指标), wherever it stands: in the catalogue, in a template, in a
    letter. A letter holds copies, so that what was issued never changes with the catalogue
    (domain 5.2, 5.3)."""

    _name = "township.indicator.mixin"
    _description = "Indicator"

    name = fields.Char(string="Indicator", required=True)
    kind = fields.Selection(KINDS, string="Indicator kind", required=True, default="manual")
    metric = fields.Selection("_metric_selection", string="Figure of the system")
    rule = fields.Selection(RULES, string="Scoring rule", required=True, default="manual")
    weight = fields.Float(digits=POINTS, aggregator="sum", help="Full marks of the item.")
    target = fields.Float(
        string="Target value",
        digits=(10, 2),
        default=100,
        aggregator=None,
        help="Per cent to be reached, for a rate.",
    )
    deduction = fields.Float(
        string="Deduction per event", digits=POINTS, aggregator=None, help="Points off per event."
    )
    bands = fields.Char(help="From the highest: per cent reached, colon, points: 95:10；90:8；80:5")
    standard = fields.Text(help="How it is scored, in the words of the letter.")
    evidence = fields.Char(string="Evidence wanted")
    checking_unit_id = fields.Many2one(
        "township.unit", string="Checking unit", index="btree_not_null"
    )
    veto_basis_id = fields.Many2one(
        "township.letter.basis",
        string="Basis of the veto",
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.model
    def _metric_selection(self):
        """:return: the figures that may feed a letter, of every room below"""
        return [
            (f"{name}:{key}", self.env._(metric.label))
            for name in sorted(self.env.registry.descendants(["township.metric.mixin"], "_inherit"))
            if not self.env[name]._abstract
            for key, metric in self.env[name]._get_metrics().items()
            if metric.assessable
        ]

    @api.model
    def _item_fields(self):
        """:return: ``list`` of the fields a copy takes over"""
        return list(self.env["township.indicator.mixin"]._fields.keys() - models.MAGIC_COLUMNS)

    def _item_vals(self):
        """:return: ``dict`` for ``create`` of a copy of this one item"""
        names = [name for name in self._item_fields() if self._fields[name].store]
        return {
            name: self[name].id if self._fields[name].type == "many2one" else self[name]
            for name in names
        }

    def _item(self):
        """:return: ``tools.scoring.Item`` of this one item"""
        return Item(
            rule=self.rule,
            weight=self.weight,
            target=self.target,
            deduction=self.deduction,
            bands=self.bands or "",
        )

    @api.onchange("kind")
    def _onchange_kind(self):
        if self.kind == "veto":
            self.update({"rule": "manual", "weight": 0, "metric": False})
        elif self.kind == "computed" and self.rule == "manual":
            self.rule = "proportional"
        elif self.kind == "manual":
            self.metric = False

    @api.constrains("kind", "metric", "rule", "weight", "target", "deduction", "bands")
    def _check_item(self):
        for item in self:
            problem = item._item_problem()
            if problem:
                raise ValidationError(
                    self.env._("“%(item)s”: %(problem)s", item=item.name, problem=problem)
                )

    def _item_problem(self):
        """:return: ``str`` what is wrong with this item, or ``None``"""
        if self.weight < 0 or self.deduction < 0:
            return self.env._("points cannot be negative.")
        if self.kind == "veto" and self.weight:
            return self.env._("a veto has no points.")
        if self.kind == "computed" and not self.metric:
            return self.env._("please choose the figure it is computed from.")
        if self.metric and self.metric not in dict(self._metric_selection()):
            return self.env._("this figure feeds no letter.")
        if self.kind == "computed" and self.rule == "manual":
            return self.env._("a computed item needs a rule other than by hand.")
        if self.rule == "proportional" and self.target <= 0:
            return self.env._("a proportional item needs a target above zero.")
        if self.rule == "deduct_per_event" and not self.deduction:
            return self.env._("please say how many points each event costs.")
        if self.rule == "banded":
            try:
                parse_bands(self.bands or "", self.weight)
            except BandError as error:
                return self.env._(
                    "“%(bands)s” are no bands. Write them from the highest, with points that "
                    "never exceed the weight, for example 95:10；90:8；80:5.",
                    bands=str(error),
                )
        return None
