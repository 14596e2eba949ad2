"""What production is made of, as docker-compose itself reads it. No engine and no base needed."""

import configparser
import re
import shutil
from pathlib import Path

import pytest

from tools.addons import DEMO, find_addons
from tools.compose import Compose, provide_compose
from tools.console import Problem
from tools.places import ROOT, find_places

SECRETS = {"POSTGRES_PASSWORD": "pg-secret-word", "ODOO_ADMIN_PASSWD": "master-secret-word"}
OURS = ("odoo", "init", "upgrade")
FILES = (
    ".dockerignore",
    ".env.example",
    "Dockerfile",
    "docker-compose.yml",
    "docker/nginx.conf.template",
    "odoo.conf",
    "requirements-prod.txt",
)


@pytest.fixture(scope="module")
def program():
    return provide_compose(find_places().prepare())


@pytest.fixture(scope="module")
def compose(program):
    return Compose(program, ROOT)


@pytest.fixture(scope="module")
def config(compose):
    return compose.config(**SECRETS)


def test_good_configuration_is_accepted(compose):
    done = compose.run("--profile", "*", "config", "--quiet", **SECRETS)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("value", [None, ""])
def test_missing_password_is_refused_by_name(compose, name, value):
    settings = {**SECRETS, name: value}
    settings = {key: text for key, text in settings.items() if text is not None}
    done = compose.run("config", "--quiet", **settings)
    assert done.returncode != 0
    assert f"set {name} in .env" in done.stderr
    with pytest.raises(Problem, match=name):
        compose.config(**settings)


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ("shm_size:", "shm_sise:", "shm_sise"),
        ("condition: service_healthy", "condition: service_happy", "depends_on"),
        ("      - db-data:/var", "      - other-data:/var", "other-data"),
    ],
)
def test_slips_are_noticed(program, tmp_path, right, wrong, reason):
    text = (ROOT / "docker-compose.yml").read_text()
    assert right in text
    (tmp_path / "docker-compose.yml").write_text(text.replace(right, wrong))
    shutil.copy(ROOT / "odoo.conf", tmp_path)
    done = Compose(program, tmp_path).run("config", "--quiet", **SECRETS)
    assert done.returncode != 0
    assert reason in done.stderr


def test_images(config):
    services = config["services"]
    assert services["db"]["image"] == "postgres:16"
    assert (ROOT / "Dockerfile").read_text().startswith("FROM odoo:19.0\n")
    for name in OURS:
        assert Path(services[name]["build"]["context"]) == ROOT


def test_profiles(config):
    profiles = {name: service.get("profiles") for name, service in config["services"].items()}
    assert profiles == {
        "db": None,
        "odoo": None,
        "init": ["init"],
        "upgrade": ["upgrade"],
        "nginx": ["nginx"],
    }


def test_passwords_come_from_the_environment_alone(config):
    services = config["services"]
    assert services["db"]["environment"]["POSTGRES_PASSWORD"] == SECRETS["POSTGRES_PASSWORD"]
    for name in OURS:
        environment = services[name]["environment"]
        assert environment["PASSWORD"] == SECRETS["POSTGRES_PASSWORD"]
        assert environment["ODOO_ADMIN_PASSWD"] == SECRETS["ODOO_ADMIN_PASSWD"]
        assert not any(secret in " ".join(services[name]["command"]) for secret in SECRETS.values())


def test_no_secret_in_the_files():
    assignment = re.compile(
        r"^\s*-?\s*['\"]?\w*(passw(or)?d|secret|token)\w*['\"]?\s*[:=]\s*(.*)$", re.I
    )
    for name in FILES:
        for line in (ROOT / name).read_text().splitlines():
            found = assignment.match(line)
            assert not found or re.match(r"(\$\{\w+:\?[^}]*\})?$", found[3]), f"{name}: {line}"
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert ".env" in ignored
    assert "certs/" in ignored


def test_every_addon_is_mounted_where_odoo_looks(config):
    paths = _server_options()["addons_path"].split(",")
    for name in OURS:
        mounts = {
            Path(mount["source"]): mount["target"]
            for mount in config["services"][name]["volumes"]
            if mount["type"] == "bind" and mount["read_only"]
        }
        for addon in find_addons(ROOT).values():
            parent = mounts.get(addon.path.parent)
            own = mounts.get(addon.path, "").removesuffix(f"/{addon.name}")
            assert parent in paths or own in paths, (
                f"docker-compose.yml does not mount {addon.name}"
            )
        assert all(source.exists() for source in mounts)


def test_every_addon_is_installed_and_upgraded(config):
    wanted = {
        name
        for name, addon in find_addons(ROOT).items()
        if name != DEMO and not addon.manifest.get("auto_install")
    }
    for service, options in (("init", ["--init"]), ("upgrade", ["--init", "--update"])):
        command = config["services"][service]["command"]
        assert "--stop-after-init" in command
        for option in options:
            (value,) = [word for word in command if word.startswith(f"{option}=")]
            named = set(value.partition("=")[2].split(","))
            assert named == wanted, f"docker-compose.yml, {service}: {named ^ wanted}"


def test_health_checks(config):
    services = config["services"]
    assert "pg_isready" in " ".join(services["db"]["healthcheck"]["test"])
    assert "/web/health" in " ".join(services["odoo"]["healthcheck"]["test"])
    assert "/web/health" in " ".join(services["nginx"]["healthcheck"]["test"])
    for name in OURS:
        assert services[name]["depends_on"]["db"]["condition"] == "service_healthy"
    assert services["nginx"]["depends_on"]["odoo"]["condition"] == "service_healthy"


def test_data_lives_in_volumes(config):
    assert set(config["volumes"]) == {"db-data", "odoo-data"}
    targets = {
        (name, mount["source"]): mount["target"]
        for name, service in config["services"].items()
        for mount in service.get("volumes", ())
        if mount["type"] == "volume"
    }
    assert targets[("db", "db-data")] == "/var/lib/postgresql/data"
    for name in OURS:
        assert targets[(name, "odoo-data")] == _server_options()["data_dir"]


def test_only_this_machine_reaches_odoo(config):
    services = config["services"]
    assert {port["host_ip"] for port in services["odoo"]["ports"]} == {"127.0.0.1"}
    assert "ports" not in services["db"]


def test_one_database_is_served(config, compose):
    assert "--database=smarthome" in config["services"]["odoo"]["command"]
    other = compose.config(**SECRETS, ODOO_DB="other")["services"]
    # a dollar is doubled when docker-compose writes a configuration out again
    assert "--db-filter=^other$$" in other["odoo"]["command"]
    assert all("--database=other" in other[name]["command"] for name in OURS)


def _server_options():
    parser = configparser.ConfigParser()
    parser.read(ROOT / "odoo.conf")
    return dict(parser["options"])


def test_server_options():
    options = _server_options()
    assert options["list_db"] == "False"
    assert options["proxy_mode"] == "True"
    assert int(options["workers"]) >= 2
    assert int(options["limit_memory_soft"]) < int(options["limit_memory_hard"])
    assert not {"admin_passwd", "db_password"} & set(options)


def test_server_options_are_known_to_odoo():
    config = pytest.importorskip("odoo.tools.config", reason="Odoo is not on this path")
    known = config.configmanager().options_index
    assert set(_server_options()) <= set(known)


def test_pins_are_those_of_development():
    def pins(name):
        text = (ROOT / name).read_text().replace("\\\n", " ")
        return {
            line.split()[0]: set(line.split()[1:]) for line in text.splitlines() if "==" in line
        }

    ours, all_pins = pins("requirements-prod.txt"), pins("requirements.txt")
    assert ours
    assert {name: all_pins[name] for name in ours} == ours


def test_example_names_every_setting():
    text = (ROOT / "docker-compose.yml").read_text()
    used = set(re.findall(r"\$\{(\w+)[:}?-]", text))
    named = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert named == used
