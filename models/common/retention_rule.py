from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class TownshipRetentionRule(models.Model):
    """How long the personal data of a kind of record is kept after its end (保存期限, PIP-04): a
    record a township edits, never a number in code."""

    _name = "township.retention.rule"
    _description = "Retention rule"
    _inherit = ["township.mechanism.mixin"]
    _order = "model, company_id, id"

    name = fields.Char(string="Rule name", required=True, translate=True)
    model = fields.Selection("_model_selection", string="Kept records", required=True, index=True)
    number = fields.Integer(string="Length", required=True)
    unit = fields.Selection(
        [("day", "Calendar days"), ("month", "Months"), ("year", "Years")],
        string="Counted in",
        required=True,
        default="year",
    )
    start = fields.Char(string="Counted from what", translate=True)
    basis = fields.Char(translate=True, help="Article of law, standard or local document.")
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Empty: for every township. A township's own rule wins over the shared one.",
    )

    _model_company_unique = models.UniqueIndex(
        "(model, company_id) NULLS NOT DISTINCT",
        "This township has a retention rule for these records already.",
    )
    _number_positive = models.Constraint("CHECK(number > 0)", "A retention needs a length.")

    @api.model
    def _model_selection(self):
        mixin = self.env.registry["township.retention.mixin"]
        names = sorted(
            name
            for name, model in self.env.registry.items()
            if issubclass(model, mixin) and not model._abstract
        )
        return [(name, self.env["ir.model"]._get(name).name) for name in names]

    @api.constrains("model")
    def _check_model(self):
        known = dict(self._model_selection())
        if any(rule.model not in known for rule in self):
            raise ValidationError(self.env._("Records of this kind have no retention."))

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._recount()
        return rules

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"number", "unit", "company_id", "model"}:
            self._recount()
        return result

    def _recount(self):
        """A changed rule holds for what has ended already, too."""
        for name in set(self.mapped("model")):
            waiting = [("retention_start_date", "!=", False), ("anonymised_date", "=", False)]
            records = self.env[name].sudo().search(waiting)
            self.env.add_to_compute(records._fields["retention_date"], records)

    @api.model
    def _of(self, model_name, company):
        """:return: the rule that holds for a township: its own, else the shared one"""
        return self.sudo().search(
            [("model", "=", model_name), ("company_id", "in", (company.id, False))],
            order="company_id, id",
            limit=1,
        )

    def _last_day(self, start):
        """:param date start: the day the record ended
        :return: ``date``, the last day its personal data is kept"""
        return start + relativedelta(**{f"{self.unit}s": self.number})
