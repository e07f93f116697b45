from odoo.exceptions import UserError

from ..case.test_case_attacks import rpc
from .measure_case import MeasureCase

REFUSED = UserError  # of which AccessError, MissingError and ValidationError are kinds


class AttackCase(MeasureCase):
    """Calls as the web client makes them, by people who have an account."""

    def call(self, records, method, *args, user=None, **kwargs):
        """:return: what the call gives to the user, by default of the records"""
        result = rpc(records, user or records.env.user, method, *args, **kwargs)
        self.env.flush_all()
        self.env.invalidate_all()
        return result

    def refused(self, records, method, *args, user=None, **kwargs):
        """:return: ``str``: the words of the refusal"""
        with self.assertRaises(REFUSED) as caught, self.env.cr.savepoint():
            self.call(records, method, *args, user=user, **kwargs)
        self.env.invalidate_all()
        return str(caught.exception)
