from . import common
from . import login
from . import letter
