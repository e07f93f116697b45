from . import reveal
from . import ledger_import
