from . import res_users
from . import smarthome_bonus_rule
from . import smarthome_bonus_share
from . import smarthome_bonus
from . import smarthome_bonus_accrual
from . import hr_version
from . import smarthome_salary_statement
from . import smarthome_salary_making
