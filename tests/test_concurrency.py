"""Two people at one proposal at the same moment, each in a transaction of his own."""

import threading
from contextlib import suppress
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, new_test_user, tagged

#: seconds that one waits for the other
WAIT = 20
ROLES = {"same_moment_manager": "manager", "same_moment_head": "head"}


@tagged("post_install", "-at_install")
class TestSameMoment(BaseCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(Registry, "_lock", DummyRLock()))
        self.users, self.order_id, self.made = self._run(self._make)
        self.addCleanup(self._run, self._clean)

    # === Committed records, and their end === #

    def _run(self, work, user=SUPERUSER_ID):
        """Work in a transaction of its own, again when it met another, as a request does."""
        with db_connect(get_db_name()).cursor() as cr:
            env = api.Environment(cr, user, {})
            return retrying(lambda: work(env), env)

    def _make(self, env):
        """Two people, a proposal with goods of a category that has norms; all of it committed."""
        users = [
            new_test_user(env, login=login, groups=f"smarthome_base.group_smarthome_{role}")
            for login, role in ROLES.items()
        ]
        partner = env["res.partner"].create({"name": "Same moment", "user_id": users[0].id})
        site = env["smarthome.object"].create(
            {"name": "Same moment", "partner_id": partner.id, "user_id": users[0].id}
        )
        category = env["product.category"].create({"name": "Same moment"})
        goods = self._make_product(env, "goods", type="consu", categ_id=category.id)
        works = [
            self._make_product(env, f"work {number}", type="service", smarthome_is_work=True)
            for number in range(3)
        ]
        norms = env["smarthome.work.norm"].create(
            [
                {"target": "category", "category_id": category.id, "work_id": work.id}
                for work in works
            ]
        )
        lines = [Command.create({"product_id": goods.id, "product_uom_qty": 2})] * 5
        order = env["sale.order"].create({"smarthome_object_id": site.id, "order_line": lines})
        made = [norms, goods.product_tmpl_id, *(w.product_tmpl_id for w in works), category, site]
        made = [(records._name, records.ids) for records in [*made, partner]]
        return [user.id for user in users], order.id, made

    def _make_product(self, env, name, **values):
        values = {"name": f"Same moment {name}", "list_price": 10, "taxes_id": [], **values}
        return env["product.product"].create(values)

    def _clean(self, env):
        env["sale.order"].browse(self.order_id).unlink()
        for model, ids in self.made:
            env[model].browse(ids).unlink()
        users = env["res.users"].browse(self.users)
        partners = users.partner_id
        users.unlink()
        partners.unlink()

    # === The moment === #

    def _press_together(self, press, order_id):
        """Let both people do the same at once.

        :return: how often each of them tried, and what they were told
        """
        together, tries, told = threading.Barrier(2), [], []

        def work(env):
            tries.append(env.uid)
            order = env["sale.order"].browse(order_id)
            order.order_line.mapped("product_uom_qty")
            # a second try does not wait any more
            with suppress(threading.BrokenBarrierError):
                together.wait(WAIT / 4)
            together.abort()
            return press(order)

        threads = [
            threading.Thread(target=lambda user=user: told.append(self._run(work, user)))
            for user in self.users
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(WAIT)
        return tries, told

    def test_works_are_generated_once(self):
        tries, told = self._press_together(
            lambda order: order.action_generate_works(), self.order_id
        )
        self.assertEqual(len(told), 2, "both succeed")
        self.assertGreaterEqual(len(tries), 3, "the second one began anew")
        self._run(self._check_works)

    def _check_works(self, env):
        lines = env["sale.order"].browse(self.order_id).order_line
        works = lines.filtered("smarthome_is_generated")
        self.assertEqual(len(works), len(works.product_id), "no work stands there twice")
        ours = works.filtered(lambda line: line.product_id.name.startswith("Same moment"))
        self.assertEqual(ours.mapped("product_uom_qty"), [10.0] * 3)
        self.assertEqual(len(lines.filtered("smarthome_is_works_section")), 1)
        self.assertEqual(len(lines), 5 + len(works) + 1)
