"""Getting Odoo 19: Debian's package, verified and kept, or what SMARTHOME_ODOO names."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

from tools import places
from tools.apt import PrivateApt
from tools.console import Problem, say, warn
from tools.process import capture

VERSION = "19.0.0+dfsg-1"
SHA256 = "9d2f598b0555db17e291d48ed24df184c70823c053c4c5ed53c467ca7f629bbf"
# Odoo's package links to files of these; the machine's own release has the right versions
OWN_COMPANIONS = (
    "fonts-font-awesome",
    "fonts-inconsolata",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
)
SID_COMPANIONS = ("fonts-montserrat",)
PYTHON_DIR = "usr/lib/python3/dist-packages"
# left out by Debian (dfsg), named by a bundle: without it every page logs an error
STUB = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
STUB_TEXT = "/* left out by Debian (dfsg): no background blur in calls */\n"
LAYOUT = 1


@dataclass(frozen=True)
class Odoo:
    """An Odoo 19 ready to run.

    :param path: the folder to put on Python's path
    :param identity: changes whenever its code does
    :param package: the .deb it comes from, or None for a tree that somebody named
    """

    path: Path
    identity: str
    package: Path | None = None

    def provide_language(self, code):
        """Add the translations of a language that was left out of the extracted tree.

        :param code: as Odoo names it, for example ``ru_RU``
        """
        short = code.split("_")[0]
        mark = self.path / f".language-{short}"
        if not self.package or short in ("en", "ru") or mark.exists():
            return
        say(f"Adding Odoo's translations into {code}")
        names = (f"/{short}.po", f"/{code}.po")
        prefix = self.path.parents[3]
        _extract(self.package, prefix, lambda name: "/i18n" in name and name.endswith(names))
        mark.touch()


def provide_odoo(where):
    """Odoo 19 from SMARTHOME_ODOO or from Debian, whichever is named.

    :param where: the Places of this installation
    """
    named = os.environ.get("SMARTHOME_ODOO")
    if not named:
        with where.locked("odoo"):
            return _provide_from_debian(where)
    path = Path(named).expanduser().absolute()
    if path.is_dir():
        return _use_tree(path)
    if path.suffix == ".deb" and path.is_file():
        with where.locked("odoo"):
            return _unpack(where, path, file_sha256(path))
    raise Problem(f"SMARTHOME_ODOO names {path}, which is neither an Odoo tree nor a .deb file.")


def file_sha256(path):
    """The sha256 of a file's content, in hexadecimal."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _use_tree(path):
    """An Odoo tree as it is: a git checkout, an unpacked package, a dist-packages folder."""
    for folder in (path, path / PYTHON_DIR):
        release = folder / "odoo" / "release.py"
        if release.exists():
            break
    else:
        raise Problem(f"SMARTHOME_ODOO names {path}, where there is no odoo/release.py.")
    text = release.read_text()
    found = re.search(r"version_info = \((\d+), (\d+)", text)
    if not found or found.groups() != ("19", "0"):
        version = ".".join(found.groups()) if found else "unknown"
        raise Problem(f"SMARTHOME_ODOO names Odoo {version} at {path}; Odoo 19.0 is needed.")
    head = capture(["git", "-C", str(folder), "rev-parse", "HEAD"]).stdout if _is_git(path) else ""
    parts = [str(folder), text, head, str(release.stat().st_mtime_ns)]
    return Odoo(folder, hashlib.sha256("\0".join(parts).encode()).hexdigest())


def _is_git(path):
    return (path / ".git").exists() and shutil.which("git")


def _provide_from_debian(where):
    debs = where.cache / "debs"
    package = _kept_package(debs)
    if not package:
        package = _download(where, debs)
    return _unpack(where, package, json.loads((debs / "odoo.json").read_text())["sha256"])


def _kept_package(debs):
    """The package downloaded before, if its record says that it was verified."""
    try:
        record = json.loads((debs / "odoo.json").read_text())
        package = debs / record["file"]
    except (OSError, ValueError, KeyError):
        return None
    return package if package.exists() else None


def _download(where, debs):
    """Fetch and verify Odoo's package from sid."""
    places.require_space(where.cache, 2.5)
    say("Asking Debian for Odoo 19 (package lists of sid)")
    sid = PrivateApt(where.cache / "apt" / "sid", "sid")
    sid.update()
    version = sid.version("odoo-19")
    check_version(version)
    say(f"Downloading odoo-19 {version} (120 MB)")
    fetched = _fetch(sid, ["odoo-19", *SID_COMPANIONS], debs)
    package = next(file for file in fetched if file.name.startswith("odoo-19_"))
    sha256 = file_sha256(package)
    if version == VERSION and sha256 != SHA256:
        raise Problem(
            f"Debian's odoo-19 {version} is not the file that this project knows (sha256 {sha256}): "
            "it is not used; fetch it again later or name an Odoo 19 by SMARTHOME_ODOO."
        )
    record = {"file": package.name, "version": version, "sha256": sha256}
    places.write_atomically(debs / "odoo.json", json.dumps(record))
    return package


def _fetch(apt, names, debs):
    """Download packages; they appear in ``debs`` only when complete."""
    fresh = debs / "new"
    shutil.rmtree(fresh, ignore_errors=True)
    apt.download(names, fresh)
    shutil.rmtree(apt.folder)
    files = sorted(fresh.iterdir())
    for file in files:
        os.replace(file, debs / file.name)
    fresh.rmdir()
    return [debs / file.name for file in files]


def check_version(version):
    """Accept the known version, a newer 19.0 with a warning, nothing else.

    :param version: the version that Debian's archive has, or None
    """
    if version is None:
        raise Problem(
            "Debian's sid no longer has the package odoo-19: get Odoo 19.0 elsewhere and name its "
            "tree or .deb by the variable SMARTHOME_ODOO."
        )
    if version == VERSION:
        return
    if not version.startswith("19.0"):
        raise Problem(
            f"Debian's sid has moved on to odoo-19 {version}, and this project knows {VERSION}: "
            "name an Odoo 19.0 tree or .deb by the variable SMARTHOME_ODOO."
        )
    warn(f"Debian's sid has odoo-19 {version}, signed by Debian; this project knows {VERSION}")


def _companions(where):
    """The packages that Odoo's links lead to: font and script files."""
    debs = where.cache / "debs"
    own = [name for name in OWN_COMPANIONS if not any(debs.glob(f"{name}_*.deb"))]
    sid = [name for name in SID_COMPANIONS if not any(debs.glob(f"{name}_*.deb"))]
    for suite, names in ((None, own), ("sid", sid)):
        if names:
            say(f"Downloading fonts and scripts that Odoo links to ({len(names)} packages)")
            apt = PrivateApt(where.cache / "apt" / (suite or "own"), suite)
            apt.update()
            _fetch(apt, names, debs)
    return [next(debs.glob(f"{name}_*.deb")) for name in OWN_COMPANIONS + SID_COMPANIONS]


def _unpack(where, package, sha256):
    """The package's tree, extracted once; it appears under its name only when complete."""
    final = where.cache / "odoo" / f"{sha256[:16]}-{LAYOUT}"
    if not final.exists():
        companions = _companions(where)
        places.require_space(where.cache, 1)
        say("Unpacking Odoo")
        building = final.with_name(final.name + ".new")
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir(parents=True)
        _extract(package, building, is_wanted)
        for companion in companions:
            _extract(companion, building, lambda name: not name.startswith("usr/share/doc"))
        stub = building / PYTHON_DIR / STUB
        stub.parent.mkdir(parents=True, exist_ok=True)
        stub.write_text(STUB_TEXT)
        if not (building / PYTHON_DIR / "odoo" / "release.py").exists():
            raise Problem(f"{package} does not hold Odoo: name another by SMARTHOME_ODOO.")
        places.replace_tree(building, final)
    return Odoo(final / PYTHON_DIR, f"{sha256}-{LAYOUT}", package)


def is_wanted(name):
    """Whether a file of Odoo's package is unpacked: no copies, papers, foreign languages.

    >>> is_wanted("usr/lib/python3/dist-packages/odoo/addons/sale/i18n/ru.po")
    True
    >>> is_wanted("usr/lib/python3/dist-packages/odoo/addons/sale/i18n/de.po")
    False
    >>> is_wanted("usr/lib/python3/dist-packages/addons/sale/__init__.py")
    False
    """
    if f"{name}/".startswith(
        (f"{PYTHON_DIR}/addons/", f"{PYTHON_DIR}/doc/", f"{PYTHON_DIR}/setup/")
    ):
        return False
    if f"{name}/".startswith(("usr/share/doc/", "etc/", "var/", "lib/")):
        return False
    return not (name.endswith(".po") and not name.endswith("/ru.po"))


def _extract(package, folder, wanted):
    """Unpack the wanted files of a Debian package."""
    command = ["dpkg-deb", "--fsys-tarfile", str(package)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            with tarfile.open(fileobj=process.stdout, mode="r|", bufsize=1 << 20) as archive:
                for member in archive:
                    member.name = member.name.removeprefix("./").rstrip("/")
                    if member.name and member.name != "." and wanted(member.name):
                        archive.extract(
                            member, folder, set_attrs=not member.isdir(), numeric_owner=True
                        )
        except tarfile.TarError:
            process.kill()
    if process.returncode:
        raise Problem(f"{package} is damaged: delete it and start again, it will be fetched anew.")
