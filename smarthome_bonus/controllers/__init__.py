from . import salary_export
