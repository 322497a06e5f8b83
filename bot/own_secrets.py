"""The secrets `balcao up` makes for itself, once, into `DATA_DIR/secrets.env`; what is set elsewhere wins."""

import base64
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from dotenv import dotenv_values

from storage.engines.lock import make_private_dir

DOTENV = ".env"
SECRETS_FILE = "secrets.env"

_MADE: dict[str, Callable[[], str]] = {
    "TELEGRAM_WEBHOOK_SECRET": lambda: secrets.token_urlsafe(32),
    "JWT_SECRET": lambda: secrets.token_urlsafe(48),
    "SECRET_KEYS": lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    "AUTHENTICATION_API_KEY": lambda: secrets.token_urlsafe(32),
    "RPA_CALLBACK_SECRET": lambda: "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode(),
}

OWN_SECRETS = frozenset(_MADE)


def find_data_dir() -> Path:
    """DATA_DIR before anything else is known, absolute."""
    return Path(_texts(Path(DOTENV)).get("DATA_DIR", ".balcao").strip()).expanduser().absolute()


def generate_missing_secrets(data_dir: Path) -> list[str]:
    """Make the secrets of ours that are set nowhere, once, into `data_dir`; the names of those made now.

    Lines already in the file stay: a lost SECRET_KEYS would make every stored password unreadable.
    """
    path = data_dir / SECRETS_FILE
    known = _texts(path, Path(DOTENV))
    made = [name for name in _MADE if name not in known]
    if made:
        make_private_dir(data_dir)
        kept = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        _write_private(path, "\n".join([*kept, *(f"{name}={_MADE[name]()}" for name in made), ""]))
    return made


def _texts(*files: Path) -> dict[str, str]:
    """What is set in the files and, stronger, in the environment. Empty means not set."""
    sources: list[Mapping[str, str | None]] = [*(dotenv_values(file) for file in files), os.environ]
    return {name: text for source in sources for name, text in source.items() if text}


def _write_private(path: Path, text: str) -> None:
    """Replace a file in one step, readable by its owner only, there after a power cut."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    directory = os.open(path.parent, os.O_RDONLY)
    os.fsync(directory)
    os.close(directory)
