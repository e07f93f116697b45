from . import letter_issue
from . import letter_step
