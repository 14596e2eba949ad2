from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon


def deliver(site):
    """Where a warehouse is installed, all that is signed is gathered, shipped, installed."""
    site = site.sudo()
    if "picking_ids" not in site.order_ids._fields:
        return
    quants = site.env["stock.quant"]
    for is_gathering in (True, False):
        pickings = site.order_ids.picking_ids
        pickings = pickings.filtered(lambda one: one.state not in ("waiting", "done", "cancel"))
        for move in pickings.move_ids.filtered(lambda one: one.state != "cancel"):
            if is_gathering and move.product_id.is_storable:
                quants._update_available_quantity(
                    move.product_id, move.location_id, move.product_qty
                )
            move.write({"quantity": move.product_uom_qty, "picked": True})
        pickings._action_done()
    site.action_all_installed()


class SmarthomeCrmCommon(BaseCommon):
    """Company in USD, a person of each role, an object of the first manager, goods and works."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._forget_the_base()
        for role in (
            "secretary",
            "manager",
            "head",
            "engineer",
            "purchasing",
            "storekeeper",
            "installer",
            "accountant",
        ):
            setattr(cls, role, cls._create_user(role, role))
        cls.other_manager = cls._create_user("other_manager", "manager")
        cls.object_type = cls.env["smarthome.object.type"].create({"name": "Test villa"})
        cls.client = cls.env["res.partner"].create(
            {"name": "Client of the manager", "lang": "en_US"}
        )
        cls.object = cls._create_object(name="Lake house")

    @classmethod
    def _forget_the_base(cls):
        """Begin alike in an empty base and in one that holds the demo company."""
        cls.env.company.currency_id = cls.env.ref("base.USD")
        cls.env["res.currency.rate"].search([]).unlink()
        cls.env["smarthome.work.norm"].search([]).active = False
        cls.env["product.pricelist"].search([]).active = False
        cls.env.company.account_sale_tax_id = False

    @classmethod
    def _create_user(cls, login, *roles):
        groups = ",".join(f"smarthome_base.group_smarthome_{role}" for role in roles)
        return new_test_user(cls.env, login=f"sh_{login}", name=f"Test {login}", groups=groups)

    @classmethod
    def _create_object(cls, **values):
        defaults = {
            "name": "Object",
            "type_id": cls.object_type.id,
            "partner_id": cls.client.id,
            "user_id": cls.manager.id,
        }
        return cls.env["smarthome.object"].create({**defaults, **values})

    @classmethod
    def _create_goods(cls, code, price, cost, category=None, **values):
        defaults = {
            "name": f"Goods {code}",
            "default_code": code,
            "type": "consu",
            "list_price": price,
            "standard_price": cost,
            "taxes_id": [Command.clear()],
        }
        if category:
            defaults["categ_id"] = category.id
        return cls.env["product.product"].create({**defaults, **values})

    @classmethod
    def _create_work(cls, code, price, rate, hours=0.0, **values):
        defaults = {
            "name": f"Work {code}",
            "default_code": code,
            "type": "service",
            "smarthome_is_work": True,
            "list_price": price,
            "smarthome_installer_rate": rate,
            "smarthome_planned_hours": hours,
            "taxes_id": [Command.clear()],
        }
        return cls.env["product.product"].create({**defaults, **values})

    @classmethod
    def _create_norm(cls, work, target=None, quantity=1.0, **values):
        """A norm of a work for a product, a category, or (without target) once per proposal."""
        defaults = {"work_id": work.id, "quantity": quantity, "target": "order"}
        if target is not None:
            is_category = target._name == "product.category"
            field = "category_id" if is_category else "product_tmpl_id"
            template = target if is_category else target.product_tmpl_id
            defaults.update(
                {"target": "category" if is_category else "product", field: template.id}
            )
        return cls.env["smarthome.work.norm"].create({**defaults, **values})

    @classmethod
    def _create_proposal(cls, *goods, **values):
        """A proposal of the object with lines (product, quantity)."""
        defaults = {
            "smarthome_object_id": cls.object.id,
            "smarthome_date_start": "2026-12-01",
            "order_line": [
                Command.create({"product_id": product.id, "product_uom_qty": quantity})
                for product, quantity in goods
            ],
        }
        return cls.env["sale.order"].create({**defaults, **values})

    @classmethod
    def _deliver(cls, site=None):
        """Where a warehouse is installed, all that is signed is gathered, shipped, installed."""
        deliver(site or cls.object)
