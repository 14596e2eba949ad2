from . import smarthome_reason
from . import smarthome_salary_month
from . import smarthome_salary_terms
