from . import identity
from . import amount
from . import chinese_forms
from . import printing
