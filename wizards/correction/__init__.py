from . import correction_opening
