from . import common
from . import login
from . import case
from . import correction
from . import letter
