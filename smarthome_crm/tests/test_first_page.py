from ast import literal_eval

from lxml import etree

from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import SmarthomeCrmCommon


@tagged("post_install", "-at_install")
class TestFirstPage(SmarthomeCrmCommon):
    """What a menu shows before anybody touches its filters, by role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.camera = cls._create_goods("CAM", price=100.0, cost=60.0)
        cls.order = cls._create_proposal((cls.camera, 1))
        cls.foreign_object = cls._create_object(user_id=cls.other_manager.id)
        cls.foreign_order = cls._create_proposal(
            (cls.camera, 1), smarthome_object_id=cls.foreign_object.id
        )
        cls.refused_object = cls._create_object()
        reason = cls.env["smarthome.refusal.reason"].create({"name": "Bought a yacht"})
        cls.refused_object.action_refuse(reason.id)
        cls.all_objects = cls.object | cls.foreign_object | cls.refused_object
        cls.all_orders = cls.order | cls.foreign_order

    def _find_first(self, xml_id, user, records):
        """Those of the records that the action opens on for the user."""
        action = self.env["ir.actions.actions"].with_user(user)._for_xml_id(xml_id)
        model = self.env[action["res_model"]].with_user(user)
        view_id = action["search_view_id"] and action["search_view_id"][0]
        arch = model.get_views([(view_id, "search")])["views"]["search"]["arch"]
        domain = Domain("id", "in", records.ids) & Domain(literal_eval(action["domain"] or "[]"))
        defaults = literal_eval(action["context"])
        for node in etree.fromstring(arch).iter("filter"):
            if defaults.get(f"search_default_{node.get('name')}"):
                domain &= Domain(safe_eval(node.get("domain"), {"uid": user.id}))
        return model.search(domain)

    def test_objects(self):
        action = "smarthome_crm.smarthome_object_action"
        self.foreign_object.engineer_id = self.engineer
        both = self.object | self.foreign_object
        for user, expected in (
            (self.manager, self.object),
            (self.engineer, self.foreign_object),
            (self.accountant, both),
            (self.head, both),
        ):
            found = self._find_first(action, user, self.all_objects)
            self.assertEqual(found.sorted("id"), expected.sorted("id"), user.login)

    def test_proposals(self):
        action = "smarthome_crm.sale_order_action_proposals"
        for user, expected in (
            (self.manager, self.order),
            (self.accountant, self.all_orders),
            (self.head, self.all_orders),
        ):
            found = self._find_first(action, user, self.all_orders)
            self.assertEqual(found.sorted("id"), expected.sorted("id"), user.login)

    def test_manager_who_is_an_accountant_too_begins_with_his_own(self):
        both = self._create_user("manager_accountant", "manager", "accountant")
        own = self._create_object(user_id=both.id)
        action = "smarthome_crm.smarthome_object_action"
        self.assertEqual(self._find_first(action, both, self.all_objects | own), own)
