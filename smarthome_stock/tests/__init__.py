from . import test_staging
