from . import account_create
from . import account_create_line
