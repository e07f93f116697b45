"""Encryption at rest: persons whose numbers are encrypted, against the same persons in clear.

Both tables are made for the time of the measuring and are alike but for the mixin of the person.
"""

from datetime import date, timedelta

from odoo import models

from ..tools import identity
from .data import ID_AREA
from .measure import Figure, compete, undone

CREATED, KNOWN, PAGE, SEARCHES = 1_000, 5_000, 80, 200
NUMBERS_PER_DAY = 1_000
SHOWN = ("name", "gender", "birth_date", "id_number", "phone", "address", "display_name")
MIXINS = ("township.person.encrypted.mixin", "township.person.mixin")


def figures(bench):
    """:return: ``list`` of figures of encryption"""
    env = bench.env
    with undone(env):
        names = [register(env, mixin) for mixin in MIXINS]
        try:
            return measure(env(context={}), names)
        finally:
            forget(env, names)


def register(env, mixin):
    """:return: ``str``, name of a new model of persons, which has its table"""
    from odoo.orm.model_classes import add_to_registry

    class Person(models.Model):
        _name = mixin.replace("township.", "township.bench.")
        _description = "Person of the benchmark"
        _inherit = [mixin, "mail.thread", "mail.activity.mixin"]
        _module = None

    add_to_registry(env.registry, Person)
    env.registry._setup_models__(env.cr, [])
    env.registry.init_models(env.cr, [Person._name], {"models_to_check": True})
    env.transaction.reset()
    return Person._name


def forget(env, names):
    """Take the models out of the registry again."""
    for model in env.registry.values():
        model._inherit_children.difference_update(names)
    for name in names:
        del env.registry[name]
    env.registry._setup_models__(env.cr, [])
    env.transaction.reset()


def person(number):
    """:return: ``dict`` for ``create`` of a person whom nobody else shares a number with"""
    day = date(1960, 1, 1) + timedelta(number // NUMBERS_PER_DAY)
    body = f"{ID_AREA}{day:%Y%m%d}{number % NUMBERS_PER_DAY:03d}"
    return {
        "name": "王伟强",
        "id_number": body + identity.check_character(body),
        "phone": f"{13000000000 + number}",
        "address": "东沟村四组",
    }


def measure(env, names):
    """:param names: of the encrypted and the plain model
    :return: ``list`` of figures"""
    sides = [env[name] for name in names]
    for side in sides:
        side.create([person(number) for number in range(KNOWN)])
        env.flush_all()
        env.cr.execute(f"ANALYZE {side._table}")
    created = [person(number) for number in range(KNOWN, KNOWN + CREATED)]
    wanted = [person(number * 17)["id_number"] for number in range(SEARCHES)]
    specification = {name: {} for name in SHOWN}

    def create(side):
        side.create(created)

    def show(side):
        page = side.web_search_read([], specification, limit=PAGE)
        assert len(page["records"]) == PAGE and "*" in page["records"][0]["phone"]

    def search(side):
        for number in wanted:
            assert len(side.search([("id_number", "=", number)])) == 1

    return [
        compared(env, name, function, sides, limit, repeats)
        for name, function, limit, repeats in (
            (f"cipher: {CREATED:,} persons created, encrypted against plain", create, 1.3, 7),
            (f"cipher: page of {PAGE} masks, encrypted against plain", show, 1.4, 25),
            (f"cipher: {SEARCHES} exact searches, encrypted against plain", search, 1.2, 25),
        )
    ]


def compared(env, name, function, sides, limit, repeats):
    """:return: ``Figure`` of the function on the encrypted side against the plain one"""
    (seconds, _queries), (base, _same) = compete(
        env, *[lambda side=side: function(side) for side in sides], repeats=repeats
    )
    return Figure.at_most(name, seconds, base, limit)
