from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

MONTH = "month"
# One axis for all metrics that count "as of now", whatever period is asked for.
NO_AXIS = None


@dataclass(frozen=True)
class Metric:
    """What a figure (指标口径) counts. A model declares its metrics in ``_township_metrics``.

    The records that count at all (``base``) are narrowed to those that ought to be counted
    (``denominator``, 应计数), and of these to those that meet the condition (``numerator``,
    符合数); so a numerator can never exceed its denominator.

    Each of the three is a domain, or a function of the model that returns one, for conditions
    that hang on today.

    :param label: ``str`` or lazy translation, shown beside the figure
    :param base: records the metric is about
    :param numerator: those that meet the condition; empty: all of the denominator
    :param denominator: those that ought to be counted; empty: all of the base
    :param str date_field: the date or datetime a period is measured on; ``None`` for figures
        of this moment (still open, overdue), which no period narrows
    :param bool assessable: may feed an item of a responsibility letter. Off unless the model says
        so: no count of petitions, reports, logins or photos, nothing of corrections, aftercare
        or accusations ever feeds a score (domain 6.7)
    :param str aggregate: ``"field:function"`` that replaces the count of the numerator, e.g.
        ``"amount:sum"``; the denominator stays a count
    """

    label: object
    base: object = ()
    numerator: object = ()
    denominator: object = ()
    date_field: str | None = NO_AXIS
    aggregate: str | None = None
    assessable: bool = False

    def resolve(self, model):
        """:return: ``Conditions`` of this metric today"""
        return Conditions(
            *(
                Domain(part(model) if callable(part) else part)
                for part in (self.base, self.denominator, self.numerator)
            )
        )


class Conditions(NamedTuple):
    """A metric's three domains, resolved."""

    base: Domain
    denominator: Domain
    numerator: Domain

    def domain(self, part):
        """:return: ``Domain`` of the records counted in ``"numerator"`` or ``"denominator"``"""
        counted = self.base & self.denominator
        return counted & self.numerator if part == "numerator" else counted


class MetricValues(dict):
    """``{(metric, group): (numerator, denominator)}``; what was not found is ``(0, 0)``.

    ``group`` is the id of the record grouped by (``False`` for none), the first day of the
    month, the key of a selection, or ``None`` when nothing was grouped by.
    """

    def __init__(self, domains):
        super().__init__()
        self._domains = domains

    def __missing__(self, key):
        return (0, 0)

    @property
    def groups(self):
        """:return: ``list`` of the groups found, in no particular order"""
        return list(dict.fromkeys(group for _metric, group in self))

    def domain(self, metric, group=None, part="numerator"):
        """The records behind one figure: searching it under the same rules gives the figure.

        :param str metric: name the metric was asked for by
        :param group: key of the group
        :param str part: ``"numerator"`` or ``"denominator"``
        :return: ``Domain``
        """
        return self._domains(metric, group, part)


class TownshipMetric(models.AbstractModel):
    """The one evaluator behind letters, boards and official tables (design 4.10).

    Two places that ask for the same metric, period and group get the same figure, and the
    domain behind it opens exactly the records that were counted.
    """

    _name = "township.metric"
    _description = "Metric evaluator"

    def _evaluate(self, metrics, group_by=None, period=None, domain=None):
        """Evaluate any number of metrics with one SQL per base model and date axis, under the
        record rules of the caller.

        :param metrics: iterable of names ``"model:metric"``, or ``dict`` name ->
            ``(model name, Metric)``
        :param str group_by: ``unit``, ``committee``, ``type``, ``mediator``, ``village``,
            ``month``, or a field; ``None`` for one total
        :param tuple period: ``(first day, last day)``, both included; either may be ``None``
        :param domain: narrows every base model further
        :return: :class:`MetricValues`
        :raise AccessError: if the caller may not read a base model
        :raise ValueError: for an unknown metric or group
        """
        metrics = self._named_metrics(metrics)
        extra = Domain(domain or Domain.TRUE)
        values = MetricValues(
            lambda name, group, part: self._domain_behind(
                *metrics[name], group_by, group, period, extra, part
            )
        )
        axes = {}
        for name, (model_name, metric) in metrics.items():
            axes.setdefault((model_name, metric.date_field), {})[name] = metric
        for (model_name, date_field), on_axis in axes.items():
            narrowed = extra & self._period_domain(model_name, date_field, period)
            values.update(self._evaluate_axis(model_name, date_field, on_axis, group_by, narrowed))
        return values

    def _named_metrics(self, metrics):
        """:return: ``dict`` name -> ``(model name, Metric)``"""
        if isinstance(metrics, dict):
            return metrics
        named = {}
        for name in metrics:
            model_name, _colon, key = name.partition(":")
            declared = self.env[model_name]._get_metrics()
            if key not in declared:
                raise ValueError(f"Model {model_name} declares no metric {key!r}.")
            named[name] = (model_name, declared[key])
        return named

    def _evaluate_axis(self, model_name, date_field, metrics, group_by, narrowed):
        """One SQL for all metrics of a model that share a date axis.

        :return: ``dict`` (metric, group) -> (numerator, denominator)
        """
        zone = self.env["township.calendar.day"]._timezone()
        model = self.env[model_name].with_context(tz=zone.key)  # months of a datetime field
        resolved = [metric.resolve(model) for metric in metrics.values()]
        bases = [conditions.base for conditions in resolved]
        shared = bases[0] if all(base == bases[0] for base in bases) else None
        query = model._search((shared if shared is not None else Domain.OR(bases)) & narrowed)
        if query.is_empty():
            return {}
        columns = []
        for metric, conditions in zip(metrics.values(), resolved, strict=True):
            counted = conditions.denominator
            if shared is None:
                counted &= conditions.base
            columns.append(self._filtered(model, query, "__count", counted))
            counted &= conditions.numerator
            columns.append(self._filtered(model, query, metric.aggregate or "__count", counted))
        group = self._group_spec(model, date_field, group_by)
        if group:
            query.groupby = model._read_group_groupby(model._table, group, query)
            columns.insert(0, query.groupby)
        found = {}
        for row in self.env.execute_query(query.select(*columns)):
            key, figures = (row[0], row[1:]) if group else (None, row)
            if group:
                # None of SQL is "no unit"; the month of a datetime field is a datetime
                key = key.date() if isinstance(key, datetime) else key or False
            for name, denominator, numerator in zip(
                metrics, figures[::2], figures[1::2], strict=True
            ):
                found[name, key] = (numerator or 0, denominator)
        return found

    def _filtered(self, model, query, aggregate, domain):
        """:return: ``SQL`` of an aggregate over the rows that match ``domain``"""
        condition = domain.optimize_full(model)
        selected = model._read_group_select(aggregate, query)
        if condition.is_true():
            return selected
        return SQL("%s FILTER (WHERE %s)", selected, condition._to_sql(model, model._table, query))

    def _group_spec(self, model, date_field, group_by):
        """:return: ``str`` as ``_read_group`` understands it, or ``None``"""
        if not group_by:
            return None
        if group_by == MONTH:
            if not date_field:
                raise ValueError("Only metrics with a date field can be grouped by month.")
            return f"{date_field}:{MONTH}"
        return self._group_field(model, group_by)

    def _group_field(self, model, group_by):
        """``unit`` stands for the field ``unit_id``; any field's own name will do as well.

        :return: ``str`` field name
        :raise ValueError: if the model has no such field
        """
        for name in (f"{group_by}_id", group_by):
            if name in model._fields:
                return name
        raise ValueError(f"Model {model._name} cannot be grouped by {group_by!r}.")

    def _period_domain(self, model_name, date_field, period):
        """:return: ``Domain`` of the records whose date lies in the period"""
        if not period or not date_field:
            return Domain.TRUE
        first, last = period
        domain = Domain.TRUE
        if first:
            domain &= Domain(date_field, ">=", self._start_of(model_name, date_field, first))
        if last:
            after = last + timedelta(days=1)
            domain &= Domain(date_field, "<", self._start_of(model_name, date_field, after))
        return domain

    def _start_of(self, model_name, date_field, day):
        """:return: ``date``, or for a datetime field the UTC moment the day starts here"""
        if self.env[model_name]._fields[date_field].type == "date":
            return day
        zone = self.env["township.calendar.day"]._timezone()
        start = datetime.combine(day, time.min, tzinfo=zone)
        return start.astimezone(timezone.utc).replace(tzinfo=None)

    def _domain_behind(self, model_name, metric, group_by, group, period, extra, part):
        domain = metric.resolve(self.env[model_name]).domain(part) & extra
        domain &= self._period_domain(model_name, metric.date_field, period)
        if not group_by:
            return domain
        if group_by == MONTH:
            if not group:
                return domain & Domain(metric.date_field, "=", False)
            last = group + relativedelta(months=1, days=-1)
            return domain & self._period_domain(model_name, metric.date_field, (group, last))
        return domain & Domain(self._group_field(self.env[model_name], group_by), "=", group)
