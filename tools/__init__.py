from . import identity
from . import chinese_forms
from . import printing
