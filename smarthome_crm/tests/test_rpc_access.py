from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..const import PRICE_GROUPS
from .acceptance_common import PIXEL
from .common import SmarthomeCrmCommon
from .test_contract import SmarthomeContractCommon

#: words in names of fields that tell money, at their end or between underscores
SECRETS = ("price", "cost", "value", "amount", "margin", "profit", "pay", "rate", "floor", "wage")
WITHOUT_PRICES = ("secretary", "engineer", "storekeeper", "installer")


@tagged("post_install", "-at_install")
class TestRpcAccess(SmarthomeCrmCommon):
    """What a person without the right learns or does by calls that no screen makes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.goods = cls._create_goods("RPC-1", 100, 60)
        cls.work = cls._create_work("W-RPC", 10, 4)
        cls.norm = cls._create_norm(cls.work, cls.goods)
        cls.order = cls._create_proposal((cls.goods, 2), (cls.work, 3))
        cls.portal = new_test_user(cls.env, login="sh_portal", groups="base.group_portal")
        cls.employee = new_test_user(cls.env, login="sh_employee", groups="base.group_user")

    def assertRefused(self, call):
        """A field that is out of reach, or that the database cannot sort and sum by at all."""
        try:
            call()
        except (AccessError, ValueError):
            return
        self.fail("The call went through.")

    # === Fields === #

    def _get_last_field(self, field):
        """The field at the end of the path of a related one."""
        while field.related and not field.store:
            model = self.env[field.model_name]
            *path, last = field.related.split(".")
            for name in path:
                model = self.env[model._fields[name].comodel_name]
            field = model._fields[last]
        return field

    def test_related_money_is_not_sorted_by(self):
        """Odoo sorts and searches by related fields past their groups: money is none of them."""
        open_fields = [
            str(field)
            for name, model in self.env.registry.items()
            if not model._abstract and not name.startswith("hr.")
            for field in model._fields.values()
            if field.type in ("float", "integer", "monetary")
            and field.groups
            and field.related
            and not (field.store or field.inherited)
            and any(word in field.name.split("_") for word in SECRETS)
            and self._get_last_field(field).store
        ]
        self.assertEqual(open_fields, [])

    def test_floor_is_not_sorted_by(self):
        self.order.partner_id = self.portal.partner_id
        self.order.message_subscribe(partner_ids=self.portal.partner_id.ids)
        self.order.state = "sent"
        self.object_type.profit_floor = 30
        orders = self.env["sale.order"].with_user(self.portal)
        self.assertEqual(orders.search([]), self.order)
        name = "smarthome_profit_floor"
        for call in (
            lambda: orders.search([], order=name),
            lambda: orders.search([(name, "=", 30)]),
            lambda: orders._read_group([], [name]),
            lambda: orders._read_group([], [], [f"{name}:max"]),
        ):
            self.assertRefused(call)
        self.assertEqual(self.order.with_user(self.manager).smarthome_profit_floor, 30)

    def test_nobody_searches_by_debts_of_others(self):
        for role in ("secretary", "manager", "engineer", "storekeeper", "installer", "employee"):
            partners = self.env["res.partner"].with_user(getattr(self, role))
            for name in ("credit", "debit"):
                with self.subTest(role=role, name=name), self.assertRaises(AccessError):
                    partners.search([(name, ">", 0)])
        self.env["res.partner"].with_user(self.accountant).search([("credit", ">", 0)])

    def test_extra_prices_of_variants(self):
        fields = (("product.attribute.value", "default_extra_price"),)
        fields += (("product.combo.item", "extra_price"),)
        for role in WITHOUT_PRICES:
            user = getattr(self, role)
            self.assertFalse(user.has_groups(PRICE_GROUPS))
            for model, name in fields:
                self.assertNotIn(name, self.env[model].with_user(user).fields_get())
        for model, name in fields:
            self.assertIn(name, self.env[model].with_user(self.manager).fields_get())

    def test_all_of_a_product_is_read(self):
        """An export of all that a storekeeper may read does not stumble over the norms."""
        category = self.env["product.category"].create({"name": "Relays"})
        for record in (self.goods, self.goods.product_tmpl_id, category):
            for role in ("storekeeper", "secretary", "installer", "accountant", "employee"):
                model = record.with_user(getattr(self, role))
                self.assertNotIn("smarthome_norm_ids", model.fields_get())
            for role in ("engineer", "manager", "purchasing", "head"):
                model = record.with_user(getattr(self, role))
                self.assertIn("smarthome_norm_ids", model.fields_get())
            self.assertTrue(record.with_user(self.storekeeper).read([]))


@tagged("post_install", "-at_install")
class TestRpcForms(SmarthomeContractCommon):
    """Small forms, papers and records of others, asked for by their identifiers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_contract()
        cls.goods_line, cls.work_line = cls.contract.order_line
        cls.other_engineer = cls._create_user("other_engineer", "engineer")
        cls.portal = new_test_user(cls.env, login="sh_portal", groups="base.group_portal")
        cls.employee = new_test_user(cls.env, login="sh_employee", groups="base.group_user")
        cls.env.flush_all()

    def assertNoLink(self, user, model, field, record):
        """Neither by creating, nor by a proposal of the context, nor by an unsaved form."""
        model = self.env[model].with_user(user)
        for call in (
            lambda: model.create({field: record.id}),
            lambda: model.with_context(**{f"default_{field}": record.id}).create({}),
            lambda: model.onchange({field: record.id}, [field], {field: {}}),
        ):
            self.env.invalidate_all()
            with self.subTest(model=model._name, field=field), self.assertRaises(AccessError):
                call()

    def test_forms_of_others(self):
        """What a manager typed or was shown in a small form is his own."""
        form = self.env["smarthome.version.compare"].with_user(self.manager)
        form = form.create({"left_id": self.contract.id, "right_id": self.contract.id})
        form.is_all = True
        self.env.flush_all()
        self.assertTrue(form.line_ids)
        self.assertTrue(form.read(["left_profit"]))
        for records, name in ((form, "left_profit"), (form.line_ids, "display_name")):
            foreign = records.with_user(self.other_manager)
            self.assertFalse(foreign.search([]))
            for call in (
                lambda foreign=foreign, name=name: foreign.read([name]),
                lambda foreign=foreign: foreign.write({}) or foreign.unlink(),
                lambda foreign=foreign, name=name: foreign.web_read({name: {}}),
            ):
                self.env.invalidate_all()
                with self.assertRaises(AccessError):
                    call()

    def test_forms_link_to_nothing_of_others(self):
        for model, field, record in (
            ("smarthome.difference", "order_id", self.contract),
            ("smarthome.difference.goods", "order_line_id", self.goods_line),
            ("smarthome.sign", "order_id", self.contract),
            ("smarthome.receive", "order_id", self.contract),
            ("smarthome.reason", "order_id", self.contract),
            ("smarthome.import", "partner_id", self.client),
            ("smarthome.work.done", "order_line_id", self.work_line),
            ("smarthome.acceptance", "object_id", self.object),
            ("smarthome.expense", "object_id", self.object),
            ("smarthome.payment.receipt", "order_id", self.contract),
            ("smarthome.payment.milestone", "order_id", self.contract),
        ):
            self.assertNoLink(self.other_manager, model, field, record)

    def test_act_is_printed_by_its_people(self):
        act = self.env["smarthome.acceptance"].create({"object_id": self.object.id})
        self.object.engineer_id = self.engineer
        self.env.flush_all()
        report = "smarthome_crm.smarthome_acceptance_report"
        for user in (self.other_manager, self.other_engineer, self.installer, self.employee):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                reports = self.env["ir.actions.report"].with_user(user)
                reports._render_qweb_html(report, act.ids)
        with self.assertRaises(AccessError):
            self.env["ir.actions.report"].with_user(self.portal)._render_qweb_html(report, act.ids)
        for user in (self.manager, self.engineer):
            reports = self.env["ir.actions.report"].with_user(user)
            self.assertIn(self.client.name, str(reports._render_qweb_html(report, act.ids)[0]))

    def test_act_is_not_signed_by_a_script(self):
        acts = self.env["smarthome.acceptance"].with_user(self.manager)
        values = {"object_id": self.object.id}
        for signed in ({"signed_on": "2026-01-01"}, {"document_id": 1}):
            with self.subTest(signed), self.assertRaises(AccessError):
                acts.create({**values, **signed})
        with self.assertRaises(AccessError):
            acts.with_context(default_signed_on="2026-01-01").create(values)

    def test_photo_is_no_document_of_another(self):
        foreign = self._create_object(name="Foreign", user_id=self.other_manager.id)
        document = self.env["smarthome.document"].create(
            {"folder_id": foreign.folder_ids[0].id, "name": "plan.png", "raw": PIXEL}
        )
        self.env.flush_all()
        acts = self.env["smarthome.acceptance"].with_user(self.manager)
        photos = [(4, document.attachment_id.id)]
        with self.assertRaises(UserError):
            acts.create({"object_id": self.object.id, "photo_ids": photos})

    def test_strangers_learn_nothing(self):
        """Employees of other departments, clients and visitors, whatever they ask for."""
        self.object.message_post(body="The key is with the neighbour")
        self.env["smarthome.document"].create(
            {"folder_id": self.object.folder_ids[0].id, "name": "plan.png", "raw": PIXEL}
        )
        self.env.flush_all()
        names = [name for name in self.env.registry if name.startswith("smarthome.")]
        names += ["sale.order", "sale.order.line", "account.move", "account.payment"]
        own = [("res_model", "=like", "smarthome.%")]
        places = {
            "ir.attachment": own,
            "mail.activity": own,
            "mail.message": [("model", "=like", "smarthome.%")],
        }
        for user in (self.employee, self.portal, self.env.ref("base.public_user")):
            for name in (*names, *places):
                model = self.env[name].with_user(user)
                if model._abstract:
                    continue
                self.env.invalidate_all()
                with self.subTest(user=user.login, model=name):
                    try:
                        found = model.search(places.get(name, []))
                    except AccessError:
                        continue
                    self.assertFalse(found)

    # === Writing === #

    def test_clients_are_not_reached_by_a_kept_link(self):
        """Whose family an object belongs to opens the family: no script says it."""
        foreign = self.env["res.partner"].create({"name": "Foreign client"})
        self._create_object(name="Foreign", partner_id=foreign.id, user_id=self.other_manager.id)
        contact = self.env["smarthome.object.contact"].create(
            {"object_id": self.object.id, "partner_id": self.client.id}
        )
        self.env.flush_all()
        for record in (self.object, contact):
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.with_user(self.manager).write({"commercial_partner_id": foreign.id})
        with self.assertRaises(AccessError):
            foreign.with_user(self.manager).read(["name"])

    def test_figures_of_a_contract_are_counted(self):
        contract, site = self.contract.with_user(self.manager), self.object.with_user(self.manager)
        line = self.goods_line.with_user(self.manager)
        for record, values in (
            (contract, {"amount_total": 1}),
            (contract, {"amount_untaxed": 1}),
            (contract, {"currency_rate": 7}),
            (line, {"price_subtotal": 1e6}),
            (line, {"price_total": 1e6}),
            (line, {"qty_invoiced": 2}),
            (line, {"smarthome_signed_quantity": 1}),
            (line, {"smarthome_signed_subtotal": 1}),
            (site, {"proposal_amount": 1}),
            (site, {"done_percent": 100}),
            (site, {"work_date_start": "2030-01-01"}),
        ):
            with self.subTest(values), self.assertRaises(UserError):
                record.write(values)

    def test_signed_contract_is_not_moved_by_script(self):
        """Rate, object, signature and lines are what the final profit stands on: heads too."""
        euro = self.env.ref("base.EUR")
        euro.active = True
        other = self._create_object(name="Other")
        for user in (self.manager, self.head):
            contract, line = self.contract.with_user(user), self.goods_line.with_user(user)
            for record, values in (
                (contract, {"date_order": "2020-01-01 10:00:00"}),
                (contract, {"currency_id": euro.id}),
                (contract, {"smarthome_object_id": other.id}),
                (contract, {"smarthome_main_order_id": self.contract.id}),
                (contract, {"state": "draft"}),
                (contract, {"state": "cancel"}),
                (line, {"state": "draft"}),
                (line, {"is_downpayment": True}),
                (line, {"is_expense": True}),
                (line, {"smarthome_signed_price": 1}),
                (line, {"smarthome_signed_discount": 1}),
            ):
                with self.subTest(values, user=user.login), self.assertRaises(UserError):
                    record.write(values)
        contract.write(
            {"date_order": self.contract.date_order, "currency_id": contract.currency_id.id}
        )
        contract.action_cancel()
        self.assertEqual(self.contract.state, "cancel")
        self.contract.with_user(self.manager).action_draft()
        self.assertEqual(self.contract.state, "draft")

    def test_company_of_an_object_with_a_contract_stays(self):
        """Its profit and its bonus would be the same figures in another currency."""
        other = self.env["res.company"].create({"name": "Other"})
        free = self._create_object(name="Without a contract")
        ids = [self.env.company.id, other.id]
        for user in (self.manager, self.head):
            user.company_ids = [Command.link(other.id)]
            mine = self.object.with_user(user).with_context(allowed_company_ids=ids)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                mine.company_id = other
            mine.company_id = self.env.company
        free.with_user(self.manager).with_context(allowed_company_ids=ids).company_id = other

    def test_type_of_an_object_with_a_contract_is_the_heads(self):
        other = self.object_type.copy({"name": "Other type"})
        free = self._create_object(name="Without a contract")
        free.with_user(self.manager).type_id = other
        with self.assertRaisesRegex(AccessError, "percents"):
            self.object.with_user(self.manager).type_id = other
        self.object.with_user(self.manager).type_id = self.object_type
        self.object.with_user(self.head).type_id = other
        self.assertEqual(self.object.type_id, other)

    def test_signing_by_script(self):
        """A proposal becomes a contract by its button, whatever the call says of itself."""
        proposal = self._create_proposal((self.goods, 1)).with_user(self.manager)
        for context in (
            {},
            {"smarthome_contract_change": True, "smarthome_signing": [proposal.id]},
        ):
            with self.subTest(context), self.assertRaises(UserError):
                proposal.with_context(**context).write({"state": "sale"})
        with self.assertRaises(UserError):
            proposal.create({"smarthome_object_id": self.object.id, "state": "sale"})
        proposal.action_confirm()
        self.assertEqual(proposal.state, "sale")
        other = self._create_proposal((self.goods, 1)).with_user(self.manager)
        with self.assertRaises(UserError):
            other.write({"state": "sale"})
