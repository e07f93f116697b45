from . import correction_checkin_record
