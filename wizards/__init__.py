from . import common
from . import place
from . import case
