from . import attachment
from . import report
from . import verify
