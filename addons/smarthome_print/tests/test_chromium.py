import http.server
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from odoo.tests import BaseCase, tagged

from ..tools import slots
from ..tools.chromium import (
    Answer,
    Chromium,
    ChromiumError,
    ChromiumStartError,
    ChromiumTimeoutError,
)
from ..tools.merge import count_pages

ADDRESS = "http://report.example/report"
HUNG = "#!/bin/sh\nexec sleep 60\n"


def _nothing(_url):
    return None


@tagged("post_install", "-at_install")
class TestChromium(BaseCase):
    def setUp(self):
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.patch(tempfile, "tempdir", str(self.folder))

    def _program(self, text):
        path = self.folder / "program"
        path.write_text(text)
        path.chmod(0o755)
        return str(path)

    def _places(self):
        """Return what is left in the places of this test besides the locks."""
        return [path for path in self.folder.glob("smarthome-print-*/*") if path.is_dir()]

    def test_prints_and_leaves_nothing(self):
        with Chromium(_nothing, timeout=30) as browser:
            pid = browser._process.pid
            pdf = browser.pdf("<p>Привет</p>".encode(), ADDRESS)
            self.assertEqual(len(self._places()), 1)
        self.assertEqual(count_pages(pdf), 1)
        self.assertEqual(self._places(), [])
        with self.assertRaises(ProcessLookupError):
            os.kill(pid, 0)

    def test_asks_only_for_what_is_printed(self):
        asked = []

        def fetch(url):
            asked.append(url)
            return Answer(b"p { color: red }", "text/css") if url.endswith(".css") else None

        page = """
            <link rel="stylesheet" href="/a.css"><link rel="prefetch" href="/b.css">
            <img src="/c.png"><iframe src="/d.html"></iframe><object data="/e.pdf"></object>
            <script src="/f.js"></script><img src="x" onerror="document.title = 1; fetch('/g')">
            <meta http-equiv="refresh" content="0;url=/h.html"><p>Текст</p>
        """
        with Chromium(fetch, timeout=30) as browser:
            self.assertEqual(count_pages(browser.pdf(page.encode(), ADDRESS)), 1)
        paths = {url.removeprefix("http://report.example/") for url in asked}
        self.assertEqual(paths, {"a.css", "c.png", "x"})

    def test_nothing_goes_out(self):
        heard = []

        class Listener(http.server.BaseHTTPRequestHandler):
            def handle(self):
                heard.append(self.client_address)

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        port = server.server_address[1]
        page = "".join(
            tag.format(host=host)
            for host in (f"http://127.0.0.1:{port}", f"http://localhost:{port}")
            for tag in (
                '<link rel="preconnect" href="{host}"><link rel="dns-prefetch" href="{host}">',
                '<img src="{host}/i"><iframe src="{host}/f"></iframe><embed src="{host}/e">',
                "<style>@import url({host}/s); p {{ background: url({host}/b) }}</style>",
                '<svg><use href="{host}/u#x"/><image href="{host}/g"/></svg><p>x</p>',
            )
        )
        with Chromium(_nothing, timeout=30) as browser:
            browser.pdf(page.encode(), ADDRESS)
            time.sleep(0.5)
        self.assertEqual(heard, [])

    def test_limit_of_memory_is_lifted(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        self.addCleanup(resource.setrlimit, resource.RLIMIT_AS, (soft, hard))
        resource.setrlimit(resource.RLIMIT_AS, (3 << 30, hard))
        with Chromium(_nothing, timeout=30) as browser:
            self.assertEqual(count_pages(browser.pdf(b"<p>x</p>", ADDRESS)), 1)

    def test_a_program_that_hangs(self):
        started = time.monotonic()
        with self.assertRaises(ChromiumTimeoutError):
            with Chromium(_nothing, timeout=0.5, path=self._program(HUNG)):
                self.fail("it cannot have started")
        self.assertLess(time.monotonic() - started, 10)
        self.assertEqual(self._places(), [])

    def test_a_program_that_fails_says_why(self):
        program = self._program("#!/bin/sh\necho no usable sandbox >&2\nexit 1\n")
        with self.assertRaisesRegex(ChromiumStartError, "no usable sandbox"):
            with Chromium(_nothing, path=program):
                self.fail("it cannot have started")

    def test_no_program(self):
        with self.assertRaises(ChromiumStartError):
            with Chromium(_nothing, path="/no/such/program", timeout=5):
                self.fail("it cannot have started")

    def test_killed_in_the_middle(self):
        with Chromium(_nothing, timeout=30) as browser:
            os.kill(browser._process.pid, signal.SIGKILL)
            with self.assertRaises(ChromiumError):
                browser.pdf(b"<p>x</p>", ADDRESS)
        self.assertEqual(self._places(), [])

    def test_a_crashed_page(self):
        started = time.monotonic()
        with Chromium(_nothing, timeout=30) as browser:
            with self.assertRaises(ChromiumError):
                browser._call("Page.crash")
        self.assertLess(time.monotonic() - started, 15)

    def test_ends_with_its_server(self):
        script = (
            "import sys, time; sys.path.insert(0, sys.argv[1])\n"
            "from tools.chromium import Chromium\n"
            "with Chromium(lambda url: None) as browser:\n"
            "    print(browser._process.pid, flush=True); time.sleep(60)\n"
        )
        addon = str(Path(__file__).parents[1])
        server = subprocess.Popen(
            [sys.executable, "-c", script, addon],
            stdout=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(self.folder)},
        )  # fmt: skip
        with server:
            pid = int(server.stdout.readline())
            server.kill()
        deadline = time.monotonic() + 10
        while self._is_running(pid) and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertFalse(self._is_running(pid))
        with Chromium(_nothing, places=1):
            self.assertEqual(len(self._places()), 1)
        self.assertEqual(self._places(), [])

    def _is_running(self, pid):
        try:
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except FileNotFoundError:
            return False

    def test_places_are_bounded(self):
        with slots.slot("test", count=2), slots.slot("test", count=2):
            with self.assertRaises(slots.NoFreeSlotError):
                with slots.slot("test", count=2, timeout=0.2):
                    self.fail("there was no place")
        with slots.slot("test", count=2, timeout=0):
            pass

    def test_a_foreign_folder_is_refused(self):
        (self.folder / f"test-{os.geteuid()}").mkdir(mode=0o777)
        (self.folder / f"test-{os.geteuid()}").chmod(0o777)
        with self.assertRaises(PermissionError):
            with slots.slot("test"):
                self.fail("the folder is open to all")

    def test_threads_take_turns(self):
        results = []

        def work():
            with Chromium(_nothing, timeout=60, places=2) as browser:
                results.append(count_pages(browser.pdf(b"<p>x</p>", ADDRESS)))

        threads = [threading.Thread(target=work) for _number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(results, [1] * 4)
