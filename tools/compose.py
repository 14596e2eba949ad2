"""Checking docker-compose.yml by docker-compose itself: a program that needs no engine for that."""

import json
import os
import shutil
import subprocess

from tools.apt import PrivateApt
from tools.console import Problem, say
from tools.process import capture

PACKAGE = "docker-compose"
BINARY = "usr/libexec/docker/cli-plugins/docker-compose"


def provide_compose(where):
    """The path of Debian sid's docker-compose, fetched once and kept in the cache.

    :param where: the Places of this installation
    """
    program = where.cache / "compose" / PACKAGE
    with where.locked("compose", busy="another run is fetching docker-compose; waiting for it"):
        if not program.exists():
            _download(where, program)
    return program


def _download(where, program):
    say("Downloading docker-compose from Debian (14 MB)")
    building = program.parent / "new"
    shutil.rmtree(building, ignore_errors=True)
    sid = PrivateApt(building / "apt", "sid")
    sid.update()
    sid.download([PACKAGE], building / "debs")
    package = next((building / "debs").glob(f"{PACKAGE}_*.deb"))
    tree = building / "tree"
    done = capture(["dpkg-deb", "--extract", str(package), str(tree)])
    if done.returncode or not (tree / BINARY).exists():
        raise Problem(
            f"Debian's package {package.name} does not hold docker-compose where it did: "
            f"look for {BINARY} in it and mend tools/compose.py."
        )
    os.replace(tree / BINARY, program)
    shutil.rmtree(building)


class Compose:
    """docker-compose on one project, with nothing but the given settings.

    :param program: docker-compose
    :param folder: where docker-compose.yml lies
    """

    def __init__(self, program, folder):
        self.program = program
        self.folder = folder

    def run(self, *words, **settings):
        """Run a command of docker-compose; the finished process with its texts."""
        return subprocess.run(
            [self.program, "--env-file", "/dev/null", *words],
            cwd=self.folder,
            env={"PATH": os.defpath, "HOME": "/nonexistent", **settings},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def config(self, **settings):
        """The whole configuration, all profiles included, its variables filled in."""
        done = self.run("--profile", "*", "config", "--format", "json", **settings)
        if done.returncode:
            raise Problem(f"docker-compose refuses docker-compose.yml: {done.stderr.strip()}")
        return json.loads(done.stdout)
