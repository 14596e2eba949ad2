from odoo import api, fields, models

#: sequence prefix of gathering at the staging places
STAGING_CODE = "STG"


class StockWarehouse(models.Model):
    """Staging (Комплектация): a location, an operation type and a route of their own.

    The location is a sibling of Odoo's Output, so no ordinary delivery reserves from it; the
    route is chosen by contracts of objects only, so ordinary sales go Odoo's own way.
    """

    _inherit = "stock.warehouse"

    smarthome_staging_location_id = fields.Many2one(
        comodel_name="stock.location",
        string="Staging Location",
        check_company=True,
        copy=False,
    )
    smarthome_staging_type_id = fields.Many2one(
        comodel_name="stock.picking.type",
        string="Staging Type",
        check_company=True,
        copy=False,
    )
    smarthome_staging_route_id = fields.Many2one(
        comodel_name="stock.route",
        string="Staging Route",
        ondelete="restrict",
        copy=False,
    )

    @api.model_create_multi
    def create(self, vals_list):
        warehouses = super().create(vals_list)
        warehouses._create_missing_staging()
        return warehouses

    def _create_missing_staging(self):
        """Make what the warehouses lack to gather goods by object; twice equals once."""
        for warehouse in self.sudo():
            warehouse = warehouse.with_company(warehouse.company_id)
            warehouse = warehouse.with_context(
                lang=warehouse.company_id.partner_id.lang or self.env.lang
            )
            if not warehouse.smarthome_staging_type_id:
                warehouse._take_up_former_staging()
            if not warehouse.smarthome_staging_location_id:
                warehouse.smarthome_staging_location_id = warehouse._create_staging_location()
            if not warehouse.smarthome_staging_type_id:
                warehouse.smarthome_staging_type_id = warehouse._create_staging_type()
            if not warehouse.smarthome_staging_route_id:
                warehouse.smarthome_staging_route_id = warehouse._create_staging_route()

    def _take_up_former_staging(self):
        """Use again what uninstalling has archived: its numbers of pickings go on."""
        former = self.with_context(active_test=False)
        types = former.env["stock.picking.type"].search(
            [("warehouse_id", "=", self.id), ("sequence_code", "=", STAGING_CODE)], limit=1
        )
        if not types:
            return
        route = former.env["stock.rule"].search([("picking_type_id", "=", types.id)]).route_id[:1]
        types.active = route.active = True
        route.with_context(active_test=False).rule_ids.active = True
        self.smarthome_staging_type_id = types
        self.smarthome_staging_location_id = types.default_location_dest_id
        self.smarthome_staging_route_id = route

    def _create_staging_location(self):
        return self.env["stock.location"].create(
            {
                "name": self.env._("Staging"),
                "usage": "view",
                "location_id": self.view_location_id.id,
                "company_id": self.company_id.id,
            }
        )

    def _create_staging_type(self):
        """Goods are gathered as soon as they are there, and nothing gathered comes twice."""
        name = self.env._("Staging")
        sequence = self.env["ir.sequence"].create(
            {
                "name": f"{self.name} {name}",
                "prefix": f"{self.code}/{STAGING_CODE}/",
                "padding": 5,
                "company_id": self.company_id.id,
            }
        )
        return self.env["stock.picking.type"].create(
            {
                "name": name,
                "code": "internal",
                "sequence_code": STAGING_CODE,
                "sequence_id": sequence.id,
                "sequence": self.pick_type_id.sequence,
                "warehouse_id": self.id,
                "company_id": self.company_id.id,
                "default_location_src_id": self.lot_stock_id.id,
                "default_location_dest_id": self.smarthome_staging_location_id.id,
                "use_create_lots": False,
                "use_existing_lots": True,
                "create_backorder": "always",
                "active": self.active,
            }
        )

    def _create_staging_route(self):
        """Stock -> staging place by demand, staging place -> client when it is there."""
        customers, _suppliers = self._get_partner_locations()
        route = self.env["stock.route"].create(
            {
                "name": f"{self.name}: {self.env._('Staging by object')}",
                "company_id": self.company_id.id,
                "product_selectable": False,
                "sequence": 5,
            }
        )
        routing = [
            self.Routing(self.lot_stock_id, customers, self.smarthome_staging_type_id, "pull"),
            self.Routing(self.smarthome_staging_location_id, customers, self.out_type_id, "push"),
        ]
        values = {"route_id": route.id, "propagate_carrier": True, "active": self.active}
        self.env["stock.rule"].create(self._get_rule_values(routing, values))
        return route

    def _get_staging_push_rule(self):
        """The rule that sends what is staged on to the client."""
        self.ensure_one()
        return self.smarthome_staging_route_id.sudo().rule_ids.filtered(
            lambda rule: rule.action == "push"
        )[:1]
