from . import test_accrual
from . import test_bonus
from . import test_closing_performance
from . import test_salary
from . import test_meter
from . import test_autopsy
from . import test_bonus_report
