from . import correction_amendment
