from . import test_month_name
from . import test_roles
