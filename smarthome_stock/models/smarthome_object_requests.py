from datetime import datetime, time, timedelta

import pytz

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

#: how far back a working day is looked for in the company's calendar
CALENDAR_DAYS = 60


class SmarthomeObject(models.Model):
    """Requests to purchasing: what the contracts of an object still need."""

    _inherit = "smarthome.object"

    request_ids = fields.One2many(
        comodel_name="purchase.request",
        inverse_name="smarthome_object_id",
        string="Requests to Purchasing",
    )
    request_count = fields.Integer(
        string="Number of Requests",
        compute="_compute_request_count",
    )

    def write(self, vals):
        """Requests wait for the lead engineer of now, not for the former one."""
        result = super().write(vals)
        if "engineer_id" in vals:
            waiting = self.sudo().request_ids.filtered(lambda one: one.state == "to_approve")
            for request in waiting:
                request._finish_activities()
                request._ask_approver(request._get_approver())
        return result

    def _release_from(self, user):
        """A former manager follows the requests no longer."""
        super()._release_from(user)
        self.request_ids.message_unsubscribe(partner_ids=user.partner_id.ids)

    def _compute_request_count(self):
        groups = self.env["purchase.request"]._read_group(
            [("smarthome_object_id", "in", self.ids)], ["smarthome_object_id"], ["__count"]
        )
        counts = {record.id: count for record, count in groups}
        for record in self:
            record.request_count = counts.get(record._origin.id, 0)

    def action_open_requests(self):
        """Open the requests of the object."""
        return self._open_related("smarthome_stock.purchase_request_action", "smarthome_object_id")

    def action_new_request(self):
        """Propose what the contracts still need, in the user's draft or in a new one.

        Pressed twice it asks once: what stands in the draft is requested already. A request goes
        to one warehouse; what another one needs is asked for next.

        :return: action of the request's form
        """
        self.ensure_one()
        self._check_may_request()
        self._check_still_open()
        self._ask_for_missing()
        needs = self._prepare_request_lines()
        ids = [vals["smarthome_sale_line_id"] for vals in needs]
        warehouse = self.env["sale.order.line"].sudo().browse(ids).order_id.warehouse_id
        request = self._find_draft_request(warehouse)
        if needs and not request:
            request = request.create(self._prepare_request_values(warehouse))
        request_form = {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "smarthome_stock.purchase_request_action"
            ),
            "views": [(False, "form")],
            "view_mode": "form",
        }
        if not request:
            return {**request_form, "context": {"default_smarthome_object_id": self.id}}
        request._add_needs(needs)
        return {**request_form, "res_id": request.id}

    def _check_may_request(self):
        """Check that the user leads the object, as its manager, engineer or head.

        :raise AccessError: he does not
        :raise UserError: nothing is signed yet
        """
        self.check_access("read")
        user = self.env.user
        leads = user in (self.user_id, self.engineer_id) or user._smarthome_has_role("head")
        if not leads:
            raise AccessError(
                self.env._(
                    "Goods are requested by the manager and the lead engineer of the object."
                )
            )
        if not self.sudo()._get_signed_orders():
            raise UserError(self.env._("No proposal is signed."))

    def _find_draft_request(self, warehouse):
        """The user's draft for a warehouse, any of his where nothing is needed."""
        domain = Domain("smarthome_object_id", "=", self.id) & Domain("state", "=", "draft")
        domain &= Domain("requested_by", "=", self.env.uid)
        if warehouse.in_type_id:
            domain &= Domain("picking_type_id", "=", warehouse.in_type_id.id)
        return self.env["purchase.request"].search(domain, limit=1)

    def _prepare_request_values(self, warehouse):
        """Values of a new request, without lines.

        :param warehouse: to which the goods are to come
        """
        self.ensure_one()
        values = {
            "smarthome_object_id": self.id,
            "company_id": self.company_id.id,
            "origin": self.number,
        }
        if warehouse.in_type_id:
            values["picking_type_id"] = warehouse.in_type_id.id
        return values

    def _prepare_request_lines(self):
        """What each line of the contracts needs beyond what is shipped, staged and requested.

        :return: list of values of lines for one warehouse, in the products' units
        """
        self.ensure_one()
        rows = self.env["smarthome.object.line"].sudo()
        rows.invalidate_model()
        rows = rows.search([("object_id", "=", self.id), ("to_request_quantity", ">", 0)])
        origins = self.env["sale.order.line"].sudo().browse(rows.ids)
        warehouse = origins.order_id.warehouse_id[:1]
        dates = {order: self._get_needed_date(order) for order in origins.order_id}
        return [
            self._prepare_request_line(origin, row.to_request_quantity, dates[origin.order_id])
            for origin, row in zip(origins, rows, strict=True)
            if origin.order_id.warehouse_id == warehouse
        ]

    def _prepare_request_line(self, origin, quantity, needed):
        """Values of a line of a request.

        :param origin: line of a contract
        :param quantity: in the unit of that line
        :param needed: day by which the goods must be here
        """
        product = origin.product_id
        return {
            "product_id": product.id,
            "name": product.display_name,
            "product_qty": origin.product_uom_id._compute_quantity(quantity, product.uom_id),
            "product_uom_id": product.uom_id.id,
            "date_required": needed,
            "smarthome_sale_line_id": origin.id,
        }

    def _get_needed_date(self, order):
        """When goods of a contract must be here: some working days before the installation."""
        today = fields.Date.context_today(self)
        start = order.smarthome_date_start or self.work_date_start
        if not start:
            return today
        return max(order.company_id._get_working_day_before(start), today)


class ResCompany(models.Model):
    _inherit = "res.company"

    smarthome_request_days = fields.Integer(
        string="Goods before Installation",
        default=3,
        help="Working days before the start of installation by which requested goods are needed.",
    )

    def _get_working_day_before(self, day):
        """The day so many working days before a day, by the company's calendar.

        :param day: date of the start of installation
        """
        self.ensure_one()
        count = self.smarthome_request_days
        if count <= 0:
            return day
        calendar = self.resource_calendar_id
        zone = pytz.timezone(calendar.tz or "UTC")
        begin = zone.localize(datetime.combine(day - timedelta(days=CALENDAR_DAYS), time.min))
        end = zone.localize(datetime.combine(day, time.min)) - timedelta(seconds=1)
        unusual = calendar._get_unusual_days(begin, end, self)
        working = sorted(name for name, is_unusual in unusual.items() if not is_unusual)
        if len(working) < count:
            return day - timedelta(days=count)
        return fields.Date.to_date(working[-count])


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    smarthome_request_days = fields.Integer(
        related="company_id.smarthome_request_days",
        readonly=False,
    )


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_smarthome_new_request(self):
        """Ask purchasing for what the object of this contract still needs."""
        self.ensure_one()
        return self.smarthome_object_id.action_new_request()


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    smarthome_request_line_ids = fields.One2many(
        comodel_name="purchase.request.line",
        inverse_name="smarthome_sale_line_id",
        string="Requested",
        copy=False,
    )
