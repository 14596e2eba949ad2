from markupsafe import Markup

from odoo import api, models
from odoo.tools import format_date

#: what the collector of a transaction is called
COLLECTED = "smarthome.change"
#: what the crew hears of; prices are none of its business
LINE_FIELDS = {"product_id", "product_uom_qty", "product_uom_id", "name"}
DATE_FIELDS = ("smarthome_date_start", "smarthome_date_end")
OBJECT_FIELDS = {"address": "address", "engineer_id": "engineer"}


class SmarthomeChange(models.Model):
    """Gather the changes of one save and tell them as one message, in the same transaction.

    What was is remembered before the first write, what is gets read just before the commit: two
    writes of a line make one change, and one that was taken back makes none.
    """

    _inherit = "smarthome.change"

    @api.model
    def _remember(self, records, snapshots=None):
        """Remember how records were before the save.

        :param records: lines, orders or objects
        :param dict snapshots: by identifier; without it the records are new to the crew
        """
        data = self.env.cr.precommit.data
        if COLLECTED not in data:
            data[COLLECTED] = {}
            self.env.cr.precommit.add(self.sudo()._publish)
        known = data[COLLECTED].setdefault(records._name, {})
        for record in records:
            known.setdefault(record.id, snapshots and snapshots[record.id])

    def _publish(self):
        """Write the changes of the save down and tell them, one message an object."""
        collected = self.env.cr.precommit.data.pop(COLLECTED, {})
        rows = []
        for model in ("sale.order", "sale.order.line", "smarthome.object"):
            rows += self._get_rows(model, collected.get(model, {}))
        former = self._get_former_engineers(collected.get("smarthome.object", {}))
        by_object = {}
        for row in rows:
            by_object.setdefault(row["object_id"], []).append({**row, "user_id": self.env.uid})
        for object_id in self.env["smarthome.object"].browse(by_object).exists().ids:
            changes = self.create(by_object[object_id])
            own = changes.filtered(lambda change: change.engineer_id == self.env.user)
            own.action_mark_read()
            changes._tell(former.get(object_id, self.env["res.users"]))

    def _get_rows(self, model, snapshots):
        """Values of the changes of one model; deleted lines are told of, other records are not."""
        records = self.env[model].browse(snapshots)
        alive = records.exists()
        rows = []
        for record in records if model == "sale.order.line" else alive:
            rows += (record & alive)._get_changes(snapshots[record.id])
        return rows

    def _get_former_engineers(self, snapshots):
        Users = self.env["res.users"]
        return {key: Users.browse(was["engineer_id"]) for key, was in snapshots.items() if was}

    def _tell(self, former):
        """Send the changes of one object to whom they concern, as one message.

        :param former: lead engineer until this save, who hears that he is no more
        """
        record = self.object_id
        users = self._get_readers() | former
        if not users:
            return
        body = Markup("<p>%s, %s</p><ul>%s</ul>") % (
            record._get_html_link(),
            self.env.user.name,
            Markup().join(Markup("<li>%s</li>") % change._to_sentence() for change in self),
        )
        record.message_notify(
            partner_ids=users.partner_id.ids,
            author_id=self.env.user.partner_id.id,
            subject=self.env._("Changes: %(object)s", object=record.display_name),
            body=body,
        )

    def _to_sentence(self):
        """The change as a person reads it: what, old value, new value."""
        self.ensure_one()
        place = f"{self.order_name}: " if self.order_name and self.kind != "contract" else ""
        values = " → ".join(filter(None, (self.old_text or "—", self.new_text or "—")))
        return f"{place}{self.name}" + (f": {values}" if self.old_text or self.new_text else "")

    def _get_readers(self):
        """Users to tell: the lead engineer, and whoever handles goods where goods changed."""
        users = self.object_id.engineer_id
        if any(self.mapped("touches_goods")):
            for role in ("purchasing", "storekeeper"):
                users |= self.env.ref(f"smarthome_base.group_smarthome_{role}").all_user_ids
        company = self.object_id.company_id
        return users.filtered(lambda user: user.active and company in user.company_ids)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        new = lines._get_lines_of_crew()
        if new:
            self.env["smarthome.change"]._remember(new)
        return lines

    def write(self, vals):
        if LINE_FIELDS & vals.keys():
            self._get_lines_of_crew()._remember_lines()
        return super().write(vals)

    def unlink(self):
        self._get_lines_of_crew()._remember_lines()
        return super().unlink()

    def _get_lines_of_crew(self):
        """Lines in sudo of signed proposals of objects, without reductions."""
        return self.sudo().filtered(
            lambda line: (
                line.state == "sale"
                and line.smarthome_kind
                and line.order_id.smarthome_object_id
                and not line.smarthome_reduces_line_id
            )
        )

    def _remember_lines(self):
        if self:
            snapshots = {line.id: line._prepare_snapshot() for line in self}
            self.env["smarthome.change"]._remember(self, snapshots)

    def _prepare_snapshot(self):
        """What the crew knows of the line."""
        return {
            "object_id": self.order_id.smarthome_object_id.id,
            "order_name": self.order_id.name,
            "kind": self.smarthome_kind,
            "name": self.product_id.display_name,
            "text": self.name,
            "quantity": f"{self.product_uom_qty:g} {self.product_uom_id.name}",
        }

    def _get_changes(self, was):
        """Rows of what differs from a snapshot; without one the line is new.

        Called on nothing it tells of a deleted line.

        :return: list of values for ``smarthome.change``
        """
        line = self._get_lines_of_crew()
        now = line._prepare_snapshot() if line else {}
        known = was or now
        if not known or was == now:
            return []
        row = {name: known[name] for name in ("object_id", "order_name", "kind", "name")}
        row["touches_goods"] = "goods" in (known["kind"], now.get("kind"))
        row["old_text"] = was and was["quantity"]
        row["new_text"] = now.get("quantity")
        if was and now and was["name"] != now["name"]:
            row["old_text"] = f"{was['name']}, {was['quantity']}"
            row["new_text"] = f"{now['name']}, {now['quantity']}"
        elif was and now and was["quantity"] == now["quantity"]:
            row["old_text"], row["new_text"] = was["text"], now["text"]
        return [row]


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def write(self, vals):
        """Tell the crew of dates, of signed additional proposals and of cancelled contracts."""
        of_objects = self.sudo().filtered("smarthome_object_id")
        contracts = of_objects.filtered(lambda order: order.state == "sale")
        if contracts and (vals.keys() & set(DATE_FIELDS) or vals.get("state") == "cancel"):
            snapshots = {order.id: order._prepare_snapshot() for order in contracts}
            self.env["smarthome.change"]._remember(contracts, snapshots)
        if vals.get("state") == "cancel":
            contracts.order_line._get_lines_of_crew()._remember_lines()
        result = super().write(vals)
        if vals.get("state") == "sale":
            (of_objects - contracts).filtered("smarthome_main_order_id")._remember_signing()
        return result

    def _remember_signing(self):
        if self:
            self.env["smarthome.change"]._remember(self)
            self.env["smarthome.change"]._remember(self.order_line._get_lines_of_crew())

    def _prepare_snapshot(self):
        """What the crew knows of the contract."""
        return {name: self[name] for name in DATE_FIELDS}

    def _get_changes(self, was):
        """Rows of what differs from a snapshot; without one it was signed just now."""
        row = {"object_id": self.smarthome_object_id.id, "order_name": self.name}
        if self.state != "sale" or was is None:
            sentence = self.env._("%(proposal)s is cancelled", proposal=self.name)
            if self.state == "sale":
                sentence = self.env._("%(proposal)s is signed", proposal=self.name)
            is_known = self.state == "sale" or was
            return [{**row, "kind": "contract", "name": sentence}] if is_known else []
        return [
            {
                **row,
                "kind": "date",
                "name": self._fields[name]._description_string(self.env),
                "old_text": format_date(self.env, was[name]),
                "new_text": format_date(self.env, self[name]),
            }
            for name in DATE_FIELDS
            if was[name] != self[name]
        ]


class SmarthomeObject(models.Model):
    _inherit = "smarthome.object"

    def write(self, vals):
        """Tell the crew of a new address or another lead engineer of an object with a contract."""
        if OBJECT_FIELDS.keys() & vals.keys():
            signed = self.sudo().filtered("is_signed")
            if signed:
                snapshots = {record.id: record._prepare_snapshot() for record in signed}
                self.env["smarthome.change"]._remember(signed, snapshots)
        return super().write(vals)

    def _prepare_snapshot(self):
        """What the crew knows of the object."""
        return {
            "address": self.address or "",
            "engineer": self.engineer_id.name or "",
            "engineer_id": self.engineer_id.id,
        }

    def _get_changes(self, was):
        """Rows of what differs from a snapshot."""
        now = self._prepare_snapshot()
        return [
            {
                "object_id": self.id,
                "kind": kind,
                "name": self._fields[name]._description_string(self.env),
                "old_text": was[kind],
                "new_text": now[kind],
            }
            for name, kind in OBJECT_FIELDS.items()
            if was[kind] != now[kind]
        ]
