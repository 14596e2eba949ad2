"""The words of ./smarthome and what each does."""

import argparse
import errno
import shutil
import signal
import sys
import traceback
from contextlib import contextmanager

from tools import bench, instance, lint, testing, translations
from tools.addons import find_addons
from tools.console import Problem, confirm, fail, say
from tools.environment import provide_environment
from tools.odoo import Runner
from tools.odoo_source import provide_odoo
from tools.places import find_places
from tools.postgres import cluster_folder, external_server, serving, stop_leftover
from tools.system import provide_packages, require_port

REQUIREMENTS = "requirements.txt"
_DOCUMENTATION = """variables:
  SMARTHOME_HOME        where caches and the base lie
  SMARTHOME_ODOO        an Odoo 19 tree or .deb instead of Debian's package
  SMARTHOME_PYTHON      the Python 3.11 to use
  SMARTHOME_PG_HOST     an existing PostgreSQL (with _PORT, _USER, _PASSWORD)
  SMARTHOME_DB          name of the base of run (smarthome)"""


def main(words):
    """Do what the words say; every expected trouble ends in one sentence."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        options, rest = _parser().parse_known_args(words)
        if rest and options.word != "test":
            _parser().parse_args(words)
        return options.do(options, rest)
    except Problem as problem:
        fail(str(problem))
    except KeyboardInterrupt:
        fail("stopped; the next start goes on from here.")
        return 130
    except BrokenPipeError:
        return 1
    except OSError as error:
        fail(_explain(error))
    except Exception:
        return _confess()
    return 1


def _explain(error):
    """A sentence for what the operating system refuses."""
    place = f" ({error.filename})" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk is full{place}: free some space and start again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"no right to write{place}: start as the user who made it or set SMARTHOME_HOME."
    if error.errno == errno.ENOENT:
        return f"something is missing{place}: install it and start again."
    return f"{error.strerror or error}{place}"


def _confess():
    """An error nobody foresaw: its traceback goes into a file, a sentence to the person."""
    log = find_places().logs / "crash.log"
    try:
        log.write_text(traceback.format_exc())
    except OSError:
        log = "not even a log could be written"
    fail(f"this is a mistake in tools/: {sys.exc_info()[1]} ({log})")
    return 1


def _parser():
    parser = argparse.ArgumentParser(
        prog="./smarthome",
        description="Starts, tests and looks after the Smart Home addons.",
        epilog=_DOCUMENTATION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    words = parser.add_subparsers(dest="word", metavar="WORD", required=True)
    _add_run(words)
    test = _add(words, "test", do_test, "test everything, or what is named")
    test.add_argument("what", nargs="*", help="an addon, a folder, a file, file::test")
    check = _add(words, "lint", do_lint, "check the code and the house's rules")
    check.add_argument("--fix", action="store_true", help="mend what ruff can mend")
    measure = _add(words, "bench", do_bench, "measure, and write the numbers to a file")
    measure.add_argument("what", nargs="*", help="names of scripts in benchmarks/")
    measure.add_argument("--output", help="where the results go (benchmarks/results)")
    shell = _add(words, "shell", do_shell, "Odoo's shell on the base of run")
    shell.add_argument("--db", default=instance.NAME, help="another base")
    update = _add(words, "update", do_update, "update modules of the base of run")
    update.add_argument("module", nargs="+")
    _add(words, "pot", do_pot, "export the terms of all addons and bring ru.po up to date")
    reset = _add(words, "reset", do_reset, "remove the base of run")
    reset.add_argument("--yes", action="store_true", help="do not ask")
    reset.add_argument("--all", action="store_true", help="remove all caches too")
    return parser


def _add_run(words):
    run = _add(words, "run", do_run, "start the program")
    run.add_argument("--port", type=int, default=8069, help="port on 127.0.0.1 (8069)")
    run.add_argument("--no-demo", action="store_true", help="without the demo company")
    run.add_argument("--lang", default="ru_RU", help="language of a new base (ru_RU)")
    run.add_argument("--prepare", action="store_true", help="everything but serving")


def _add(words, name, do, text):
    parser = words.add_parser(name, help=text, description=text.capitalize() + ".")
    parser.set_defaults(do=do)
    return parser


def _provide(browser_required=False):
    """Everything that comes before a database."""
    where = find_places().prepare()
    provide_packages(browser_required)
    odoo = provide_odoo(where)
    return where, odoo, provide_environment(where, REQUIREMENTS, odoo)


@contextmanager
def _instance(name=instance.NAME):
    """The base of ``run``, or another one, on its started server."""
    where, odoo, environment = _provide()
    with serving(where, environment.postgres) as server:
        runner = Runner(where, environment, server, where.base(name) / "files")
        yield instance.Instance(runner, odoo, name)


def do_run(options, _rest):
    """Make the base if need be and serve it."""
    _require_language(options.lang)
    where = find_places().prepare()
    with instance.run_alone(where, None if options.prepare else options.port):
        if not options.prepare:
            require_port(options.port)
        with _instance() as base:
            base.prepare(demo=not options.no_demo, language=options.lang)
            if not options.prepare:
                return base.serve(options.port)
            say(f"Ready; start it by ./smarthome run. Passwords: {base.passwords}")
    return 0


def _require_language(code):
    parts = code.split("_")
    if not (parts[0].isalpha() and parts[0].islower() and len(parts) <= 2):
        raise Problem(f"{code} is no language code of Odoo: write it as ru_RU or en_US.")


def do_test(options, rest):
    """Run the tests that are named, or all."""
    words = [*options.what, *rest]
    if testing.needs_no_base(words):
        where = find_places().prepare()
        provide_packages(browser_required=False)
        environment = provide_environment(where, REQUIREMENTS, provide_odoo(where))
        return testing.run_plain(where, environment, words)
    where, odoo, environment = _provide(browser_required=True)
    with serving(where, environment.postgres, fast=True) as server:
        return testing.run(where, odoo, environment, server, words)


def do_lint(options, _rest):
    """Check the code."""
    return lint.run(find_places().prepare(), fix=options.fix)


def do_bench(options, _rest):
    """Measure."""
    where, odoo, environment = _provide()
    with serving(where, environment.postgres, fast=True) as server:
        return bench.run(where, odoo, environment, server, options.what, options.output)


def do_shell(options, _rest):
    """Odoo's shell."""
    with _instance(options.db) as base:
        base.require()
        return base.runner.shell(options.db, ["--log-level=warn"])


def do_update(options, _rest):
    """Update modules of the base of ``run``."""
    with _instance() as base:
        base.update(options.module)
    return 0


def do_pot(_options, _rest):
    """Export terms."""
    where, odoo, environment = _provide()
    with serving(where, environment.postgres, fast=True) as server:
        return translations.run(where, odoo, environment, server, find_addons(where.root))


def do_reset(options, _rest):
    """Remove the base of ``run``, and the caches if asked."""
    where = find_places()
    what = f"the base {instance.NAME}" + (", all caches and settings" * options.all)
    if not options.yes and not confirm(f"Remove {what}?"):
        raise Problem("nothing removed: answer y, or give --yes where nobody can answer.")
    with instance.run_alone(where.prepare(), None):
        if not options.all or external_server("/"):
            with _instance() as base:
                base.remove()
        if options.all:
            for fast in (False, True):
                stop_leftover(cluster_folder(where, fast))
            for folder in (where.state, where.cache):
                shutil.rmtree(folder)
    say(f"Removed {what}")
    return 0
