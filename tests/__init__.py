# Odoo collects the modules named test_* of this package: each room's are imported here.
from .common import (
    test_access_log,
    test_catalogue,
    test_deadline,
    test_docs,
    test_document,
    test_flag_deadlines,
    test_guarded_fields,
    test_home,
    test_identity,
    test_ledger_cells,
    test_ledger_import,
    test_ledger_reader,
    test_mechanisms,
    test_metric,
    test_numbering,
    test_overrides,
    test_person,
    test_print_job,
    test_roles,
    test_rooms,
    test_transitions,
    test_translations,
    test_workbook,
    test_workflow,
)
from .place import (
    test_place_import,
    test_units_grids,
)
from .login import (
    test_accounts,
    test_first_login,
)
from .case import (
    test_board,
    test_case_attacks,
    test_case_flow,
    test_case_import,
    test_case_plans,
    test_case_rights,
    test_case_secrecy,
    test_click_everywhere,
    test_demo,
    test_frozen,
    test_import_alias,
    test_intake,
    test_prints,
    test_tours,
)
from .letter import (
    test_assessment,
    test_assessment_rights,
    test_letter,
    test_scoring,
)
