from . import res_users
from . import smarthome_bonus_rule
from . import smarthome_bonus_share
from . import smarthome_bonus
from . import smarthome_bonus_accrual
