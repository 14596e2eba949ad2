"""The base that ``run`` serves: made once, brought up to date at each start, served."""

import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request

from tools.addons import DEMO, find_addons
from tools.console import Problem, say, warn
from tools.process import reason

NAME = os.environ.get("SMARTHOME_DB", "smarthome")
RECORD = "smarthome.made_of"


class Instance:
    """The base of ``run`` on its server.

    :param runner: Odoo on that server
    :param odoo: the Odoo it runs with
    """

    def __init__(self, runner, odoo, name=NAME):
        self.runner, self.odoo, self.name = runner, odoo, name
        self.where, self.server = runner.where, runner.server
        self.files = runner.files / "filestore"
        self.passwords = self.where.base(name) / "passwords.txt"

    def prepare(self, demo=True, language="ru_RU"):
        """Make the base, or bring it up to date with the addons' code."""
        addons = find_addons(self.where.root)
        if self.server.exists(self.name):
            self._refresh(addons, demo)
        else:
            wanted = {name: addon for name, addon in addons.items() if demo or name != DEMO}
            self._make(wanted, demo, language)

    def require(self):
        """Refuse to go on without a base."""
        if not self.server.exists(self.name):
            raise Problem(f"there is no base {self.name} yet: make it by ./smarthome run --prepare")

    def update(self, names):
        """Update modules of the base by hand."""
        self.require()
        addons = find_addons(self.where.root)
        say(f"Updating {', '.join(names)}")
        self.runner.install(self.name, update=names)
        record = self._read_record()
        for name in addons if {"all", "base"} & set(names) else names:
            if name in addons and name in record["addons"]:
                record["addons"][name] = addons[name].checksum
        self._write_record(self.name, record)
        self._give_passwords(self.name, record["language"])

    def remove(self):
        """Drop the base with its files and passwords."""
        for name in (self.name, self._building):
            self.server.drop(name)
            shutil.rmtree(self.files / name, ignore_errors=True)
        self.passwords.unlink(missing_ok=True)

    @property
    def _building(self):
        return f"{self.name}-new"

    def _make(self, addons, demo, language):
        """Build the base under another name; renaming it is the last step."""
        building = self._building
        self.server.drop(building)
        for name in (building, self.name):
            shutil.rmtree(self.files / name, ignore_errors=True)
        self.passwords.unlink(missing_ok=True)
        languages = list(dict.fromkeys([language, "ru_RU", "en_US"]))
        self.odoo.provide_language(language)
        say(f"Making the base: Odoo and {len(addons)} addons" + (" with the demo company" * demo))
        self.server.create(building)
        self.runner.install(building, list(addons) or ["base", "web"], languages=languages)
        say("Setting language and passwords")
        self._give_passwords(building, language)
        say("Building the asset bundles")
        self.runner.script(building, "assets", "building the asset bundles")
        self._write_record(building, self._new_record(addons, demo, language))
        if (self.files / building).exists():
            os.rename(self.files / building, self.files / self.name)
        self.server.rename(building, self.name)

    def _refresh(self, addons, demo):
        """Install what is new and update what has changed since the last start."""
        record = self._read_record()
        if demo != record["demo"]:
            made = "with" if record["demo"] else "without"
            warn(f"the base was made {made} the demo company and stays so until ./smarthome reset")
        wanted = {name: addon for name, addon in addons.items() if record["demo"] or name != DEMO}
        known = record["addons"]
        new = [name for name in wanted if name not in known]
        changed = [
            name for name in wanted if name in known and known[name] != wanted[name].checksum
        ]
        if record["odoo"] != self.odoo.identity:
            changed = ["base"]
        if new or changed:
            say("Bringing the base up to date: " + ", ".join(new + changed))
            self.runner.install(self.name, new, changed)
            self._give_passwords(self.name, record["language"])
            fresh = self._new_record(wanted, record["demo"], record["language"])
            self._write_record(self.name, fresh)
        elif not self.passwords.exists():
            self._give_passwords(self.name, record["language"])

    def _new_record(self, addons, demo, language):
        checksums = {name: addon.checksum for name, addon in addons.items()}
        return {
            "odoo": self.odoo.identity,
            "demo": demo,
            "language": language,
            "addons": checksums,
        }

    def _read_record(self):
        rows = self.server.sql(
            f"SELECT value FROM ir_config_parameter WHERE key = '{RECORD}'", self.name
        )
        empty = {"odoo": None, "demo": True, "language": "ru_RU", "addons": {}}
        return {**empty, **json.loads(rows[0][0])} if rows else empty

    def _write_record(self, database, record):
        value = json.dumps(record)
        self.server.sql(
            "INSERT INTO ir_config_parameter (key, value, create_date, write_date) "
            f"VALUES ('{RECORD}', $json${value}$json$, now(), now()) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            database,
        )

    def _give_passwords(self, database, language):
        self.runner.script(
            database,
            "people",
            "setting language and passwords",
            language=language,
            password_file=str(self.passwords),
        )

    def serve(self, port):
        """Serve the base on 127.0.0.1 until somebody stops it."""
        log = self.where.logs / "server.log"
        log.unlink(missing_ok=True)
        say(f"Starting the server on port {port}")
        options = {"http_port": port, "dbfilter": f"^{self.name}$", "max_cron_threads": 1}
        process = self.runner.start(self.name, log, **options)
        try:
            _wait_until_ready(process, port, log)
            self._announce(port)
            return _wait_for_end(process)
        finally:
            _stop(process)

    def _announce(self, port):
        lines = self.passwords.read_text().splitlines()
        logins = [line.split("\t")[0] for line in lines if not line.startswith("#")]
        print(f"\nSmart Home is ready at http://127.0.0.1:{port}", flush=True)
        print(f"Passwords of {', '.join(logins)}: {self.passwords}", flush=True)
        print(
            f"What the server says: {self.where.logs / 'server.log'}. Ctrl-C stops it.", flush=True
        )


@contextlib.contextmanager
def run_alone(where, port):
    """Only one ``run`` at a time serves the base; the second is told where the first is."""
    folder = where.base(NAME)
    folder.mkdir(mode=0o700, exist_ok=True)
    with open(folder / "lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            other = lock.read().strip() or "being prepared"
            raise Problem(
                f"this base is already in use by another ./smarthome ({other}): stop that one first."
            ) from error
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, http://127.0.0.1:{port}" if port else "")
        lock.flush()
        yield


def _wait_until_ready(process, port, log, seconds=180):
    """Wait for the first answer, so that the address is printed when it works."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            lines = log.read_text(errors="replace").splitlines() if log.exists() else []
            raise Problem(f"the server ended by itself: {reason(lines)} (its log: {log})")
        for page in ("web/health", "web/login"):
            try:
                with urllib.request.urlopen(
                    f"http://127.0.0.1:{port}/{page}", timeout=60
                ) as answer:
                    answer.read()
            except urllib.error.HTTPError as error:
                raise Problem(
                    f"the server answers {error.code} at /{page} (its log: {log})"
                ) from error
            except OSError:
                break
        else:
            return
        time.sleep(0.2)
    raise Problem(f"the server did not answer within {seconds} s (its log: {log})")


def _wait_for_end(process):
    """Wait for the server; Ctrl-C reaches it too and ends it in order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    code = process.wait()
    return 0 if code in (0, -signal.SIGINT, -signal.SIGTERM) else code


def _stop(process):
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
