from .common import SmarthomeStockCommon


class SmarthomeShippedCommon(SmarthomeStockCommon):
    """What is added to shipments of the object, and how it is looked at."""

    @classmethod
    def _add(cls, product, quantity, user=None, picking=None, **values):
        """Add goods to a shipment of the object by the small form.

        :return: the picking
        """
        wizard = cls.env["smarthome.add.goods"].with_user(user or cls.storekeeper)
        action = wizard.create(
            {
                "object_id": cls.object.id,
                "picking_id": picking.id if picking else False,
                "product_id": product.id,
                "quantity": quantity,
                **values,
            }
        ).action_add()
        return cls.env["stock.picking"].browse(action["res_id"])

    @classmethod
    def _ship_all(cls, order):
        """Gather and ship whatever is open for a contract."""
        cls._pick(order)
        cls._ship(order)

    @classmethod
    def _get_extras(cls, order):
        return order.order_line.filtered("smarthome_extra_state")

    @classmethod
    def _get_facts(cls):
        """Facts of the profit statement by code, without zeros."""
        return {row["code"]: row["fact"] for row in cls.object._get_profit_rows() if row["fact"]}

    @classmethod
    def _get_codes(cls):
        return [row["code"] for row in cls.object._get_closing_obstacles()]
