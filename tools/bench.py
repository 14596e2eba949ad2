"""``./smarthome bench``: runs benchmarks/bench_*.py and writes their numbers to a file.

A benchmark is a file ``benchmarks/bench_<name>.py`` with ``run(env)`` that yields dictionaries:
``name``, ``value``, ``unit``, and ``limit`` where the value must not be greater. It runs in Odoo's
shell; nothing of it is kept. ``benchmarks/prepare.py`` with ``prepare(env)`` fills the base once;
the filled base is kept for as long as it and the addons stay the same. Beside it stands a base of
Odoo's modules alone, filled by ``benchmarks/prepare_plain.py``, to compare with: the benchmark
finds its name in the variable ``SMARTHOME_PLAIN_BASE``.
"""

import datetime
import hashlib
import json
import os
from pathlib import Path

from tools.addons import find_addons
from tools.console import Problem, fail, say
from tools.odoo import Runner
from tools.places import write_atomically
from tools.system import describe_machine
from tools.templates import Store, plan
from tools.testing import provide_template

MARK = "SMARTHOME-BENCH "


def run(where, odoo, environment, server, names, output=None):
    """Run the benchmarks on a clone of the filled base.

    :param names: which of them, all if empty
    :return: 1 if a number is over its limit
    """
    folder = where.root / "benchmarks"
    scripts = find_scripts(folder, names)
    store = Store(Runner(where, environment, server, where.cache / "tests"))
    with where.locked("templates"):
        addons = provide_template(store, odoo, find_addons(where.root))
        filled = _provide_filled(store, addons, folder / "prepare.py", "bench")
        odoo_alone = store.provide(_plan_plain(store, odoo))
        plain = _provide_filled(store, odoo_alone, folder / "prepare_plain.py", "plain")
    rows = []
    for script in scripts:
        rows += _measure(store, filled, plain, script)
    target = Path(output) if output else folder / "results"
    _write(target, rows)
    over = [row["name"] for row in rows if is_over(row)]
    if over:
        fail(f"over the limit: {', '.join(over)}")
    return 1 if over else 0


def find_scripts(folder, names):
    """The benchmarks of those names, or all."""
    found = {file.stem.removeprefix("bench_"): file for file in sorted(folder.glob("bench_*.py"))}
    wanted = [Path(name).stem.removeprefix("bench_") for name in names] or list(found)
    unknown = [name for name in wanted if name not in found]
    if unknown or not found:
        raise Problem(
            f"there is no benchmark {', '.join(unknown) or 'yet'} in {folder}; there are: "
            f"{', '.join(found) or 'none'}."
        )
    return [found[name] for name in wanted]


def _plan_plain(store, odoo):
    """The template of Odoo's modules without our addons."""
    root = store.runner.where.root
    pins = (root / "requirements.txt").read_text()
    return plan(odoo.identity, pins, find_addons(root))[0]


def _provide_filled(store, template, prepare, kind):
    """A template with what the script ``prepare`` puts into it.

    :param kind: the beginning of its name
    """
    if not prepare.exists():
        return template
    script = prepare.read_bytes() + _read_helpers(prepare.parent.parent)
    key = hashlib.sha256(template.encode() + script).hexdigest()[:16]
    name = f"{kind}-{key}"
    if not store.server.exists(name):
        say(f"Filling the base «{kind}» for the benchmarks (once for this code)")
        building = f"{name}-new"
        store.clone(template, building)
        store.runner.script(building, "bench_prepare", "filling the base", path=str(prepare))
        store.server.sql("VACUUM ANALYZE", building)
        store.finish(building, name)
    (store.used / name).touch()
    return name


def _read_helpers(root):
    """What makes the rows: another way of filling makes another base."""
    files = sorted((root / "addons").glob("*_demo/tools/*.py"))
    return b"".join(file.read_bytes() for file in files)


def _measure(store, filled, plain, script):
    """One benchmark on clones of its own, so that none sees what another one did."""
    name = f"test-{os.getpid()}-bench"
    beside = f"{name}-plain"
    say(f"Measuring {script.stem.removeprefix('bench_')}")
    try:
        store.clone(filled, name)
        store.clone(plain, beside)
        values = {"path": str(script), "mark": MARK, "plain": beside}
        lines = store.runner.script(name, "bench_run", f"the benchmark {script.name}", **values)
    finally:
        store.remove(name)
        store.remove(beside)
    rows = [json.loads(line[len(MARK) :]) for line in lines if line.startswith(MARK)]
    if not rows:
        raise Problem(f"the benchmark {script.name} measured nothing.")
    for row in rows:
        print(sentence(row), flush=True)
    return rows


def is_over(row):
    """Whether a number is greater than its limit.

    >>> is_over({"name": "x", "value": 1.2, "limit": 1.1}), is_over({"name": "x", "value": 3})
    (True, False)
    """
    return row.get("limit") is not None and row["value"] > row["limit"]


def sentence(row):
    """A number for reading.

    >>> sentence({"name": "generate", "value": 1.23456, "unit": "x", "limit": 1.5})
    'generate: 1.235 x (at most 1.5)'
    """
    value = f"{row['value']:.4g}" if isinstance(row["value"], float) else row["value"]
    limit = f" (at most {row['limit']})" if row.get("limit") is not None else ""
    over = " OVER" if is_over(row) else ""
    return f"{row['name']}: {value} {row.get('unit', '')}".rstrip() + limit + over


def _write(target, rows):
    """The numbers as JSON for programs and as a page for people."""
    machine = describe_machine()
    date = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M UTC")
    target.parent.mkdir(parents=True, exist_ok=True)
    record = {"date": date, "machine": machine, "results": rows}
    write_atomically(
        target.with_suffix(".json"), json.dumps(record, indent=2, ensure_ascii=False) + "\n"
    )
    head = [f"# Benchmarks of {date}", ""]
    head += [f"- {key.replace('_', ' ')}: {value}" for key, value in machine.items()]
    table = ["", "| what | value | unit | at most |", "|---|---:|---|---:|"]
    for row in rows:
        value = f"{row['value']:.4g}" if isinstance(row["value"], float) else row["value"]
        limit = "" if row.get("limit") is None else row["limit"]
        table.append(f"| {row['name']} | {value} | {row.get('unit', '')} | {limit} |")
    write_atomically(target.with_suffix(".md"), "\n".join([*head, *table, ""]))
    say(f"Written: {target.with_suffix('.json')} and .md")
