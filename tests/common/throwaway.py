"""Throw-away models for tests of the mechanisms."""

from odoo import api

VERBS = {"r": "perm_read", "w": "perm_write", "c": "perm_create", "d": "perm_unlink"}


def add_throwaway_model(test_class, model_class, group="base.group_user"):
    """Register one model with full rights; see :func:`add_throwaway_models`.

    :param str group: external id of the group that gets all rights
    :return: the empty recordset in the superuser's environment
    """
    name = model_class._name
    [model] = add_throwaway_models(test_class, [model_class], {name: {group: "rwcd"}})
    return model


def add_throwaway_models(test_class, classes, rights):
    """Register models for the time of one test class or test, with their tables and rights.

    Define the classes inside the calling method (``_module = None``), call this in
    ``setUpClass`` after ``super()``; the tables go with the class's transaction.

    :param test_class: the ``TransactionCase`` class, or one test of it
    :param classes: definitions of models and, after them, extensions of these
    :param dict rights: model name -> group -> letters of what it may: read, write, create, delete
    :return: ``list`` of the empty recordsets in the superuser's environment
    """
    # Odoo's lint wants no such import at module level.
    from odoo.orm.model_classes import add_to_registry

    registry, cr = test_class.registry, test_class.cr
    names = list(dict.fromkeys(model_class._name for model_class in classes))
    for model_class in classes:
        add_to_registry(registry, model_class)
    of_class = isinstance(test_class, type)
    clean_up = test_class.addClassCleanup if of_class else test_class.addCleanup
    clean_up(_forget, registry, cr, names)
    registry._setup_models__(cr, [])
    registry.init_models(cr, names, {"models_to_check": True})
    # Forget what the environments cached of the registry before.
    test_class.env.transaction.reset()
    test_class.env = api.Environment(cr, test_class.env.uid, test_class.env.context)
    env = test_class.env
    env["ir.model.access"].create(
        [
            {
                "name": name,
                "model_id": env["ir.model"]._get_id(name),
                "group_id": env.ref(group if "." in group else f"township_governance.{group}").id,
                **{perm: letter in letters for letter, perm in VERBS.items()},
            }
            for name, groups in rights.items()
            for group, letters in groups.items()
        ]
    )
    return [env[name] for name in names]


def _forget(registry, cr, names):
    """Take the models out of the registry and out of their parents."""
    for model_name in list(registry):
        registry[model_name]._inherit_children.difference_update(names)
    for name in names:
        del registry[name]
    registry._setup_models__(cr, [])
