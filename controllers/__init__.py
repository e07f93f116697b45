from . import common
from . import login
