import threading
from contextlib import suppress
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, tagged

WAIT = 20


@tagged("post_install", "-at_install")
class TestCallSameMoment(BaseCase):
    """Two people press «Create Object» at the same moment, each with a cursor of his own."""

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(Registry, "_lock", DummyRLock()))
        self.call_id = self._run(
            lambda env: env["smarthome.call"].create({"phone": "+375291110099"}).id
        )
        self.addCleanup(self._clean)

    def _run(self, work):
        """Do some work in a transaction of its own, again when it met another."""
        with db_connect(get_db_name()).cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            return retrying(lambda: work(env), env)

    def _clean(self):
        def work(env):
            call = env["smarthome.call"].browse(self.call_id)
            site, partner = call.object_id, call.partner_id
            site.unlink()
            call.exists().unlink()
            partner.unlink()

        self._run(work)

    def test_one_object(self):
        together = threading.Barrier(2)
        opened = []

        def press(env):
            call = env["smarthome.call"].browse(self.call_id)
            found = call.object_id
            if not found:
                self._meet(together)
            return call.action_create_object()["res_id"]

        def person():
            opened.append(self._run(press))

        threads = [threading.Thread(target=person) for _number in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(WAIT)
        self.assertEqual(len(opened), 2)
        self.assertEqual(len(set(opened)), 1)

    def _meet(self, barrier):
        """Wait until both have begun and seen no object; a second try does not wait."""
        with suppress(threading.BrokenBarrierError):
            barrier.wait(WAIT / 4)
        barrier.abort()
