from . import test_access
from . import test_approval
from . import test_contract
from . import test_proposal_goods
from . import test_version
from . import test_works
from . import test_works_performance
from . import test_works_properties
