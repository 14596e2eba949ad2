"""``./smarthome test``: pytest on a clone of a prepared base, ended by pytest's own summary."""

import contextlib
import os
import subprocess

from tools.addons import find_addons
from tools.console import Problem, say
from tools.odoo import Runner
from tools.process import clean_environment, die_with_parent
from tools.templates import Store, plan

PLAIN = "tests/tools"


def find_targets(root, words, addons):
    """Turn what the person names into pytest's arguments: an addon, a path, a file::test.

    :param words: what stands after ``./smarthome test``; words with a dash go to pytest as they are
    """
    targets = []
    for word in words:
        path, separator, test = word.partition("::")
        if path in addons:
            path = str(addons[path].path.relative_to(root))
        elif not word.startswith("-") and not (root / path).exists() and not _is_value(words, word):
            raise Problem(
                f"there is nothing to test at {path}: name an addon ({', '.join(addons) or 'none yet'}), "
                "a folder, a file or file::test."
            )
        targets.append(path + separator + test)
    return targets


def _is_value(words, word):
    """Whether the word belongs to the option before it, as in ``-k name``."""
    place = words.index(word)
    return place > 0 and words[place - 1].startswith("-") and "=" not in words[place - 1]


def needs_no_base(words):
    """Whether everything named is plain Python, tested without Odoo."""
    named = [word for word in words if not word.startswith("-")]
    return bool(named) and all(word.startswith(PLAIN) for word in named)


def run_plain(where, environment, words):
    """Test the tools alone: no Odoo, no database."""
    return _pytest(where, environment, ["-p", "no:odoo", *words], clean_environment())


def run(where, odoo, environment, server, words):
    """Test on a clone of the prepared base.

    :return: pytest's exit code
    """
    addons = find_addons(where.root)
    targets = find_targets(where.root, words, addons)
    store = Store(Runner(where, environment, server, where.cache / "tests"))
    with where.locked("templates"):
        store.remove_leftovers()
        template = provide_template(store, odoo, addons)
    name = f"test-{os.getpid()}"
    try:
        store.clone(template, name)
        return _run_on(where, environment, store, name, targets, template)
    finally:
        store.remove(name)


def provide_template(store, odoo, addons):
    """The base with our addons installed, built if their code has changed."""
    pins = (store.runner.where.root / "requirements.txt").read_text()
    first, own = plan(odoo.identity, pins, addons)
    if not addons:
        return store.provide(first)
    if not store.server.exists(own.name):
        store.provide(first)
    return store.provide(own)


def _run_on(where, environment, store, name, targets, template):
    runner = store.runner
    env = runner.env(SMARTHOME_TEMPLATE=template)  # for tests that install and uninstall
    config = runner.config_file(name, screenshots=where.cache / "screenshots")
    options = [f"--odoo-config={config}", f"--odoo-database={name}", "--odoo-http"]
    options.append("--odoo-log-level=warn")  # shown with the tests that fail
    workers = [] if targets else ["-n", "2", "--dist", "loadfile"]
    say("Testing")
    with contextlib.ExitStack() as stack:
        stack.callback(config.unlink, missing_ok=True)
        return _pytest(where, environment, [*options, *workers, *targets], env)


def _pytest(where, environment, words, env):
    command = [str(environment.python), "-m", "pytest", "-o", f"cache_dir={where.cache / 'pytest'}"]
    env["HYPOTHESIS_STORAGE_DIRECTORY"] = str(where.cache / "hypothesis")
    options = {"cwd": where.root, "env": env, "preexec_fn": die_with_parent}
    return subprocess.call([*command, *words], stdin=subprocess.DEVNULL, **options)
