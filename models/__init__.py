from . import common
from . import place
from . import login
from . import case
from . import correction
from . import letter
