from . import unit
from . import grid
from . import mediator_specialty
from . import committee
from . import mediator
from . import grid_ledger
from . import mediator_ledger
