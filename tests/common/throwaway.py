"""Throw-away models for tests of the mechanisms."""

from odoo import api


def add_throwaway_model(test_class, model_class, group="base.group_user"):
    """Register a model for the time of one test class or test, with its table and full rights.

    Define ``model_class`` inside the calling method (``_module = None``), call this in
    ``setUpClass`` after ``super()``; the table goes with the class's transaction.

    :param test_class: the ``TransactionCase`` class, or one test of it
    :param model_class: model definition with ``_name``, ``_inherit``, ``_module = None``
    :param str group: external id of the group that gets all rights
    :return: the empty recordset in the superuser's environment
    """
    # Odoo's lint wants no such import at module level.
    from odoo.orm.model_classes import add_to_registry

    registry, name = test_class.registry, model_class._name
    cr = test_class.cr
    add_to_registry(registry, model_class)
    of_class = isinstance(test_class, type)
    clean_up = test_class.addClassCleanup if of_class else test_class.addCleanup
    clean_up(_forget, registry, cr, name)
    registry._setup_models__(cr, [])
    registry.init_models(cr, [name], {"models_to_check": True})
    # Forget what the environments cached of the registry before.
    test_class.env.transaction.reset()
    test_class.env = api.Environment(cr, test_class.env.uid, test_class.env.context)
    test_class.env["ir.model.access"].create(
        {
            "name": name,
            "model_id": test_class.env["ir.model"]._get_id(name),
            "group_id": test_class.env.ref(group).id,
            **dict.fromkeys(["perm_read", "perm_write", "perm_create", "perm_unlink"], True),
        }
    )
    return test_class.env[name]


def _forget(registry, cr, name):
    """Take the model out of the registry and out of its parents."""
    for model_name in list(registry):
        registry[model_name]._inherit_children.discard(name)
    del registry[name]
    registry._setup_models__(cr, [])
