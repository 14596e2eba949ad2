import logging
import time

from odoo.tests import tagged

from .import_common import ImportCommon, make_workbook

_logger = logging.getLogger(__name__)


@tagged("post_install", "-at_install")
class TestImportPerformance(ImportCommon):
    """No query per row: what grows with the file are batches of a hundred rows."""

    def _list_of(self, count, start=0, price=10):
        rows = (
            (f"P-{start + n}", f"Goods {start + n}", "шт", price, price * 2) for n in range(count)
        )
        return self._goods_file(*rows)

    def _count(self, action):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        action()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _count_import(self, kind, content, method="action_apply", **values):
        record = self._import(kind, content, **values)
        return self._count(getattr(record, method))

    def _assert_flat(self, small, large, rows):
        _logger.info("queries: %s for the small file, %s for the large one", small, large)
        self.assertLess((large - small) / rows, 0.25, f"{small} → {large}: a query per row")

    def test_check_of_goods(self):
        self._count_import("goods", self._list_of(5), "action_check")
        small = self._count_import("goods", self._list_of(50), "action_check")
        large = self._count_import("goods", self._list_of(500), "action_check")
        self._assert_flat(small, large, 450)

    def test_new_goods(self):
        self._count_import("goods", self._list_of(5, 10_000))
        small = self._count_import("goods", self._list_of(50))
        large = self._count_import("goods", self._list_of(500, 1_000))
        self._assert_flat(small, large, 450)

    def test_changed_goods(self):
        self._count_import("goods", self._list_of(550))
        small = self._count_import("goods", self._list_of(50, price=11))
        large = self._count_import("goods", self._list_of(500, 50, price=11))
        self._assert_flat(small, large, 450)

    def test_brief(self):
        self._count_import("goods", self._list_of(600))
        counts = []
        for size in (5, 50, 500):
            rows = [("Помещение", "Артикул", "Что нужно", "Кол-во")]
            rows += [(f"Room {n % 9}", f"P-{n}", "wish", n + 1) for n in range(size)]
            order = self._create_proposal()
            values = {"order_id": order.id, "user": self.manager}
            counts.append(self._count_import("brief", make_workbook(rows), **values))
        self._assert_flat(counts[1], counts[2], 450)

    def test_five_thousand_rows(self):
        begin = time.monotonic()
        record = self._import("goods", self._list_of(5_000))
        record.action_check()
        checked = time.monotonic()
        record.action_apply()
        self.env.flush_all()
        applied = time.monotonic()
        again = self._import("goods", self._list_of(5_000))
        again.action_apply()
        _logger.info(
            "5000 rows: check %.1f s, apply %.1f s, again %.1f s",
            checked - begin,
            applied - checked,
            time.monotonic() - applied,
        )
        self.assertEqual(record.new_count, 5_000)
        self.assertRecordValues(again, [{"new_count": 0, "changed_count": 0, "error_count": 0}])
        self.assertLess(time.monotonic() - begin, 120)
