# Odoo collects the modules named test_* of this package: each room's are imported here.
from .common import (
    test_access_log,
    test_identity,
    test_person,
)
from .place import (
    test_accounts,
    test_first_login,
    test_units_grids,
)
from .case import (
    test_case_flow,
    test_case_rights,
)
