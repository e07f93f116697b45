"""The life of an installed addon: an upgrade from the release before keeps the data, and an
uninstall after it leaves a working database. Both commit, so they have a database of their own."""

from . import odoo, upgrade

SHOWN = 40
UNINSTALL = """
env.ref('base.module_township_governance').button_immediate_uninstall()
"""
GONE = """
env.cr.execute("SELECT relname FROM pg_class WHERE relname LIKE 'township%' "
               "AND relkind IN ('r', 'v')")
left = [name for name, in env.cr.fetchall()]
assert not left, f'tables are left: {left}'
assert 'township.case' not in env
env['res.users'].get_views([(False, 'form'), (False, 'list')])
env['res.company'].get_views([(False, 'form')])
user = env['res.users'].create({'name': 'after', 'login': 'after'})
user.partner_id.message_post(body='still works')
"""
UPGRADE = "upgrade from the release before loses nothing"
REMOVE = "uninstall after the upgrade leaves a working database"


def check(database):
    """Yield the name of each step and its problem, empty when it went well."""
    found = upgrade.check(database)
    more = f"\n... and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    yield UPGRADE, "\n".join(["", *found[:SHOWN]]).strip() + more
    for part in (UNINSTALL, GONE):
        # Odoo logs as errors the orders of deletion that it tries in vain.
        if odoo.shell(database, "--log-level=critical", script=part):
            yield REMOVE, f"this failed in ./dev shell\n{part}"
            return
    yield REMOVE, ""
