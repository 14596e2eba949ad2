"""The warehouse addon taken away, installed upon contracts that are there, and taken away again.

Each step is a process of its own on a copy of the tests' base, as a person does it.

Twenty are bought at 60.00. Before the addon 2 of 5, 0 of 3 and 2 of 2 are delivered; with it the
rest of the first contract is gathered and shipped, the second is gathered; without it the second
is delivered, and 4 more to somebody else: 20 - 5 - 3 - 2 - 4 = 6 are left.
"""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from odoo.tools import config

FOLDER = Path(__file__).parent
SCRIPTS = FOLDER / "lifecycle"
OURS = ("smarthome_stock", "smarthome_bonus")


@pytest.fixture(scope="module")
def base():
    """The name of a copy of the prepared base, with its files."""
    source, name = os.environ["SMARTHOME_TEMPLATE"], f"test-{os.getpid()}-lifecycle"
    files = Path(config["data_dir"], "filestore")
    subprocess.run(["createdb", "--template", source, name], check=True)
    shutil.copytree(files / source, files / name, copy_function=os.link, dirs_exist_ok=True)
    yield name
    subprocess.run(["dropdb", "--force", name], check=True)
    shutil.rmtree(files / name)


def odoo(base, command, *words, **options):
    """Run Odoo on the base and give back what it printed; a traceback is a failure.

    Errors of the database are not: uninstalling tries to delete what is still referred to.
    """
    words = [sys.executable, "-m", "odoo", command, "-c", config["config"], "-d", base, *words]
    path = os.pathsep.join([str(FOLDER), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [*words, "--no-http", "--log-level=warn"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        **options,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0 and "Traceback" not in said, said[-4000:]
    return said


def run(base, name, **given):
    """Run a script of the folder in Odoo's shell.

    :return: what it found
    """
    values = "".join(f"{key} = {value!r}\n" for key, value in given.items())
    said = odoo(base, "shell", input=values + (SCRIPTS / f"{name}.py").read_text())
    found = [line for line in said.splitlines() if line.startswith("FOUND ")]
    return ast.literal_eval(found[0].removeprefix("FOUND ")) if found else None


def state(shipped, staged, cost, *moves):
    return {
        "shipped": shipped,
        "staged": staged,
        "cost": cost,
        "moves": list(moves),
        "foreign": 0,
    }


def test_installed_upon_contracts_and_taken_away(base):
    run(base, "uninstall", modules=OURS)
    run(base, "sign")
    odoo(base, "server", "-i", ",".join(OURS), "--stop-after-init")
    found = run(base, "gather")
    closed = state(2, 0, -120.0)
    assert found["before"] == [
        state(2, 0, -120.0, ("STG", 3.0)),
        state(0, 0, 0.0, ("STG", 3.0)),
        closed,
    ]
    assert found["gathered"] == [
        state(2, 3, -120.0, ("OUT", 3.0)),
        state(0, 3, 0.0, ("OUT", 3.0)),
        closed,
    ]
    assert found["shipped"] == [state(5, 0, -300.0), state(0, 3, 0.0, ("OUT", 3.0)), closed]
    run(base, "uninstall", modules=OURS)
    assert run(base, "deliver") == {"delivered": [5, 3, 2, 4], "left": 6}
