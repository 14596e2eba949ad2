"""Months as headings of groups.

Odoo declines them where a language does: «ноября 2026 (32)». A month that stands alone is named:
«ноябрь 2026 (32)»; in languages that do not decline both are the same.
"""

from odoo.models import READ_GROUP_DISPLAY_FORMAT

READ_GROUP_DISPLAY_FORMAT["month"] = "LLLL yyyy"
