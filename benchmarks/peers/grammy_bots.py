"""grammY beside ours: its two bots under benchmarks/peers/grammy, with what npm installs for them."""

import shutil
import subprocess
import sys
from pathlib import Path

from sqlalchemy.engine import make_url

_HERE = Path(__file__).parent / "grammy"
_INSTALL_SECONDS = 120


def grammy(directory: Path) -> Path | None:
    """A folder with the bots and what they need; None, and a line that says why, where they cannot be run."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return _skipped("node and npm are not installed here")
    folder = Path(shutil.copytree(_HERE, directory / "grammy", ignore=shutil.ignore_patterns("node_modules")))
    command = [npm, "install", "--no-audit", "--no-fund", "--no-package-lock", "--omit=optional"]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=_INSTALL_SECONDS)  # noqa: S603
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        return _skipped(f"npm could not install it ({error})")
    return folder


def node_command(program: Path) -> list[str]:
    """How one of the bots is started."""
    return [shutil.which("node") or "node", str(program)]


def libpq_environment(url: str) -> dict[str, str]:
    """A database as node-postgres finds it: by libpq's variables."""
    parsed = make_url(url)
    host = parsed.host or parsed.query.get("host")
    return {
        "PGHOST": str(host),
        "PGDATABASE": str(parsed.database),
        "PGUSER": str(parsed.username or ""),
        **({"PGPORT": str(parsed.port)} if parsed.port else {}),
        **({"PGPASSWORD": parsed.password} if parsed.password else {}),
    }


def _skipped(why: str) -> None:
    sys.stderr.write(f"grammY is left out: {why}.\n")
