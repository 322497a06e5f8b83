"""Backups as tests make them: of a few people, into a bucket of the test's own."""

import base64
from pathlib import Path

from sqlalchemy import text

from bot.backup.copies import PREFIX
from storage.database import Database
from storage.objects import ObjectStore
from tests.support.commands import Balcao, importa
from tests.support.service import RunningService

PEOPLE = [f"Pessoa {n};55319990000{n:02};VENDEDOR" for n in range(25)]
OTHER_KEY = base64.urlsafe_b64encode(b"z" * 32).decode()


async def no_backups(service: RunningService) -> None:
    """As on the first day: the store of a worker's tests is one, and what earlier ones kept there is none of ours."""
    objects = service.wiring.objects
    for key in await objects.list(PREFIX):
        await objects.delete(key)


def store(machine: dict[str, str]) -> ObjectStore:
    """The bucket of an environment."""
    return ObjectStore(
        machine["MINIO_ENDPOINT"],
        machine["MINIO_ACCESS_KEY"],
        machine["MINIO_SECRET_KEY"],
        machine["MINIO_BUCKET"],
        secure=False,
    )


async def names_of(url: str) -> list[str]:
    """Who is in this database."""
    return [
        str(row.nome_completo) for row in await rows_of(url, "SELECT nome_completo FROM usuarios ORDER BY telefone")
    ]


async def rows_of(url: str, sql: str) -> list[object]:
    """What a statement brings, which is committed."""
    database = Database(url)
    try:
        async with database.begin() as connection:
            found = await connection.execute(text(sql))
            rows = list(found) if found.returns_rows else []
            await connection.commit()
            return rows
    finally:
        await database.close()


async def backed_up(balcao: Balcao, tmp_path: Path) -> Path:
    """A database with people in it, backed up to a file too; the file."""
    assert (await importa(balcao, tmp_path / "pessoas.csv", *PEOPLE)).exit_code == 0
    target = tmp_path / "fora" / "copia.age"
    target.parent.mkdir()
    result = await balcao("backup", "--para", str(target))
    assert result.exit_code == 0, result.output
    return target


async def said(balcao: Balcao, *words: str) -> str:
    """What a command that fails says."""
    result = await balcao(*words)
    assert result.exit_code == 1, result.output
    return str(result.stderr)
