from odoo import api, models


class TownshipLedgerMixin(models.AbstractModel):
    """A model with a ledger that officers import: it names the plain class that knows how,
    ``_ledger = VisitLedger`` (see ``ledger_target``)."""

    _name = "township.ledger.mixin"
    _description = "Importable ledger"
    _inherit = ["township.mechanism.mixin"]

    _ledger = None

    @api.model
    def _targets(self):
        """:return: ``dict`` name of a target -> name of its model, of all that have a ledger"""
        found = {}
        for name in self.env.registry.descendants(["township.ledger.mixin"], "_inherit"):
            model = self.env[name]
            if not model._abstract and model._ledger:
                found[model._ledger.name or name] = name
        return found

    @api.model
    def _target_selection(self):
        """:return: the targets as a selection, named after their models"""
        label = self.env["ir.model"]._get
        return [(target, label(name).name) for target, name in self._targets().items()]

    @api.model
    def _may_import(self):
        """:return: ``bool``, whether the user may import this model's ledger"""
        groups = ",".join(self._ledger.groups)
        return self.env.su or (self.env.user.has_groups(groups) and self.has_access("create"))

    @api.model
    def _lacking_parts(self):
        lacking = super()._lacking_parts()
        return lacking if self._ledger else [*lacking, "_ledger, the class that imports its ledger"]
