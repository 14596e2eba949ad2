"""From the call to the paid bonus and what comes after it, every figure worked out by hand.

The contract is in euro, 0.8 for a dollar on the day of signing, no taxes, coefficient 1; the
additional proposal is in dollars. Whatever the euro is worth later changes nothing.

==========================  =======  =======  =======
                            revenue     cost   profit
==========================  =======  =======  =======
2 goods of 80, cost 48       160.00    96.00    64.00
3 works of 8, pay 3.20        24.00     9.60    14.40
contract, EUR                184.00   105.60    78.40
contract, USD                230.00   132.00    98.00
additional: 1 goods, USD     100.00    60.00    40.00
both, USD                    330.00   192.00   138.00
==========================  =======  =======  =======

The rule: 5 %, above 20 % of profitability 8 %, above 42 % 12 %. The manager gets 60 % of it, the
one who led the object before him 40 %.

===========================  ======  ==========  =======  =====  ======  ======
                             profit  of revenue  percent  bonus    60 %    40 %
===========================  ======  ==========  =======  =====  ======  ======
closed on 20 November        138.00     41.82 %      8 %  11.04    6.62    4.42
a lorry of 20, after it      118.00     35.76 %      8 %   9.44    5.66    3.78
50 back from a vendor        168.00     50.91 %     12 %  20.16   12.10    8.06
reopened and closed again    168.00     50.91 %     12 %  20.16   12.10    8.06
a lorry of 10 in December    158.00     47.88 %     12 %  18.96   11.38    7.58
100 back in January          258.00     78.18 %     12 %  30.96   18.58   12.38
===========================  ======  ==========  =======  =====  ======  ======
"""

from base64 import b64encode

from story import StoryCommon

from odoo.exceptions import AccessError
from odoo.fields import Command, Date
from odoo.tests import freeze_time, tagged

from odoo.addons.smarthome_crm.tests.acceptance_common import PIXEL


@tagged("post_install", "-at_install")
class TestBonusStory(StoryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["smarthome.bonus.rule"].search([]).active = False
        cls.other_head = cls._create_user("other_head", "head")
        cls.goods = cls._create_goods("BON-1", 100, 60, **cls._get_storable())
        cls.work = cls._create_work("BON-W", 10, 4)
        cls.euro = cls._create_currency("EUR", {"2026-11-01": 0.8, "2026-11-18": 0.5})
        cls.pricelist = cls.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": cls.euro.id}
        )
        cls.roubles = cls._create_currency("BYN", {"2026-11-01": 3.0, "2026-11-30": 3.2})
        cls.employee = cls.env["hr.employee"].create(
            {"name": "Ivan", "user_id": cls.manager.id, "date_version": "2026-01-01"}
        )
        cls.employee.version_id.write(
            {"trial_date_end": "2026-11-10", "smarthome_payment_currency_id": cls.roubles.id}
        )

    @classmethod
    def _get_storable(cls):
        fields = cls.env["product.product"]._fields
        return {"is_storable": True} if "is_storable" in fields else {}

    @classmethod
    def _create_currency(cls, name, rates):
        currency = cls.env.ref(f"base.{name}")
        currency.active = True
        company = cls.env.company.id
        currency.rate_ids.unlink()
        currency.rate_ids = [
            Command.create({"name": day, "rate": rate, "company_id": company})
            for day, rate in rates.items()
        ]
        return currency

    def test_story(self):
        with freeze_time("2026-11-02 09:00:00"):
            self._make_rule()
            site = self._take_call()
            contract = self._sign_contract(site)
        with freeze_time("2026-11-09 09:00:00"):
            self._close_on_probation()
        with freeze_time("2026-11-18 09:00:00"):
            self._change_manager(site)
            self._fulfil(site, contract)
        with freeze_time("2026-11-20 09:00:00"):
            self._close(site)
            self._judge(site)
            self._learn_late_truths(site)
        with freeze_time("2026-11-24 09:00:00"):
            self._reopen_and_close(site)
        with freeze_time("2026-11-30 09:00:00"):
            november = self._make_salary()
        with freeze_time("2026-12-03 09:00:00"):
            self._pay(november)
        self._carry_over(site, november)

    # === What the story consists of === #

    def _make_rule(self):
        steps = [
            Command.create({"above": 20, "percent": 8}),
            Command.create({"above": 42, "percent": 12}),
        ]
        rule = self.env["smarthome.bonus.rule"].with_user(self.head)
        self.rule = rule.create(
            {
                "type_id": self.object_type.id,
                "percent": 5,
                "step_ids": steps,
                "date_from": "2026-01-01",
            }
        )

    def _take_call(self):
        """The secretary writes down who called; the manager makes an object of it."""
        call = self.env["smarthome.call"].with_user(self.secretary)
        call = call.create(
            {
                "phone": "+375 29 100-20-30",
                "name": "Anna",
                "need": "Light",
                "address": "Minsk, Nemiga, 1",
                "object_type_id": self.object_type.id,
                "user_id": self.manager.id,
            }
        )
        call = call.with_user(self.manager)
        call.action_create_object()
        return self.env["smarthome.object"].browse(call.object_id.id)

    def _create_order(self, site, *goods, **values):
        values = {
            "smarthome_date_start": "2026-11-10",
            "smarthome_date_end": "2026-11-19",
            "smarthome_payment_template_id": self.env.ref(
                "smarthome_crm.payment_template_50_40_10"
            ).id,
            **values,
        }
        return self._create_proposal(*goods, smarthome_object_id=site.id, **values)

    def _sign_contract(self, site):
        """98 dollars of 230, 42.61 %: 12 % of it were 11.76, but he is on probation yet."""
        order = self._create_order(
            site, (self.goods, 2), (self.work, 3), pricelist_id=self.pricelist.id
        )
        self._assert_money([order.amount_untaxed, order.smarthome_profit], [184.0, 78.4])
        meter = order.with_user(self.manager).smarthome_bonus_meter
        self.assertEqual((meter["amount"], meter["is_probation"]), (0.0, True))
        self.employee.version_id.trial_date_end = "2026-11-01"
        order.invalidate_recordset()
        self.assertEqual(order.with_user(self.manager).smarthome_bonus_meter["amount"], 11.76)
        self.employee.version_id.trial_date_end = "2026-11-10"
        order.action_confirm()
        return order

    def _close_on_probation(self):
        """A small object of works alone: its entry is 0 %, and none of its profit is paid for."""
        site = self._create_object(name="On probation")
        self._fulfil(site, self._create_order(site, (self.work, 2)), additional=False)
        site.action_close()
        self.assertRecordValues(
            site.bonus_ids,
            [{"base": 12.0, "percent": 0.0, "amount": 0.0, "is_probation": True}],
        )

    def _change_manager(self, site):
        """The object went from one manager to another: a head divides its bonus."""
        with self.assertRaises(AccessError):
            site.with_user(self.manager).share_ids = [
                Command.create({"user_id": self.manager.id, "percent": 100})
            ]
        site.with_user(self.head).share_ids = [
            Command.create({"user_id": self.manager.id, "percent": 60}),
            Command.create({"user_id": self.other_manager.id, "percent": 40}),
        ]

    def _fulfil(self, site, contract, additional=True):
        """One goods more by an additional proposal; shipped, done, accepted, paid."""
        orders = contract
        if additional:
            orders |= self._create_order(site, (self.goods, 1), smarthome_main_order_id=contract.id)
        for order in orders.filtered(lambda order: order.state == "draft"):
            order.action_confirm()
        site.engineer_id = self.engineer
        self._ship(site)
        works = orders.order_line.filtered(lambda line: line.smarthome_kind == "work")
        self.env["smarthome.work.done"].create(
            [{"order_line_id": line.id, "quantity": line.product_uom_qty} for line in works]
        )
        photo = self.env["ir.attachment"].with_user(self.engineer)
        photo = photo.create({"name": "working.png", "raw": PIXEL})
        act = self.env["smarthome.acceptance"].with_user(self.engineer)
        act = act.create({"object_id": site.id, "photo_ids": photo.ids})
        act.signature = b64encode(PIXEL)
        act.action_sign()
        for order in orders:
            order.action_smarthome_receive(order.amount_total)

    def _close(self, site):
        """The manager closes; both entries and the autopsy are there by themselves."""
        site.with_user(self.manager).action_close()
        statement = site.statement_ids
        self._assert_money([statement.final_profit, statement.final_revenue], [138.0, 330.0])
        self._assert_autopsy(site, proposal=98.0, additional=40.0)
        self._assert_entries(site, (6.62, 4.42), "closing", "accrued")
        entry = self._get_entries(site, self.manager)
        self.assertRecordValues(
            entry,
            [{"base": 138.0, "margin": 41.82, "percent": 8.0, "share": 60.0, "date": Date.today()}],
        )

    def _judge(self, site):
        """Nobody but a head; and a head not his own."""
        entries = site.bonus_ids
        for user in (self.manager, self.accountant):
            with self.assertRaises(AccessError):
                self._get_entries(site, self.manager).with_user(user).action_approve()
        entries.with_user(self.head).action_approve()
        self.assertEqual(set(entries.mapped("state")), {"approved"})

    def _learn_late_truths(self, site):
        """A lorry takes back at once; what a vendor gives back waits for the head."""
        self._spend(site, 20)
        self._assert_entries(site, (-0.96, -0.64), "correction", "approved")
        self._spend(site, -50)
        self._assert_entries(site, (6.44, 4.28), "correction", "accrued")
        self._assert_autopsy(site, proposal=98.0, additional=40.0, expense=30.0)
        site.bonus_ids.with_user(self.head).action_approve()
        self._assert_sums(site, 12.10, 8.06)

    def _reopen_and_close(self, site):
        """Taken back to zero and given anew, though the rule of today is better."""
        self.rule.with_user(self.head).step_ids.filtered(lambda step: step.above == 20).percent = 9
        site.with_user(self.head).action_reopen_closed("A paper was missing")
        self._assert_entries(site, (-12.10, -8.06), "reversal", "approved")
        self._assert_sums(site, 0.0, 0.0)
        site.with_user(self.manager).action_close()
        self._assert_entries(site, (12.10, 8.06), "closing", "accrued")
        site.bonus_ids.with_user(self.head).action_approve()
        self._assert_sums(site, 12.10, 8.06)

    def _make_salary(self):
        """10 days of 700 and 20 of 500: 233.33 + 333.33 + 12.10 = 578.76, for 3.2 each 1852.03."""
        statement = self._make_month("2026-11-01")
        self.assertRecordValues(
            statement,
            [{"fixed_amount": 566.66, "bonus_amount": 12.10, "total": 578.76, "state": "draft"}],
        )
        self.assertEqual(statement.part_ids.mapped("days"), [10, 20])
        self.assertEqual(self._make_month("2026-11-01"), statement)
        statement.with_user(self.head).action_confirm()
        self._assert_money([statement.payment_rate, statement.payment_amount], [3.2, 1852.03])
        return statement

    def _pay(self, november):
        with self.assertRaises(AccessError):
            november.with_user(self.manager).action_pay()
        november.with_user(self.accountant).action_pay()
        self.assertEqual(november.state, "paid")
        self.assertEqual(set(november.bonus_ids.mapped("state")), {"paid"})
        own = november.with_user(self.manager)
        self.assertEqual(own.read(["total"])[0]["total"], 578.76)
        earned = self.env["smarthome.bonus"].with_user(self.manager)
        groups = earned._read_group([("state", "=", "paid")], [], ["amount:sum"])
        self._assert_money(groups[0], [12.10])

    def _carry_over(self, site, november):
        """11.38 - 12.10 = -0.72 has no bonus to come from in December; January's 7.20 pays it."""
        with freeze_time("2026-12-10 09:00:00"):
            self._spend(site, 10)
            self._assert_entries(site, (-0.72, -0.48), "correction", "approved")
        with freeze_time("2026-12-31 09:00:00"):
            december = self._make_month("2026-12-01")
            self.assertRecordValues(
                december, [{"fixed_amount": 500.0, "total": 500.0, "carried_out": -0.72}]
            )
            december.with_user(self.head).action_confirm()
        with freeze_time("2027-01-20 09:00:00"):
            self._spend(site, -100)
            self._assert_entries(site, (7.20, 4.80), "correction", "accrued")
            site.bonus_ids.with_user(self.head).action_approve()
            january = self._make_month("2027-01-01")
        self.assertRecordValues(
            january, [{"bonus_amount": 7.20, "carried_in": -0.72, "total": 506.48}]
        )
        self.assertEqual(november.total, 578.76)
        self._assert_sums(site, 18.58, 12.38)

    # === How it is looked at === #

    def _spend(self, site, amount):
        expenses = self.env["smarthome.expense"].with_user(self.accountant)
        expenses.create({"object_id": site.id, "name": "Lorry or vendor", "amount": amount})

    def _make_month(self, day):
        statements = self.env["smarthome.salary.statement"]
        return statements._make_month(Date.to_date(day), self.employee)

    def _get_entries(self, site, user):
        site.invalidate_recordset(["bonus_ids"])
        return site.bonus_ids.filtered(lambda entry: entry.user_id == user).sorted("id")

    def _assert_entries(self, site, amounts, kind, state):
        """The last entries of both managers."""
        for user, amount in zip((self.manager, self.other_manager), amounts, strict=True):
            self.assertRecordValues(
                self._get_entries(site, user)[-1],
                [{"amount": amount, "kind": kind, "state": state}],
            )

    def _assert_sums(self, site, *amounts):
        people = (self.manager, self.other_manager)
        sums = [sum(self._get_entries(site, user).mapped("amount")) for user in people]
        self._assert_money(sums, list(amounts))

    def _assert_autopsy(self, site, **causes):
        steps = site.with_user(self.manager).profit_autopsy["steps"]
        found = {step["cause"]: round(step["amount"], 6) for step in steps}
        self.assertEqual(found, causes)

    # === Goods beyond the contract === #

    def test_extra_goods_have_a_cause_of_their_own(self):
        """One goods beyond a contract of 1 for 100, cost 60, charged: +40 and nothing else."""
        if "smarthome_stock" not in self.env["ir.module.module"]._installed():
            self.skipTest("Nothing is shipped beyond a contract without a warehouse.")
        site = self._create_object(name="Extra", engineer_id=self.engineer.id)
        contract = self._create_order(site, (self.goods, 1))
        contract.action_confirm()
        self._ship(site)
        adding = self.env["smarthome.add.goods"].with_user(self.storekeeper)
        adding = adding.create({"object_id": site.id, "product_id": self.goods.id, "quantity": 1})
        adding.action_add()
        self._ship_added(site)
        extra = contract.order_line.filtered("smarthome_extra_state")
        extra.with_user(self.manager).action_smarthome_charge()
        site._close()
        self._assert_autopsy(site, proposal=40.0, extra=40.0)
        self.assertEqual(site.statement_ids.final_profit, 80.0)

    def _ship_added(self, site):
        """What was added is gathered, then shipped."""
        self.env["stock.quant"]._update_available_quantity(
            self.goods, self.env["stock.warehouse"].search([], limit=1).lot_stock_id, 1
        )
        for _step in range(2):
            pickings = site._get_open_pickings()
            pickings.action_assign()
            pickings.move_ids.picked = True
            pickings._action_done()
