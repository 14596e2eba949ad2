"""A private apt: Debian's signed packages for any user, without touching the system's apt."""

import re
from pathlib import Path

from tools.console import Problem
from tools.process import capture

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
_COMMON = {
    "APT::Sandbox::User": "",
    "Acquire::Languages": "none",
    "Acquire::Retries": "3",
    "Acquire::http::Timeout": "30",
    "Acquire::https::Timeout": "30",
    "Debug::NoLocking": "1",
    "Dir::Etc::preferences": "/dev/null",
}


def mirror_from_uris(text):
    """The address of Debian's main archive in the output of ``apt-get --print-uris update``.

    >>> mirror_from_uris("'http://m/debian-security/dists/x-security/InRelease' a 0 \\n"
    ...                  "'http://m/debian/dists/bookworm/InRelease' b 0")
    'http://m/debian'
    """
    found = re.findall(r"^'([^']+)/dists/[a-z-]+/InRelease'", text, re.MULTILINE)
    return next((uri for uri in found if uri.endswith("/debian")), None) or next(
        (uri for uri in found if "security" not in uri and "debian" in uri), None
    )


class PrivateApt:
    """apt with lists, cache and sources of its own below ``folder``.

    :param suite: a suite of Debian's archive, or None for the machine's own sources
    """

    def __init__(self, folder, suite=None):
        self.folder = folder
        self.suite = suite
        for name in ("state/lists/partial", "cache/archives/partial", "none.d"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / "status").touch()
        self.options = {
            **_COMMON,
            "Dir::State": folder / "state",
            "Dir::State::lists": folder / "state/lists",
            "Dir::State::status": folder / "status",
            "Dir::Cache": folder / "cache",
            "Dir::Etc::preferencesparts": folder / "none.d",
        }

    def update(self):
        """Fetch the lists; apt itself verifies the signature by Debian's keyring."""
        if self.suite:
            self._write_source()
        done = self._apt("update")
        text = done.stdout + done.stderr
        if re.search(r"NO_PUBKEY|is not signed|BADSIG|KEYEXPIRED|EXPKEYSIG", text):
            raise Problem(
                "Debian's archive is not signed by a key of this machine's keyring: install the "
                "newest debian-archive-keyring and start again."
            )
        if done.returncode or re.search(r"^(Err|W: Failed)", text, re.MULTILINE):
            raise Problem(
                f"no network: Debian's package lists could not be fetched ({_last(text)}): check the "
                "connection and start again, or name an Odoo 19 by the variable SMARTHOME_ODOO."
            )

    def version(self, package):
        """The version that the archive has, or None."""
        done = self._apt("show", package, program="apt-cache")
        found = re.search(r"^Version: (.+)$", done.stdout, re.MULTILINE)
        return found and found[1]

    def download(self, packages, folder):
        """Fetch packages into a folder; apt checks them against the signed lists."""
        folder.mkdir(parents=True, exist_ok=True)
        done = self._apt("download", *packages, cwd=folder)
        if done.returncode:
            raise Problem(
                f"Debian's archive did not give {', '.join(packages)} "
                f"({_last(done.stdout + done.stderr)}): check the network and start again."
            )

    def _write_source(self):
        if not KEYRING.exists():
            raise Problem(f"{KEYRING} is missing: install the package debian-archive-keyring.")
        own = PrivateApt(self.folder / "probe")
        mirror = mirror_from_uris(own._apt("--print-uris", "update").stdout)
        if not mirror:
            raise Problem(
                "apt's sources name no Debian archive: name an Odoo 19 tree or package by the "
                "variable SMARTHOME_ODOO."
            )
        source = self.folder / "sources.list"
        source.write_text(f"deb [signed-by={KEYRING}] {mirror} {self.suite} main\n")
        self.options["Dir::Etc::sourcelist"] = source
        self.options["Dir::Etc::sourceparts"] = self.folder / "none.d"

    def _apt(self, *words, program="apt-get", **options):
        settings = [f"-o{key}={value}" for key, value in self.options.items()]
        quiet = ["-q"] if program == "apt-get" else []
        try:
            return capture([program, *quiet, *settings, *words], **options)
        except FileNotFoundError as error:
            raise Problem(
                "this machine has no apt-get, and Odoo 19 is taken from Debian: name an Odoo 19 "
                "tree by the variable SMARTHOME_ODOO."
            ) from error


def _last(text):
    """The line of apt's output that says best what was wrong."""
    lines = [line.strip() for line in text.splitlines() if line.startswith(("E:", "W:", "Err"))]
    telling = [line for line in lines if re.search(r"Failed to fetch|Could not|failure", line)]
    return (telling or lines or ["no reason given"])[-1][:200]
