from . import test_chromium
from . import test_engine
from . import test_font
from . import test_http
from . import test_report
from . import test_resource
