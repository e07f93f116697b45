from . import case_end
from . import case_export
from . import ledger_import
