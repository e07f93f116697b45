from . import case_end
