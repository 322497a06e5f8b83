"""Whether there is room where we write: a full disk stops everything, and says nothing until then."""

import shutil
import tempfile
from pathlib import Path

from bot.doctor.unfit import Beware, Unfit
from bot.settings import Settings
from storage.backup import engine
from storage.database import sqlite_file

# Below this a log of SQLite's, a report or a bill that is read may find none.
LEAST_BYTES = 100_000_000
# A backup's dump, and the one that it is proved with, beside the database.
_COPIES = 2


async def check_disks(settings: Settings) -> str:
    """Where the database, if it is SQLite, DATA_DIR and files of a moment lie."""
    database = sqlite_file(settings.database_url) if engine.engine_of(settings.database_url) == "sqlite" else None
    folders = [settings.data_dir, Path(tempfile.gettempdir()), *([database.parent] if database else [])]
    least, folder = min((shutil.disk_usage(_there(one)).free, one) for one in folders)
    said = f"{_said(least)} livres em {folder}"
    if least < LEAST_BYTES:
        raise Unfit(f"só {said}; libere espaço: com o disco cheio ninguém é respondido")
    if database is not None and database.exists():
        wanted = _COPIES * database.stat().st_size + LEAST_BYTES
        if shutil.disk_usage(_there(settings.data_dir)).free < wanted:
            return Beware(f"{said}; um backup precisa de {_said(wanted)} em DATA_DIR enquanto é feito")
    return said


def _there(folder: Path) -> Path:
    """The folder, or the nearest above it while it is not made yet."""
    return next(one for one in (folder, *folder.parents) if one.exists())


def _said(size: int) -> str:
    return f"{size / 1e9:.1f} GB".replace(".", ",") if size >= 1e9 else f"{size // 1_000_000} MB"
