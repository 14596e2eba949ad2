from . import test_demo
from . import test_bulk
from . import test_warehouse
