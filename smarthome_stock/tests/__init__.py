from . import test_staging
from . import test_popularity
from . import test_catalog
from . import test_price_history
from . import test_outdated_costs
from . import test_import_vendor_prices
from . import test_extra
