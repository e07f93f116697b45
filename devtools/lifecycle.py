"""The life of an installed addon: an upgrade keeps the data, an uninstall leaves a working
database. Both commit, so they run in Odoo's shell after the tests, on the same database."""

from . import odoo
from .base import ADDON

FILL = """
case = env['township.case'].create({
    'name': 'lifecycle', 'type_id': env.ref('township_governance.case_type_02').id,
    'party_ids': [(0, 0, {'name': '王某', 'phone': '13800000000'})]})
case.action_register()
env.ref('township_governance.rule_mediation_standard').number = 25
env.cr.commit()
"""
KEPT = """
case = env['township.case'].search([('name', '=', 'lifecycle')])
assert case.state == 'registered' and case.number and case.clock_ids, 'the case has changed'
assert case.party_ids.sudo().phone_full == '13800000000', 'the phone has changed'
rule = env.ref('township_governance.rule_mediation_standard')
assert rule.number == 25, 'the upgrade has overwritten an edited rule'
"""
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
STEPS = (
    ("upgrade keeps the data", (FILL, "-u", KEPT)),
    ("uninstall leaves a working database", (UNINSTALL, GONE)),
)


def check(database):
    """Run the steps; yield the name of each and its problem, empty when it went well."""
    for name, parts in STEPS:
        problem = ""
        for part in parts:
            if part == "-u":
                odoo.once(database, "-u", ADDON)
            elif odoo.shell(database, "--log-level=error", script=part):
                problem = f"{name}: this failed in ./dev shell\n{part}"
                break
        yield name, problem
        if problem:
            return
