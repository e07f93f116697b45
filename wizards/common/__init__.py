from . import reveal
from . import ledger_import
from . import number_correct
from . import certificate_wizard
from . import signature
from . import signature_verify
from . import privacy_line
