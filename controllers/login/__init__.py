from . import account_slips
from . import password
