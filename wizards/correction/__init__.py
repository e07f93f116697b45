from . import correction_opening
from . import correction_sealed
