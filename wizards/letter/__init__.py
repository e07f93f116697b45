from . import letter_issue
from . import letter_step
from . import accountability_step
