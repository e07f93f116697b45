"""What a model declares about its states, and how the declarations of its classes merge."""

from dataclasses import dataclass, replace
from functools import lru_cache


def _names(given):
    return (given,) if isinstance(given, str) and given else tuple(given)


@dataclass(frozen=True, kw_only=True, eq=False)
class Transition:
    """One row of a model's table of transitions: a step that people take.

    A second row of the same name, in another class of the model, adds to it: ``guard``,
    ``before`` and ``after``, and nothing else.

    ``name``: of the step; a button ``action_<name>`` without words takes its label;
    ``source``: states it may start from; ``target``: state it leads to, empty when it stays;
    ``groups``: xml ids, one of them is needed; empty: whoever may write;
    ``guard``: methods of one record that return a ``list`` of what is missing, in words;
    ``holds_in``: states in which what the guards ask must still be true;
    ``before``, ``after``: methods of the whole recordset (sudo), before the guards and after
    the new state;
    ``label``: lazy text, the step's name for people.
    """

    name: str
    source: tuple = ()
    target: str = ""
    groups: tuple = ()
    guard: tuple = ()
    holds_in: tuple = ()
    before: tuple = ()
    after: tuple = ()
    label: str = ""

    def __post_init__(self):
        for part in ("guard", "before", "after"):
            object.__setattr__(self, part, _names(getattr(self, part)))

    @property
    def methods(self):
        """:return: ``tuple`` of the names of all methods it calls"""
        return self.guard + self.before + self.after

    def with_addition(self, other):
        """:return: this step with what another class of the model adds to it
        :raise TypeError: it would replace something"""
        if any((other.source, other.target, other.groups, other.holds_in)) or other.label:
            raise TypeError(f"Step {self.name} exists: a class may add to it, not replace it")
        parts = ("guard", "before", "after")
        return replace(self, **{part: getattr(self, part) + getattr(other, part) for part in parts})


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """What may no longer change of a record in a state, nor of its rows.

    ``fields``: of the record; ``completable``: those of them that may still be filled while they
    are empty; ``rows``: models of rows of which new ones may still be added, and what is empty
    in one be filled in (``ir.attachment`` for scans). All other rows are frozen as they are.
    """

    fields: frozenset = frozenset()
    completable: frozenset = frozenset()
    rows: frozenset = frozenset()

    def __or__(self, other):
        return Frozen(
            fields=self.fields | other.fields,
            completable=self.completable | other.completable,
            rows=self.rows | other.rows,
        )


@lru_cache(maxsize=256)
def merged_transitions(classes):
    """:param tuple classes: the classes a model is made of, the nearest first
    :return: ``dict`` name -> ``Transition``, from the base upward"""
    table = {}
    for cls in reversed(classes):
        for step in vars(cls).get("_transitions", ()):
            known = table.get(step.name)
            table[step.name] = known.with_addition(step) if known else step
    return table


@lru_cache(maxsize=256)
def merged_frozen(classes):
    """:return: ``dict`` state -> ``Frozen``; parameters as :func:`merged_transitions`"""
    table = {}
    for cls in reversed(classes):
        for state, frozen in vars(cls).get("_frozen", {}).items():
            table[state] = table[state] | frozen if state in table else frozen
    return table
