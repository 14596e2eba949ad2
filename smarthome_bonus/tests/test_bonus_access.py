from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.service.model import call_kw, get_public_method
from odoo.tests import tagged

from .common import SmarthomeBonusCommon

#: ways of asking by RPC
WAYS = {"search", "read", "web_search_read", "read_group", "export", "name_search"}
ROLES = (
    "manager",
    "sharer",
    "other_manager",
    "head",
    "accountant",
    "secretary",
    "engineer",
    "storekeeper",
    "purchasing",
    "installer",
    "seller_and_engineer",
)
ALL_SEEING = {"head", "accountant"}
#: fields that no manager reads by any way, though he reads the record
KEPT_FIELDS = {
    "smarthome.bonus": ("rule_id", "terms"),
    "smarthome.autopsy.row": ("partner_id",),
    "smarthome.object": ("share_ids",),
}


@tagged("post_install", "-at_install")
class TestBonusAccess(SmarthomeBonusCommon):
    """The manager's object, closed: 9.80, of which 60 % is his and 40 % another's.

    Who sells and also installs leads it as an engineer: his second role opens no profit to him.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sharer = cls._create_user("sharer", "manager")
        cls.seller_and_engineer = cls._create_user("two_roles", "manager", "engineer")
        cls.object.engineer_id = cls.seller_and_engineer
        cls.object.share_ids = [
            Command.create({"user_id": cls.manager.id, "percent": 60}),
            Command.create({"user_id": cls.sharer.id, "percent": 40}),
        ]
        cls.rule.step_ids = [Command.create({"above": 90, "percent": 20})]
        cls.contract = cls._create_ready()
        cls.object.action_close()
        cls.statement = cls.object.statement_ids
        cls.mine, cls.theirs = cls.object.bonus_ids.sorted("amount", reverse=True)
        exporting = Command.link(cls.env.ref("base.group_allow_export").id)
        for role in ROLES:
            getattr(cls, role).group_ids = [exporting]
        cls.env.flush_all()
        cls.env["smarthome.bonus.report"].invalidate_model()

    def _ask(self, role, records, field):
        """Ways by which a person of a role learns anything of the records."""
        model = records._name
        ids, domain = records.ids, [("id", "in", records.ids)]
        grouped = [domain, [], [f"{field}:sum", "__count"]]
        calls = {
            "search": ("search", [domain]),
            "read": ("read", [ids, [field]]),
            "web_search_read": ("web_search_read", [domain, {field: {}}]),
            "read_group": ("formatted_read_group", grouped),
            "export": ("export_data", [ids, [field]]),
            "name_search": ("name_search", ["", domain]),
        }
        found = set()
        for way, (method, args) in calls.items():
            env_model = self.env[model].with_user(getattr(self, role))
            env_model.env.invalidate_all()
            try:
                answer = call_kw(env_model, method, args, {})
            except AccessError:
                continue
            if way == "web_search_read":
                answer = answer["records"]
            elif way == "read_group":
                answer = answer[0]["__count"]
            elif way == "export":
                answer = answer["datas"]
            if answer:
                found.add(way)
        return found

    def _assert_seen_by(self, records, field, *roles):
        """These roles learn of the records by every way, all others by none."""
        for role in ROLES:
            with self.subTest(model=records._name, role=role):
                wanted = WAYS if role in roles else set()
                self.assertEqual(self._ask(role, records, field), wanted)

    # === READING === #

    def test_bonus(self):
        self._assert_seen_by(self.mine, "amount", "manager", *ALL_SEEING)
        self._assert_seen_by(self.theirs, "amount", "sharer", *ALL_SEEING)

    def test_report(self):
        rows = self.env["smarthome.bonus.report"].search([("object_id", "=", self.object.id)])
        for row in rows:
            owner = "manager" if row.user_id == self.manager else "sharer"
            self._assert_seen_by(row, "amount", owner, *ALL_SEEING)
        self.assertEqual(sorted(rows.mapped("amount")), [3.92, 5.88])

    def test_autopsy(self):
        rows = self.statement.autopsy_ids
        self._assert_seen_by(rows, "amount", "manager", *ALL_SEEING)

    def test_rules_and_shares(self):
        self._assert_seen_by(self.rule, "percent", *ALL_SEEING)
        self._assert_seen_by(self.rule.step_ids, "percent", *ALL_SEEING)
        self._assert_seen_by(self.object.share_ids, "percent", "head")

    def test_probability(self):
        chances = self.env["smarthome.stage.probability"].search([], limit=1)
        sellers = ("manager", "other_manager", "sharer", "seller_and_engineer", "head")
        self._assert_seen_by(chances, "percent", *sellers)

    def test_through_what_they_belong_to(self):
        """Object and statement list a manager his own entry only, and find nothing by others'."""
        for parent in (self.object, self.statement):
            self.env.invalidate_all()
            own = parent.with_user(self.manager)
            self.assertEqual(own.bonus_ids, self.mine)
            self.assertEqual(own.read(["bonus_ids"])[0]["bonus_ids"], self.mine.ids)
            spec = {"bonus_ids": {"fields": {"amount": {}}}}
            self.assertEqual(len(own.web_read(spec)[0]["bonus_ids"]), 1)
            self.assertNotIn("3.92", str(own.export_data(["bonus_ids/amount"])))
            for amount, found in ((5.88, 1), (3.92, 0)):
                domain = [("bonus_ids.amount", "=", amount), ("id", "=", parent.id)]
                self.assertEqual(own.search_count(domain), found)
            for user in (self.head, self.accountant):
                self.env.invalidate_all()
                self.assertEqual(len(parent.with_user(user).bonus_ids), 2)

    def test_a_shared_entry_names_its_object(self):
        """Who shares in another manager's object reads his entry, and not the object."""
        entry = self.theirs.with_user(self.sharer)
        self.env.invalidate_all()
        self.assertIn(self.object.name, entry.display_name)
        spec = {"object_id": {"fields": {"display_name": {}}}, "amount": {}, "display_name": {}}
        self.assertEqual(entry.web_read(spec)[0]["amount"], 3.92)
        with self.assertRaises(AccessError):
            entry.object_id.read(["name"])

    def test_kept_fields(self):
        """Not read, not searched, not grouped, not sorted by, not exported."""
        for model, names in KEPT_FIELDS.items():
            records = {"smarthome.bonus": self.mine, "smarthome.object": self.object}
            records = records.get(model, self.statement.autopsy_ids).with_user(self.manager)
            for name in names:
                calls = (
                    lambda records=records, name=name: records.read([name]),
                    lambda records=records, name=name: records.search([(name, "!=", False)]),
                    lambda records=records, name=name: records.export_data([name]),
                    lambda records=records, name=name: records.web_read({name: {}}),
                )
                for call in calls:
                    with self.subTest(model=model, name=name), self.assertRaises(AccessError):
                        call()

    def test_profit_autopsy_of_a_second_role(self):
        site = self.object.with_user(self.manager)
        self.assertEqual(site.profit_autopsy["total"], 98)
        self.assertFalse(self.object.with_user(self.seller_and_engineer).profit_autopsy)
        for user in (self.secretary, self.storekeeper, self.engineer, self.installer):
            with self.assertRaises(AccessError):
                self.object.with_user(user).read(["profit_autopsy"])
            with self.assertRaises(AccessError):
                self.object.with_user(user).action_open_cause("proposal")
        self.assertFalse(self.object.with_user(self.seller_and_engineer).action_open_cause("work"))

    def test_meter(self):
        """60 % of 9.80 is the manager's; nobody but heads sees it beside him."""
        read = self.contract.with_user(self.manager).read(["smarthome_bonus_meter"])
        self.assertEqual(read[0]["smarthome_bonus_meter"]["amount"], 5.88)
        for role in set(ROLES) - {"manager", "head"}:
            with self.subTest(role=role):
                self.env.invalidate_all()
                order = self.contract.with_user(getattr(self, role))
                try:
                    seen = order.read(["smarthome_bonus_meter"])[0]["smarthome_bonus_meter"]
                except AccessError:
                    seen = False
                self.assertFalse(seen)

    def test_talk_of_an_entry(self):
        self.theirs.with_user(self.head).action_refuse("He knows why")
        messages = self.theirs.message_ids
        self.assertTrue(messages)
        self.assertFalse(self.theirs.message_follower_ids)
        for user in (self.manager, self.other_manager, self.seller_and_engineer):
            with self.assertRaises(AccessError):
                messages.with_user(user).read(["body"])

    # === WRITING === #

    def test_nobody_writes_by_hand(self):
        """Entries, autopsy and report are the program's; rules, steps and shares a head's."""
        report = self.env["smarthome.bonus.report"].search([("object_id", "=", self.object.id)])
        rows = self.statement.autopsy_ids
        chances = self.env["smarthome.stage.probability"].search([], limit=1)
        own = (self.rule, self.rule.step_ids, self.object.share_ids, chances)
        for role in ROLES:
            heads = own if role != "head" else ()
            for records in (self.mine, self.theirs, rows, report, *heads):
                records = records.with_user(getattr(self, role))
                values = records._name != "smarthome.bonus.report" and {"company_id": 1}
                for call in (
                    lambda records=records: records.create({}),
                    lambda records=records, values=values: records.write(values or {"state": "x"}),
                    records.unlink,
                ):
                    with self.subTest(model=records._name, role=role):
                        with self.assertRaises(AccessError):
                            call()

    def test_head_keeps_rules(self):
        head = self.env(user=self.head.id)
        rule = head["smarthome.bonus.rule"].create({"user_id": self.manager.id, "percent": 3})
        rule.write({"step_ids": [Command.create({"above": 10, "percent": 4})]})
        rule.step_ids.percent = 5
        self.assertEqual(rule.step_ids.display_name, "> 10 %: 5 %")
        rule.unlink()

    def test_methods(self):
        """Only heads judge, and nobody's program methods are public."""
        for role in set(ROLES) - {"head"}:
            user = getattr(self, role)
            for entry in (self.mine, self.theirs):
                for method, args in (("action_approve", []), ("action_refuse", ["No"])):
                    with self.subTest(role=role, method=method), self.assertRaises(AccessError):
                        call_kw(entry.browse().with_user(user), method, [entry.ids, *args], {})
        for name in ("_accrue", "_correct", "_reverse", "_make"):
            with self.assertRaises(AccessError):
                get_public_method(self.env["smarthome.bonus"], name)
        self.assertEqual((self.mine | self.theirs).mapped("state"), ["accrued"] * 2)

    def test_closed_by_hand_is_closed_by_the_program(self):
        """An object is not imported as closed, and stages written by hand accrue like the button."""
        sites = self.env["smarthome.object"].with_user(self.manager)
        names = {"name": "By hand", "type_id": self.object_type.id, "partner_id": self.client.id}
        with self.assertRaises(UserError):
            sites.create({**names, "stage": "closed"})
        site = self._create_object(name="By hand")
        with self.assertRaises(UserError):
            site.with_user(self.manager).stage = "closed"
        self._create_ready(site)
        site.stage = "acceptance"
        loaded = site.with_user(self.manager).load([".id", "stage"], [[str(site.id), "closed"]])
        self.assertEqual(loaded["ids"], site.ids, loaded["messages"])
        self.assertEqual(site.bonus_ids.mapped("amount"), [9.8])
