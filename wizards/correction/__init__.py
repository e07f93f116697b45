from . import correction_amendment
from . import correction_checkin_record
from . import correction_activity_add
from . import correction_opening
from . import correction_sealed
from . import correction_statistics
from . import correction_statistics_line
