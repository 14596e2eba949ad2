"""Starting Odoo: installing, updating, its shell, serving."""

import re
import subprocess
from pathlib import Path

from tools.addons import addons_path
from tools.console import Problem
from tools.process import clean_environment, die_with_parent, follow, require_success

SCRIPTS = Path(__file__).parent / "scripts"
_LOADING = re.compile(r"odoo\.modules\.loading: Loading module (\S+) \((\d+)/(\d+)\)")


class Runner:
    """Odoo of one environment on one server.

    :param where: the Places
    :param environment: the virtual environment that has Odoo on its path
    :param server: the PostgreSQL server
    :param files: Odoo's data folder (filestore, sessions)
    """

    def __init__(self, where, environment, server, files):
        self.where, self.environment, self.server, self.files = where, environment, server, files
        files.mkdir(parents=True, exist_ok=True)

    def options(self, **more):
        """The options that every start of Odoo has, as a configuration."""
        own_path = addons_path(self.where.root)
        return {
            "db_host": self.server.host,
            "db_port": self.server.port,
            "db_user": self.server.user,
            "data_dir": self.files,
            **({"addons_path": own_path} if own_path else {}),
            "http_interface": "127.0.0.1",
            "max_cron_threads": 0,
            "limit_time_cpu": 3600,
            "limit_time_real": 3600,
            "list_db": False,
            **more,
        }

    def config_file(self, name, **more):
        """Write a configuration file and give its path."""
        lines = [f"{key} = {value}" for key, value in self.options(**more).items()]
        path = self.files / f"{name}.conf"
        path.write_text("\n".join(["[options]", *lines, ""]))
        path.chmod(0o600)
        return path

    def env(self, **more):
        """The variables of a child that speaks with the database."""
        return clean_environment(**self.server.environment(), **more)

    def command(self, *words):
        """Odoo's command line; its own options stand in a configuration file."""
        return [str(self.environment.python), "-m", "odoo", *map(str, words)]

    def install(self, database, modules=(), update=(), languages=()):
        """Install and update modules, with progress lines, and make sure that they are there."""
        log = self.where.logs / f"install-{database}.log"
        words = [
            "-c",
            self.config_file("install"),
            "-d",
            database,
            "--stop-after-init",
            "--no-http",
        ]
        if modules:
            words += ["-i", ",".join(modules)]
        if update:
            words += ["-u", ",".join(update)]
        if languages:
            words.append(f"--load-language={','.join(languages)}")
        command = self.command("server", *words)
        code, lines = follow(command, log, progress=Progress(), env=self.env(), cwd=self.where.root)
        require_success(code, lines, "installing Odoo's modules", log)
        self._require_installed(database, {*modules, *update}, log)

    def _require_installed(self, database, names, log):
        rows = self.server.sql(
            "SELECT name FROM ir_module_module WHERE state = 'installed'", database
        )
        missing = sorted(names - {row[0] for row in rows})
        if missing:
            raise Problem(
                f"Odoo did not install {', '.join(missing)}: a module it depends on is missing or its "
                f"manifest is wrong (see {log})."
            )

    def script(self, database, name, doing, **values):
        """Run a script of tools/scripts in Odoo's shell; it prints what it has to say.

        :param values: variables that the script finds under these names
        """
        log = self.where.logs / f"{name}.log"
        given = "".join(f"{key} = {value!r}\n" for key, value in values.items())
        text = given + (SCRIPTS / f"{name}.py").read_text()
        words = ["-c", self.config_file("shell"), "-d", database, "--no-http", "--log-level=warn"]
        command = self.command("shell", *words)
        code, lines = follow(command, log, stdin_text=text, env=self.env(), cwd=self.where.root)
        require_success(code, lines, doing, log)
        return lines

    def shell(self, database, words=()):
        """Odoo's shell on the terminal or on a script from standard input; its exit code."""
        config = self.config_file("shell")
        command = self.command("shell", "-c", config, "-d", database, "--no-http", *words)
        return subprocess.call(command, env=self.env(), preexec_fn=die_with_parent)

    def start(self, database, log, **more):
        """Start the server in the background of this process."""
        config = self.config_file("server", **more)
        command = self.command("server", "-c", config, "-d", database, f"--logfile={log}")
        options = {"env": self.env(), "cwd": self.where.root, "preexec_fn": die_with_parent}
        with open(log, "a") as output:
            options.update(stdin=subprocess.DEVNULL, stdout=output, stderr=output)
            return subprocess.Popen(command, **options)


class Progress:
    """Turns Odoo's log into a line now and then: how many modules are loaded."""

    def __init__(self, every=25):
        self.every, self.shown = every, 0

    def __call__(self, line):
        found = _LOADING.search(line)
        if not found or int(found[3]) < self.every:
            return None
        number = int(found[2])
        if number < self.shown:
            self.shown = 0
        if number < self.shown + self.every:
            return None
        self.shown = number
        return f"  {number} of {found[3]} modules"
