"""deploy/: processes run as it is promised: nobody is root, code cannot be changed, commands exist."""

import importlib.util
import json
import re
import subprocess
import sys
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml
from typer.main import get_command

from bot.commands.cli import app
from bot.runtime import watchdog
from tests.support.source_code import ROOT

DEPLOY = ROOT / "deploy"
OURS = ("migrate", "web", "worker", "clock")
STACKS = pytest.mark.parametrize("name", ["compose.yaml", "stack.yaml"])


def services(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))["services"]
    return found


def unit(name: str) -> RawConfigParser:
    parser = RawConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string((DEPLOY / "systemd" / name).read_text(encoding="utf-8"))
    return parser


@STACKS
def test_each_process_runs_a_command_that_there_is_with_code_that_it_cannot_change(name: str) -> None:
    commands = set(get_command(app).commands)  # type: ignore[attr-defined]
    for process in OURS:
        service = services(name)[process]
        assert service["command"] == [process]
        assert process in commands
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]


@STACKS
@pytest.mark.falha(364)
def test_whoever_hangs_is_seen(name: str) -> None:
    """`web` by the image's own check; systemd hears several times in a minute of each."""
    for process in ("worker", "clock"):
        assert services(name)[process]["healthcheck"]["test"] == ["CMD", "python", "-m", watchdog.__name__]
    assert "healthcheck" not in services(name)["web"]
    assert "ALIVE_FILE=/tmp/" in (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert float(unit("balcao@.service")["Service"]["WatchdogSec"]) > 3 * watchdog.EVERY_SECONDS


@pytest.mark.falha(286)
def test_a_swarm_mounts_what_the_processes_write_to() -> None:
    """`docker stack deploy` mounts `volumes` alone, and takes `tmpfs` without a word (docker/cli: compose/convert)."""
    left_out = {"tmpfs", "security_opt", "build", "depends_on", "env_file", "privileged", "userns_mode"}
    for process in OURS:
        service = services("stack.yaml")[process]
        assert service.keys() & left_out == set()
        assert {mount["target"]: mount["type"] for mount in service["volumes"]} == {
            "/tmp": "tmpfs",
            "/var/lib/balcao": "volume",
        }


@STACKS
def test_no_secret_stands_in_the_files(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    assigned = re.findall(r"(?:PASSWORD|SECRET_KEY|TOKEN)\w*: +[\"']?([^\s\"'}]+)", text)
    assert [value for value in assigned if not value.startswith("${")] == []


def test_the_image_runs_as_somebody_who_owns_no_code() -> None:
    lines = (DEPLOY / "Containerfile").read_text(encoding="utf-8").splitlines()
    assert "USER 10001:10001" in lines
    assert not [line for line in lines if line.startswith("COPY") and "--chown" in line]
    assert any("--require-hashes" in line for line in lines)
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages <= {line.split()[1] for line in lines if line.startswith("COPY")}


@pytest.mark.parametrize("name", ["balcao@.service", "balcao-migrate.service"])
def test_the_units_run_as_somebody_who_may_write_nothing_but_their_state(name: str) -> None:
    service = unit(name)["Service"]
    assert service["User"] == "balcao"
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == "yes"
    assert service["CapabilityBoundingSet"] == ""
    assert service["StateDirectory"] == "balcao"


def test_the_bill_of_materials_has_every_package_of_the_lock_with_its_hashes(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, ROOT / ".ci" / "sbom"], capture_output=True, text=True, check=True)
    made = json.loads(done.stdout)
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.findall(r"^([A-Za-z0-9._-]+)(?:\[.*\])?==", lock, re.MULTILINE)
    assert [one["name"] for one in made["components"]] == pinned
    assert all(one["hashes"] for one in made["components"])


def test_the_bill_of_materials_is_cyclonedx_by_its_own_schema() -> None:
    """The schema that OWASP publishes, as pip-audit brings it: https://cyclonedx.org/docs/1.5/json/."""
    done = subprocess.run([sys.executable, ROOT / ".ci" / "sbom"], capture_output=True, text=True, check=True)
    schema = cyclonedx("bom-1.5")
    beside = [
        (f"http://cyclonedx.org/schema/{name}.SNAPSHOT.schema.json", cyclonedx(name)) for name in ("spdx", "jsf-0.82")
    ]
    validator = jsonschema_rs.validator_for(schema, registry=jsonschema_rs.Registry(beside), validate_formats=True)
    made = json.loads(done.stdout)
    assert [error.message for error in validator.iter_errors(made)] == []
    assert not validator.is_valid(made | {"components": [{"type": "library"}]}), "it is looked at"


def cyclonedx(name: str) -> dict[str, Any]:
    """A schema file of the package, which is not imported for it."""
    found = importlib.util.find_spec("cyclonedx")
    assert found is not None
    assert found.origin is not None
    file = Path(found.origin).parent / "schema" / "_res" / f"{name}.SNAPSHOT.schema.json"
    read: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return read


def test_what_the_image_copies_is_what_the_builder_is_sent() -> None:
    """`.dockerignore`: a file that is copied and not sent stops the build; what is sent besides may be a secret."""
    copied = {
        source
        for line in re.findall(
            r"^COPY (?!--from)(.+)", (DEPLOY / "Containerfile").read_text(encoding="utf-8"), re.MULTILINE
        )
        for source in line.split()[:-1]
    }
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {line[1:] for line in ignored if line.startswith("!")} == copied
    assert "*" in ignored
