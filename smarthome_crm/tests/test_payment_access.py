from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .test_contract import SmarthomeContractCommon

#: amounts of each model, which nobody may add up either
AMOUNTS = {
    "smarthome.payment.milestone": "amount",
    "smarthome.payment.receipt": "amount",
    "smarthome.forgiven.remainder": "amount",
    "smarthome.profit.statement": "final_profit",
    "smarthome.profit.row": "fact",
    "smarthome.expense": "amount",
    "sale.order": "smarthome_received",
    "smarthome.object": "received_amount",
}


@tagged("post_install", "-at_install")
class TestPaymentAccess(SmarthomeContractCommon):
    """The first manager's contract of 230: 100 received, 5 forgiven, 10 spent, closed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.object.engineer_id = cls.engineer
        cls.contract = cls._create_contract()
        cls.receipt = cls.contract.action_smarthome_receive(100)
        cls.forgiven = cls.env["smarthome.forgiven.remainder"].create(
            {"order_id": cls.contract.id, "amount": 5, "reason": "A scratch"}
        )
        cls.expense = cls.env["smarthome.expense"].create(
            {"object_id": cls.object.id, "name": "Lorry", "amount": 10}
        )
        cls.object._close()
        cls.statement = cls.object.statement_ids
        cls.milestones = cls.contract.smarthome_milestone_ids
        cls.money = (
            cls.milestones,
            cls.receipt,
            cls.forgiven,
            cls.statement,
            cls.statement.row_ids,
            cls.expense,
            cls.contract,
            cls.object,
        )
        cls.other_engineer = cls._create_user("other_engineer", "engineer")
        cls.strangers = (
            cls.other_manager,
            cls.secretary,
            cls.storekeeper,
            cls.purchasing,
            cls.installer,
            cls.other_engineer,
            cls._create_user("two_roles", "secretary", "storekeeper"),
            cls._create_user("seller_and_engineer", "manager", "engineer"),
        )
        cls.env.flush_all()

    def _refused(self, call):
        """What the call returns, or nothing where it is refused."""
        self.env.invalidate_all()
        try:
            return call()
        except AccessError:
            return None

    # === What is found === #

    def test_who_sees(self):
        """The manager of the contract, heads and accountants see each of them."""
        for user in self.manager, self.head, self.accountant:
            for record in self.money:
                with self.subTest(user=user.login, model=record._name):
                    self.assertEqual(self._found(record, user), len(record))
                    record.with_user(user).read([AMOUNTS[record._name]])

    def _found(self, record, user):
        self.env.invalidate_all()
        return record.with_user(user).browse().search_count([("id", "in", record.ids)])

    def test_strangers_find_nothing(self):
        for user in self.strangers:
            user.group_ids += self.env.ref("base.group_allow_export")
            for record in self.money:
                # the secretary sees whose an object is, and nothing of its money
                if record == self.object and user._smarthome_has_role("secretary"):
                    continue
                with self.subTest(user=user.login, model=record._name):
                    self._check_nothing_is_found(record, user)
                    self._check_nothing_is_read(record, user)

    def _check_nothing_is_found(self, record, user):
        """By the ways of the web client and of scripts that search."""
        Model = record.with_user(user).browse()
        domain, amount = [("id", "in", record.ids)], AMOUNTS[record._name]
        searches = {
            "search": lambda: Model.search(domain),
            "search_count": lambda: Model.search_count(domain),
            "search_read": lambda: Model.search_read(domain, ["display_name"]),
            "web_search_read": lambda: Model.web_search_read(domain, {"id": {}})["length"],
            "name_search": lambda: Model.name_search("", domain),
            "by amount": lambda: Model.search([(amount, "!=", 0), *domain]),
            "groups": lambda: Model.formatted_read_group(domain, ["create_uid"], [f"{amount}:sum"]),
            "web groups": lambda: Model.web_read_group(domain, ["create_uid"])["groups"],
            "sum": lambda: Model.formatted_read_group(domain, [], [f"{amount}:sum"])[0][
                f"{amount}:sum"
            ],
        }
        for way, search in searches.items():
            self.assertFalse(self._refused(search), way)

    def _check_nothing_is_read(self, record, user):
        """By identifier: read, exported, copied, written, deleted."""
        mine, amount = record.with_user(user), AMOUNTS[record._name]
        ways = (
            lambda: mine.read([amount]),
            lambda: mine.read(["display_name"]),
            lambda: mine.web_read({amount: {}}),
            lambda: mine.export_data(["id", amount]),
            lambda: mine[:1].copy_data(),
            lambda: mine.write({amount: 1}),
            lambda: mine.unlink(),
        )
        for way in ways:
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                way()

    def test_money_of_an_object_is_for_those_who_lead_and_count_it(self):
        """The lead engineer and the secretary know the object, and none of its money."""
        names = (
            "contract_amount",
            "received_amount",
            "balance_amount",
            "paid_percent",
            "next_payment_amount",
            "profit_rows",
            "receipt_ids",
            "milestone_ids",
            "forgiven_ids",
            "statement_ids",
            "expense_ids",
        )
        for user in self.engineer, self.secretary:
            for name in names:
                with self.assertRaises(AccessError, msg=name):
                    self.object.with_user(user).read([name])
            with self.assertRaises(AccessError):
                self.object.with_user(user).search([("received_amount", ">", 1)])
            with self.assertRaises(AccessError):
                self.object.with_user(user).formatted_read_group([], [], ["received_amount:sum"])
        self.engineer.group_ids += self.env.ref("base.group_allow_export")
        for record in self.money[:-1]:
            self._check_nothing_is_found(record, self.engineer)
            self._check_nothing_is_read(record, self.engineer)

    # === What is pressed === #

    def test_strangers_press_nothing(self):
        """Public methods, asked as RPC asks."""
        for user in self.strangers:
            contract, site = self.contract.with_user(user), self.object.with_user(user)
            receipt, row = self.receipt.with_user(user), self.milestones[2].with_user(user)
            presses = (
                lambda: contract.action_smarthome_receive(1),  # noqa: B023
                lambda: contract.action_smarthome_open_receive(),  # noqa: B023
                lambda: contract.action_smarthome_plan_payments(),  # noqa: B023
                lambda: contract.action_smarthome_open_contract("Because"),  # noqa: B023
                lambda: contract.action_smarthome_close_contract(),  # noqa: B023
                lambda: contract.action_confirm(),  # noqa: B023
                lambda: contract.action_smarthome_new_additional(),  # noqa: B023
                lambda: receipt.action_reverse("Because"),  # noqa: B023
                lambda: row.action_request_invoice(),  # noqa: B023
                lambda: row.action_make_invoice(),  # noqa: B023
                lambda: site.action_close(),  # noqa: B023
                lambda: site.action_forgive(),  # noqa: B023
                lambda: site.action_open_profit_row("goods_revenue"),  # noqa: B023
                lambda: site.action_reopen_closed("Because"),  # noqa: B023
            )
            for place, press in enumerate(presses):
                with self.subTest(user=user.login, press=place):
                    self.env.invalidate_all()
                    with self.assertRaises(AccessError):
                        press()

    def test_forms_open_nothing(self):
        """A form made with the identifier of another's contract tells nothing of it."""
        forms = {
            "smarthome.receive": ("order_id", self.contract, ("balance", "amount")),
            "smarthome.sign": ("order_id", self.contract, ("amount_total",)),
            "smarthome.difference": ("order_id", self.contract, ("currency_id",)),
            "smarthome.reason": ("receipt_id", self.receipt, ("reason",)),
        }
        for model, (name, record, shown) in forms.items():
            form = self.env[model].with_user(self.other_manager)
            specification = {name: {}, **{field: {} for field in shown}}
            with self.subTest(model=model):
                with self.assertRaises(AccessError):
                    form.create({name: record.id})
                with self.assertRaises(AccessError):
                    form.onchange({name: record.id}, [name], specification)
                with self.assertRaises(AccessError):
                    form.with_context(**{f"default_{name}": record.id}).onchange(
                        {}, [], specification
                    )

    # === What is written === #

    def test_nobody_writes_into_contracts_of_others(self):
        rows = (
            ("smarthome.payment.milestone", {"order_id": self.contract.id, "name": "Mine"}),
            ("smarthome.payment.receipt", {"order_id": self.contract.id, "amount": 1}),
            ("smarthome.expense", {"object_id": self.object.id, "name": "Mine", "amount": 1}),
            (
                "smarthome.forgiven.remainder",
                {"order_id": self.contract.id, "amount": 1, "reason": "Mine"},
            ),
            ("smarthome.profit.statement", {"object_id": self.object.id, "date": "2026-12-01"}),
        )
        for user in self.strangers:
            for model, values in rows:
                with self.subTest(user=user.login, model=model):
                    self.env.invalidate_all()
                    with self.assertRaises(AccessError):
                        self.env[model].with_user(user).create(values)

    def test_kept_figures(self):
        """The manager of a contract writes none of what the program counts."""
        site = self._create_object()
        contract = self._create_contract(smarthome_object_id=site.id).with_user(self.manager)
        receipt = contract.action_smarthome_receive(10)
        writes = (
            (contract, {"smarthome_balance": 0.001}),
            (contract, {"smarthome_received": 230}),
            (contract.smarthome_milestone_ids[0], {"paid_amount": 115}),
            (contract.smarthome_milestone_ids[0], {"state": "paid"}),
            (receipt, {"is_reversed": True}),
            (receipt, {"source_key": "mine"}),
            (receipt, {"user_id": self.other_manager.id}),
            (site.with_user(self.manager), {"balance_amount": 1}),
            (site.with_user(self.manager), {"date_closed": "2026-12-01"}),
        )
        for record, values in writes:
            with self.subTest(values=values), self.assertRaises(AccessError):
                record.write(values)
        with self.assertRaises(AccessError):
            contract.smarthome_receipt_ids = [
                Command.create({"amount": -10, "reversal_of_id": receipt.id, "reason": "Mine"})
            ]
        with self.assertRaises(UserError):
            contract.action_smarthome_receive(1, settled_amount=229)

    def test_forms_of_others_propose_no_figures(self):
        """What a context proposes for kept fields is passed by."""
        site = self._create_object()
        contract = self._create_contract(smarthome_object_id=site.id).with_user(self.manager)
        contract = contract.with_context(default_object_id=site.id, default_is_reversed=True)
        receipt = self.env["smarthome.payment.receipt"].with_context(**contract.env.context)
        receipt = receipt.with_user(self.manager).create({"order_id": contract.id, "amount": 7})
        self.assertRecordValues(receipt, [{"object_id": site.id, "is_reversed": False}])

    def test_handed_over_with_the_object(self):
        """The next manager sees the money, the former one no more."""
        self.object.sudo().write({"user_id": self.other_manager.id})
        self.env.flush_all()
        for record in self.money:
            self.assertEqual(self._found(record, self.other_manager), len(record), record)
            self._check_nothing_is_found(record, self.manager)
