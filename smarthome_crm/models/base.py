from collections import defaultdict

from odoo import api, models
from odoo.tools import ormcache

#: what nobody ties to a record of his, in whatever model: its name, phone or content would show
LINKED = ("res.partner", "ir.attachment")
#: what a form does not show before it is saved either
SHOWN = (
    *LINKED,
    "mail.message",
    "account.move",
    "sale.order",
    "sale.order.line",
    "smarthome.call",
    "smarthome.object",
)


class Base(models.AbstractModel):
    """Refuse links to clients and files of others in every model, also in Odoo's own.

    Odoo shows the name of a linked record to whoever reads the link, and related fields read
    further as the program. Any employee may write a filter of his calendar, a letter or an
    attendee, so identifiers tried one after another would tell all clients and all files.
    Fields that models name in ``_reach_fields`` are looked after by ``smarthome.reach.mixin``.
    """

    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            names = self._get_smarthome_link_names()
            if names:
                values = [self._get_smarthome_defaults(names), *vals_list]
                self._check_smarthome_links(self._collect_smarthome_links(names, values))
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            names = self._get_smarthome_link_names() & vals.keys()
            if names:
                self._check_smarthome_links(self._collect_smarthome_links(names, [vals]))
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        """A form that is not saved yet shows nothing of a record that one may not read."""
        if not self.env.su:
            values_list = [self._get_smarthome_defaults(self._fields), values]
            self._check_smarthome_links(self._collect_smarthome_shown(values_list))
        return super().onchange(values, field_names, fields_spec)

    @api.model
    @ormcache("self._name")
    def _get_smarthome_link_names(self):
        """Names of the fields whose links are checked whenever they are saved."""
        own = getattr(self, "_reach_fields", ())
        return frozenset(
            name
            for name, field in self._fields.items()
            if field.type == "many2one" and field.comodel_name in LINKED and name not in own
        )

    @api.model
    def _get_smarthome_defaults(self, names):
        """Values that the context brings into new records."""
        return {
            key[8:]: value
            for key, value in self.env.context.items()
            if key.startswith("default_") and key[8:] in names
        }

    def _collect_smarthome_links(self, names, values_list):
        """Identifiers, by model, that values tie records to, without those they are tied to."""
        links = defaultdict(set)
        for vals in values_list:
            for name in names & vals.keys():
                if vals[name] and isinstance(vals[name], int):
                    links[self._fields[name].comodel_name].add((self, name, vals[name]))
        return links

    def _collect_smarthome_shown(self, values_list, links=None):
        """Identifiers, by model, that the values of a form would show, those of its lines too."""
        links = defaultdict(set) if links is None else links
        own = getattr(self, "_reach_fields", ())
        for vals in values_list:
            for name in vals.keys() & self._fields.keys() - set(own):
                field, value = self._fields[name], vals[name]
                if field.type in ("one2many", "many2many"):
                    self._collect_smarthome_lines(field, value, links)
                    continue
                model, value = self._get_smarthome_target(field, value, vals)
                if model in SHOWN and isinstance(value, int) and value:
                    links[model].add((self, name, value))
        return links

    def _collect_smarthome_lines(self, field, commands, links):
        """Add what commands of the lines of a form would show, see above."""
        lines = self.env[field.comodel_name]
        for command in commands if isinstance(commands, (list, tuple)) else ():
            if not isinstance(command, (list, tuple)) or len(command) < 2:
                continue
            if command[0] in (0, 1) and isinstance(command[-1], dict):
                line = lines.browse(command[1]) if command[0] == 1 else lines
                if hasattr(line, "_check_reach"):
                    line._check_reach([command[-1]])
                line._collect_smarthome_shown([command[-1]], links)
            elif field.comodel_name in SHOWN and command[0] in (4, 6):
                ids = [command[1]] if command[0] == 4 else command[-1]
                links[field.comodel_name].update(
                    (self, field.name, one) for one in ids if isinstance(one, int)
                )

    @api.model
    def _get_smarthome_target(self, field, value, vals):
        """Model and identifier that a field of any kind of link leads to, or nothing."""
        if field.type == "many2one":
            return field.comodel_name, value
        if field.type == "many2one_reference":
            return vals.get(field.model_field) or self[:1].sudo()[field.model_field], value
        if field.type == "reference" and isinstance(value, str):
            model, _comma, number = value.partition(",")
            return model, int(number) if number.isdecimal() else 0
        return None, None

    @api.model
    def _check_smarthome_links(self, links):
        """Check that the user may read what is linked, unless the record is linked already.

        :param links: model -> {(records, name of the field, identifier)}
        :raise AccessError: he may not
        """
        for model, found in links.items():
            targets = self.env[model]
            if model == "smarthome.object" and not targets.has_access("read"):
                continue  # the warehouse names objects and opens none
            ids = {number for _records, _name, number in found}
            if model == "res.partner":
                ids.discard(self.env.user.partner_id.id)
            targets = targets.browse(ids).exists()
            refused = set((targets - targets._filtered_access("read")).ids)
            for records, name, number in found:
                if number in refused and not records._is_smarthome_linked(name, number):
                    targets.browse(number).check_access("read")

    def _is_smarthome_linked(self, name, number):
        """Whether one of the records leads by a field to an identifier already."""
        values = self.sudo().mapped(name)
        return number in getattr(values, "ids", values)
