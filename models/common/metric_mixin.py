from odoo import models


class TownshipMetricMixin(models.AbstractModel):
    """Lets a model declare figures that letters, boards and tables share (design 4.10).

    Two lines are enough::

        _inherit = ["township.metric.mixin"]
        _township_metrics = {"done": Metric("Done", numerator=[("state", "=", "done")])}

    A higher room adds to them by an ``_inherit`` of its own with the metrics it brings.
    """

    _name = "township.metric.mixin"
    _description = "Model with metrics"

    _township_metrics = {}

    def _get_metrics(self):
        """:return: ``dict`` name -> ``Metric`` of all classes this model is made of; the one
        nearest to the model wins"""
        metrics = {}
        for cls in reversed(type(self).mro()):
            metrics.update(vars(cls).get("_township_metrics", {}))
        return metrics

    def _metric_values(self, names, group_by=None, period=None, domain=None):
        """Figures of this model alone; see ``township.metric._evaluate``.

        :param names: iterable of names of metrics this model declares
        :return: ``MetricValues`` by these names
        """
        declared = self._get_metrics()
        unknown = [name for name in names if name not in declared]
        if unknown:
            raise ValueError(f"Model {self._name} declares no metric {unknown[0]!r}.")
        metrics = {name: (self._name, declared[name]) for name in names}
        return self.env["township.metric"]._evaluate(metrics, group_by, period, domain)
