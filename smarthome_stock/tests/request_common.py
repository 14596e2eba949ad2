from odoo.fields import Command

from .common import SmarthomeStockCommon


class SmarthomeRequestCommon(SmarthomeStockCommon):
    """An object with a lead engineer, goods of two vendors, and the steps of a request."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.object.engineer_id = cls.engineer
        cls.second_vendor = cls.env["res.partner"].create({"name": "Second vendor"})
        cls._set_price(cls.goods, cls.vendor, 65)
        cls.env.company.resource_calendar_id = cls.env["resource.calendar"].create(
            {"name": "Five days", "tz": "UTC"}
        )

    @classmethod
    def _set_price(cls, product, vendor, price, **values):
        return cls.env["product.supplierinfo"].create(
            {
                "partner_id": vendor.id,
                "product_tmpl_id": product.product_tmpl_id.id,
                "price": price,
                **values,
            }
        )

    @classmethod
    def _request(cls, user=None, record=None):
        """What the object's manager asks for by the button."""
        record = (record or cls.object).with_user(user or cls.manager)
        return record.env["purchase.request"].browse(record.action_new_request()["res_id"])

    @classmethod
    def _approve(cls, request):
        request.with_user(cls.manager).button_to_approve()
        request.with_user(cls.engineer).button_approved()
        return request

    @classmethod
    def _request_by_hand(cls, *rows, **values):
        """An approved request with lines: product, quantity, unit."""
        request = cls.env["purchase.request"].create(
            {
                "smarthome_object_id": cls.object.id,
                "requested_by": cls.manager.id,
                "line_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_qty": quantity,
                            "product_uom_id": unit.id,
                        }
                    )
                    for product, quantity, unit in rows
                ],
                **values,
            }
        )
        return cls._approve(request)

    @classmethod
    def _open_wizard(cls, lines, **values):
        Wizard = cls.env["purchase.request.line.make.purchase.order"].with_user(cls.purchasing)
        context = {"active_model": "purchase.request.line", "active_ids": lines.ids}
        return Wizard.with_context(**context).create(values)

    @classmethod
    def _order(cls, lines, quantities=None, **values):
        """Order lines of requests by the wizard.

        :param quantities: typed quantities by product
        :return: the new purchase orders
        """
        wizard = cls._open_wizard(lines, **values)
        for item in wizard.item_ids:
            item.product_qty = (quantities or {}).get(item.product_id, item.product_qty)
        before = cls.env["purchase.order"].search([])
        wizard.make_purchase_order()
        return cls.env["purchase.order"].search([]) - before

    @classmethod
    def _take_in(cls, orders, quantities=None):
        """Confirm orders and receive their goods, all or by product."""
        orders.filtered(lambda order: order.state != "purchase").button_confirm()
        pickings = orders.picking_ids.filtered(lambda one: one.state not in ("done", "cancel"))
        return cls._validate(pickings, quantities)

    @classmethod
    def _get_supply(cls, order):
        """Lines of the supply of a contract, read anew."""
        cls.env.flush_all()
        cls.env["smarthome.object.line"].invalidate_model()
        return cls.env["smarthome.object.line"].browse(order.order_line.ids)
