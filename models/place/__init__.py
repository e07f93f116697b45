from . import unit
from . import grid
from . import mediator_specialty
from . import committee
from . import mediator
from . import res_users
from . import res_users_apikeys
from . import ir_http
