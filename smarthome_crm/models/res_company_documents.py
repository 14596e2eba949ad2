from odoo import fields, models

from ..tools.file_policy import types_of_list

#: programs and scripts, which no client has reason to send
REFUSED_TYPES = (
    "exe, com, bat, cmd, scr, pif, msi, dll, cpl, hta, js, jse, vbs, vbe, wsf, wsh, ps1, lnk, "
    "reg, chm, jar, apk, sh, php"
)


class ResCompany(models.Model):
    """What files the folders of objects take."""

    _inherit = "res.company"

    smarthome_file_limit = fields.Integer(
        string="Largest File (MB)",
        default=50,
        help="Larger files are not taken into the folders of objects.",
    )
    smarthome_refused_types = fields.Char(
        string="Refused Types of Files",
        default=REFUSED_TYPES,
        help="Extensions that the folders of objects do not take, separated by commas. A file is "
        "judged by its content too, whatever its name says.",
    )

    _smarthome_file_limit_positive = models.Constraint(
        "CHECK(smarthome_file_limit > 0)", "The largest size of a file must be above zero."
    )

    def _smarthome_get_refused_types(self):
        """Refused types of files, as a set of extensions."""
        self.ensure_one()
        return types_of_list(self.smarthome_refused_types)
