from . import correction_statistics
