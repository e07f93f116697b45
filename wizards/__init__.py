from . import common
from . import login
from . import case
from . import letter
