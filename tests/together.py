"""Two people at the same moment, each in a thread with a transaction of his own."""

import threading
from contextlib import suppress
from unittest.mock import patch

from leftovers import Leftovers

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, new_test_user

#: seconds that one waits for the other
WAIT = 20
#: models of what a test makes and names as itself
NAMED = (
    "smarthome.object",
    "product.template",
    "product.category",
    "smarthome.object.type",
    "hr.employee",
    "resource.resource",
    "res.partner",
)


class Together(BaseCase):
    """What is made here is committed, and is gone before and after each test."""

    #: how the name of all begins that a test makes
    name = ""
    #: roles of the people by their logins
    roles = {}

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(Registry, "_lock", DummyRLock()))
        self._run(self._clean)
        self.addCleanup(self._run, self._clean)

    def _make_people(self, env):
        """:return: the users' identifiers, in the order of their roles"""
        groups = "smarthome_base.group_smarthome_%s"
        return [
            new_test_user(env, login, groups=groups % role).id for login, role in self.roles.items()
        ]

    # === The end of what is committed === #

    def _clean(self, env):
        """Delete what bears the test's name and its people; a broken run leaves nothing either."""
        env = env(context={**env.context, "active_test": False})
        leftovers = Leftovers(env)
        users = env["res.users"].search([("login", "in", list(self.roles))])
        partners = users.partner_id
        for records in (*self._find_unnamed(env, users), *self._find_named(env), users, partners):
            leftovers.delete(records)

    def _find_named(self, env):
        return [
            env[model].search([("name", "=like", f"{self.name}%")])
            for model in NAMED
            if model in env
        ]

    def _find_unnamed(self, env, users):
        """What a warehouse makes and nothing of the test's own holds on to."""
        if "smarthome.staging.tap" not in env:
            return []
        sites = env["smarthome.object"].search([("name", "=like", f"{self.name}%")])
        taps = env["smarthome.staging.tap"].search([("create_uid", "in", users.ids)])
        return [sites.order_ids.stock_reference_ids, taps]

    # === Two at once === #

    def _run(self, work, user=SUPERUSER_ID):
        """Work in a transaction of its own, again when it met another, as a request does."""
        with db_connect(get_db_name()).cursor() as cr:
            env = api.Environment(cr, user, {})
            return retrying(lambda: work(env), env)

    def _press_together(self, *presses, in_turn=False):
        """Let people press at once, each on what the base held before any of them pressed.

        :param presses: pairs of a user's identifier and a function of his environment
        :param in_turn: let each press when the one before him is done, though with the old
            snapshot: this way the order is sure
        :return: users by their tries, and what they were told by their place: the result, or the
            text of a refusal
        """
        together, tries, told = threading.Barrier(len(presses)), [], {}
        done = [threading.Event() for _press in presses]

        def work(env, place, press):
            tries.append(env.uid)
            env.cr.execute("SELECT 1 FROM sale_order LIMIT 1")
            # a second try does not wait any more
            with suppress(threading.BrokenBarrierError):
                together.wait(WAIT / 4)
            together.abort()
            if in_turn and place:
                done[place - 1].wait(WAIT)
            return press(env)

        def person(place, user, press):
            try:
                told[place] = self._run(lambda env: work(env, place, press), user)
            except UserError as error:
                told[place] = str(error)
            finally:
                done[place].set()

        threads = [
            threading.Thread(target=person, args=(place, user, press))
            for place, (user, press) in enumerate(presses)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(2 * WAIT)
        return tries, told
