from odoo.tools import SQL

from . import tools
from . import models
from . import wizards
from . import controllers


def post_init_hook(env):
    """Make what each township seals with, and fill the one of the demo data: its cases,
    corrections and letters walk through the real steps."""
    for company in env["res.company"].search([]):
        env["township.certificate"]._ensure(company)
    if env.ref("base.module_township_governance").demo:
        from .demo.case import cases
        from .demo.correction import room
        from .demo.letter import letters

        cases.load(env)
        room.load(env)
        letters.load(env)


def uninstall_hook(env):
    """Clocks hold on to their rules (a rule in use cannot be deleted): let go before all goes."""
    for model in env["township.deadline.flag"]._deadline_models():
        env.cr.execute(SQL("UPDATE %s SET deadline_rule_id = NULL", SQL.identifier(model._table)))
