from . import case_end
from . import ledger_export
