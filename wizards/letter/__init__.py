from . import assessment_answer
from . import letter_issue
from . import letter_step
