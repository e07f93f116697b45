from . import correction_statistics
from . import correction_statistics_line
