from odoo.fields import Command

from odoo.addons.smarthome_crm.tests.common import SmarthomeCrmCommon


class SmarthomeStockCommon(SmarthomeCrmCommon):
    """A warehouse, goods at average cost, and what is done with them every day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        cls.stock = cls.warehouse.lot_stock_id
        cls.goods_category = cls.env["product.category"].create(
            {"name": "Goods at average cost", "property_cost_method": "average"}
        )
        cls.vendor = cls.env["res.partner"].create({"name": "Vendor"})
        cls.goods = cls._create_goods("ST-1", 100, 0)
        cls.work = cls._create_work("W-ST", 10, 4)

    @classmethod
    def _create_goods(cls, code, price, cost, category=None, **values):
        category = category or cls.goods_category
        return super()._create_goods(code, price, cost, category, **values)

    @classmethod
    def _receive(cls, *rows, vendor=None):
        """Buy goods and take them in: rows of product, quantity, price.

        :return: the done receipt
        """
        order = cls.env["purchase.order"].create(
            {
                "partner_id": (vendor or cls.vendor).id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_qty": quantity,
                            "price_unit": price,
                            "tax_ids": [Command.clear()],
                        }
                    )
                    for product, quantity, price in rows
                ],
            }
        )
        order.button_confirm()
        return cls._validate(order.picking_ids)

    @classmethod
    def _sign(cls, *goods, **values):
        """A signed contract of the object with lines (product, quantity)."""
        order = cls._create_proposal(*goods, **values)
        order.action_confirm()
        return order

    @classmethod
    def _get_open_pickings(cls, order, picking_type):
        return order.picking_ids.filtered(
            lambda picking: (
                picking.picking_type_id == picking_type and picking.state not in ("done", "cancel")
            )
        )

    @classmethod
    def _pick(cls, order, quantities=None, user=None):
        """Put goods of a contract into the staging place: all, or quantities by product.

        :return: the pickings
        """
        pickings = cls._get_open_pickings(order, cls.warehouse.smarthome_staging_type_id)
        return cls._validate(pickings, quantities, user)

    @classmethod
    def _ship(cls, order, quantities=None, user=None):
        """Ship what is staged for a contract: all, or quantities by product.

        :return: the pickings
        """
        pickings = cls._get_open_pickings(order, cls.warehouse.out_type_id)
        return cls._validate(pickings, quantities, user)

    @classmethod
    def _validate(cls, pickings, quantities=None, user=None):
        """Validate pickings; what is left becomes a backorder."""
        pickings = pickings.with_user(user) if user else pickings
        pickings.action_assign()
        for move in pickings.move_ids:
            if quantities is not None:
                move.quantity = quantities.get(move.product_id, 0)
            move.picked = move.quantity > 0
        pickings.with_context(skip_backorder=True).button_validate()
        return pickings

    @classmethod
    def _take_back(cls, picking, quantities):
        """Return goods of a done picking: quantities by product.

        :return: the done return
        """
        wizard = cls.env["stock.return.picking"].create({"picking_id": picking.id})
        for line in wizard.product_return_moves:
            line.quantity = quantities.get(line.product_id, 0)
        return cls._validate(wizard._create_return())

    @classmethod
    def _get_place(cls, record=None):
        """The staging place of an object."""
        return (record or cls.object)._get_staging_location(cls.warehouse)

    @classmethod
    def _count(cls, product, location):
        """Quantity of a product in a location."""
        quants = cls.env["stock.quant"]._gather(product, location)
        return sum(quants.mapped("quantity"))
