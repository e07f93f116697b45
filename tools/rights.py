"""Refusing a step to whoever is in none of its groups, in one wording."""

from odoo.exceptions import AccessError


def check_groups(env, action, groups):
    """:param env: of the caller; the system itself may do everything
    :param str action: the step's name for people
    :param groups: xml ids; one of them is needed
    :raise AccessError: says who may do it
    """
    if not env.su and not any(env.user.has_group(group) for group in groups):
        raise refusal(env, action, groups)


def refusal(env, action, groups):
    """:return: the ``AccessError`` of :func:`check_groups`"""
    return AccessError(
        env._(
            "You may not “%(action)s”. Please ask: %(groups)s.",
            action=action,
            groups=", ".join(env.ref(group).sudo().name for group in groups),
        )
    )
