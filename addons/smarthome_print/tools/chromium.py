"""A headless Chromium on a DevTools pipe: no port, no websocket, no network.

Every request of a page is answered by the caller, in this process; whatever the caller does not answer
is refused, and the browser itself can reach nothing: it resolves no names and its only proxy is a closed
port. The scripts of pages are switched off.
"""

import base64
import contextlib
import fcntl
import itertools
import json
import os
import select
import shutil
import signal
import time
from typing import NamedTuple

from .slots import slot

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SERVED_TYPES = ("Stylesheet", "Image", "Font")
SWITCHES = (
    "--headless",
    "--remote-debugging-pipe",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-crash-reporter",
    "--disable-breakpad",
    "--mute-audio",
    "--hide-scrollbars",
    "--font-render-hinting=none",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
)
# A server limits its own address space, and Chromium reserves far more than any such limit: the soft
# limit is lifted as far as the hard one allows.
LAUNCHER = 'ulimit -S -v "$(ulimit -H -v)"; exec "$@"'
PASSED_ENVIRONMENT = (
    "PATH",
    "LANG",
    "LC_ALL",
    "LANGUAGE",
    "TZ",
    "FONTCONFIG_PATH",
    "FONTCONFIG_FILE",
)
READY = "document.documentElement.offsetHeight, document.fonts.status"
CLOSING_SECONDS = 5


class ChromiumError(RuntimeError):
    """Chromium did not do what it was asked for."""


class ChromiumStartError(ChromiumError):
    """Chromium did not even start."""


class ChromiumTimeoutError(ChromiumError):
    """Chromium did not answer in time."""


class Answer(NamedTuple):
    """What a page gets for one of its requests."""

    content: bytes
    mimetype: str


# what a refused image shows instead of the sign of a broken one
BLANK = Answer(b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>', "image/svg+xml")


def find_chromium():
    """Return the path of the Chromium (or Chrome) of this machine, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def _pipe(child):
    """Return a pipe whose end number ``child`` is none of the numbers that the program expects."""
    ends = list(os.pipe())
    low, ends[child] = ends[child], fcntl.fcntl(ends[child], fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(low)
    return ends


class _Process:
    """The running program and the two ends of its pipe."""

    def __init__(self, path, folder):
        command = ["/bin/sh", "-c", LAUNCHER, "sh", path, *SWITCHES]
        if os.geteuid() == 0:
            command.append("--no-sandbox")  # Chromium refuses to sandbox itself for root
        command += [f"--user-data-dir={folder / 'profile'}", "about:blank"]
        self.log = folder / "log"
        theirs_in, self.writer = _pipe(child=0)
        self.reader, theirs_out = _pipe(child=1)
        os.set_blocking(self.writer, False)
        try:
            self.pid = self._spawn(command, folder, theirs_in, theirs_out)
        except OSError:
            os.close(self.reader)
            os.close(self.writer)
            raise
        finally:
            os.close(theirs_in)
            os.close(theirs_out)

    def _spawn(self, command, folder, theirs_in, theirs_out):
        environment = {key: os.environ[key] for key in PASSED_ENVIRONMENT if key in os.environ}
        flags = os.O_WRONLY | os.O_CREAT
        return os.posix_spawn(
            command[0],
            command,
            {**environment, "HOME": str(folder), "TMPDIR": str(folder)},
            file_actions=[
                (os.POSIX_SPAWN_DUP2, theirs_in, 3),
                (os.POSIX_SPAWN_DUP2, theirs_out, 4),
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
                (os.POSIX_SPAWN_OPEN, 2, str(self.log), flags, 0o600),
            ],
            setpgroup=0,
            setsigmask=[],
            setsigdef=[signal.SIGPIPE, signal.SIGINT, signal.SIGTERM, signal.SIGCHLD],
        )

    def last_words(self):
        """Return the end of what the program wrote before it died."""
        with contextlib.suppress(OSError):
            return self.log.read_text(errors="replace").strip()[-500:]
        return ""

    def ended(self, timeout):
        """Wait for the end of the program; say whether it came, and reap it if so."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            try:
                if os.waitpid(self.pid, os.WNOHANG)[0]:
                    return True
            except ChildProcessError:  # somebody else has reaped it
                return True
            time.sleep(0.01)
        return False

    def close(self, timeout=CLOSING_SECONDS):
        """End the program and all that it has started; a closed pipe asks it kindly first."""
        os.close(self.writer)
        os.close(self.reader)
        ended = self.ended(timeout)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        if not ended:
            self.ended(CLOSING_SECONDS)


class Chromium:
    """One run of the browser, with one page: a context manager.

    :param fetch: called with each address that a page asks for, returns an :class:`Answer` or None
    :param float timeout: seconds for everything together, waiting for a free place included
    :param str path: the program, by default the one of this machine
    :param int places: how many may run at once on this machine
    """

    def __init__(self, fetch, timeout=60, path=None, places=None):
        self._fetch = fetch
        self._timeout = timeout
        self._path = path or find_chromium()
        self._places = places
        self._numbers = itertools.count(1)
        self._buffer = bytearray()
        self._loaded = set()
        self._page = self._address = self._session = None

    def __enter__(self):
        if not self._path:
            raise ChromiumStartError("no Chromium on this machine")
        self._deadline = time.monotonic() + self._timeout
        with contextlib.ExitStack() as stack:
            folder = stack.enter_context(
                slot("smarthome-print", count=self._places, timeout=self._timeout)
            )
            try:
                self._process = _Process(self._path, folder)
            except OSError as error:
                raise ChromiumStartError(f"{self._path} does not start: {error}") from error
            stack.callback(self._process.close)
            self._open_page()
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_exception):
        self._stack.close()

    def _open_page(self):
        """Open the one page, silence its scripts and take over its requests."""
        try:
            target = self._call("Target.createTarget", url="about:blank")["targetId"]
        except ChromiumTimeoutError:
            raise
        except ChromiumError as error:
            raise ChromiumStartError(str(error)) from error
        attached = self._call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self._call("Page.enable")
        self._call("Page.setLifecycleEventsEnabled", enabled=True)
        self._call("Emulation.setScriptExecutionDisabled", value=True)
        self._call("Emulation.setEmulatedMedia", media="print")
        self._call("Fetch.enable", patterns=[{"urlPattern": "*"}])

    def pdf(self, html, address):
        """Print a page.

        :param bytes html: the whole page, in UTF-8, its paper given by CSS (``@page``)
        :param str address: where the page says it lies: what relative links are relative to
        :return: the PDF as bytes
        """
        self._page, self._address = Answer(html, "text/html; charset=utf-8"), address
        shown = self._call("Page.navigate", url=address)
        if shown.get("errorText"):
            raise ChromiumError(f"the page did not load: {shown['errorText']}")
        while shown.get("loaderId") not in self._loaded:
            self._handle(self._receive())
        while self._evaluate(READY) == "loading":
            time.sleep(0.01)
        printed = self._call(
            "Page.printToPDF",
            printBackground=True,
            preferCSSPageSize=True,
            generateTaggedPDF=False,
        )
        return base64.b64decode(printed["data"])

    def _evaluate(self, expression):
        """Return the value of our own expression in the page (the page's scripts stay off)."""
        got = self._call("Runtime.evaluate", expression=expression, returnByValue=True)
        return got["result"].get("value")

    # === PROTOCOL === #

    def _call(self, method, **params):
        """Send a command and return its result, answering the page's requests meanwhile."""
        number = self._send(method, params)
        while (message := self._receive()).get("id") != number:
            self._handle(message)
        if "error" in message:
            raise ChromiumError(f"{method}: {message['error'].get('message')}")
        return message["result"]

    def _send(self, method, params):
        message = {"id": next(self._numbers), "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        data = memoryview(json.dumps(message).encode() + b"\0")
        while data:
            self._wait(self._process.writer, select.POLLOUT)
            try:
                data = data[os.write(self._process.writer, data) :]
            except BrokenPipeError as error:
                raise self._ended() from error
        return message["id"]

    def _receive(self):
        """Return the next message: an answer to a command, or an event."""
        seen = 0
        while (end := self._buffer.find(b"\0", seen)) < 0:
            seen = len(self._buffer)
            self._wait(self._process.reader, select.POLLIN)
            chunk = os.read(self._process.reader, 1 << 20)
            if not chunk:
                raise self._ended()
            self._buffer += chunk
        message = json.loads(self._buffer[:end])
        del self._buffer[: end + 1]
        return message

    def _ended(self):
        return ChromiumError(f"Chromium has ended. {self._process.last_words()}".strip())

    def _wait(self, descriptor, event):
        """Wait until an end of the pipe can be used."""
        poll = select.poll()
        poll.register(descriptor, event)
        left = self._deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise ChromiumTimeoutError(f"no answer in {self._timeout:g} seconds")

    def _handle(self, message):
        """Take note of an event."""
        method, params = message.get("method"), message.get("params", {})
        if method == "Fetch.requestPaused":
            self._answer(params)
        elif method == "Page.lifecycleEvent" and params["name"] == "load":
            self._loaded.add(params["loaderId"])
        elif method in ("Inspector.targetCrashed", "Target.detachedFromTarget"):
            raise ChromiumError("the page has crashed")

    def _answer(self, params):
        """Answer one request of the page, or refuse it."""
        answer = self._find_answer(params["request"]["url"], params.get("resourceType"))
        if answer is None:
            # an aborted navigation leaves the page as it is, a blocked one shows an error instead
            reason = "Aborted" if params.get("resourceType") == "Document" else "BlockedByClient"
            refusal = {"requestId": params["requestId"], "errorReason": reason}
            self._send("Fetch.failRequest", refusal)
            return
        headers = {"Content-Type": answer.mimetype, "Access-Control-Allow-Origin": "*"}
        fulfilment = {
            "requestId": params["requestId"],
            "responseCode": 200,
            "responseHeaders": [{"name": name, "value": headers[name]} for name in headers],
            "body": base64.b64encode(answer.content).decode(),
        }
        self._send("Fetch.fulfillRequest", fulfilment)

    def _find_answer(self, url, kind):
        """Return what to answer: the page itself once, then what it is made of; never a frame."""
        if kind == "Document":
            page = self._page if url == self._address else None
            self._page = None
            return page
        if kind not in SERVED_TYPES:
            return None
        return self._fetch(url) or (BLANK if kind == "Image" else None)
