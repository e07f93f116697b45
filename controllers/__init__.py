from . import common
from . import place
