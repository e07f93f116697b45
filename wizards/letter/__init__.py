from . import ledger_import
from . import assessment_answer
from . import letter_issue
from . import letter_step
from . import letter_countersign
from . import accountability_step
from . import letter_papers
from . import letter_papers_line
