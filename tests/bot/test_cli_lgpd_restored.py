"""Erased, and then a backup of before is put back: nobody of them comes with it."""

from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from bot.backup.apagados import remembered
from storage.database import Database
from storage.engines.s3 import EmbeddedS3
from storage.objects import ObjectStore
from storage.tables import metadata
from tests.support.commands import Balcao, UseEnvironment
from tests.support.consultores import DAVI, MARIA, nothing_is_under_way
from tests.support.sellers import ANA, seller
from tests.support.service import RunningService, settings_for
from tests.support.talking import talking


@pytest.fixture
async def environment(
    database_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path, use_environment: UseEnvironment
) -> dict[str, str]:
    """Maria told Davi something, which is over; Ana asked for something; a bucket of its own."""
    environment = settings_for(database_url, clean_redis_url, s3, tmp_path)
    environment["MINIO_BUCKET"] = f"b{uuid4().hex[:12]}"
    async with RunningService(environment) as service:
        ana = await seller(service, ANA, "telegram")
        await ana.says("STATUS")
        maria, davi = await talking(service)
        await maria.says(f"me liga no {MARIA[1]}")
        await davi.sees("me liga")
        await davi.says("ENCERRAR")
        await maria.sees("De 1 a 5")
        await nothing_is_under_way(service)
        use_environment(environment | service.sandbox.settings())
    return environment


async def holding(url: str, *words: str) -> list[str]:
    """Which tables say one of them."""
    database = Database(url)
    async with database.read() as connection:
        rows = {
            table.name: repr([tuple(row) for row in await connection.execute(select(table))])
            for table in metadata.sorted_tables
        }
    await database.close()
    return [name for name, said in rows.items() if any(word in said for word in words)]


async def of_the_store(environment: dict[str, str]) -> set[str]:
    access = [environment[f"MINIO_{name}"] for name in ("ENDPOINT", "ACCESS_KEY", "SECRET_KEY", "BUCKET")]
    objects = ObjectStore(*access, secure=False)
    try:
        return await remembered(objects)
    finally:
        objects.close()


@pytest.mark.each_database
@pytest.mark.falha(380)
async def test_a_backup_of_before_brings_nobody_back_who_was_erased(
    environment: dict[str, str], balcao: Balcao, tmp_path: Path
) -> None:
    url, copia = environment["DATABASE_URL"], tmp_path / "copia.age"
    assert (await balcao("backup", "--para", str(copia))).exit_code == 0
    people = [(ANA[0], ANA[1]), (DAVI[0], DAVI[1]), (MARIA[0], MARIA[1])]
    for _, telefone in people:
        assert (await balcao("lgpd", "apagar", telefone)).exit_code == 0
    names = await of_the_store(environment)
    assert sorted(name.split("-")[0] for name in names) == ["contato", "usuario", "usuario"]
    assert not [name for name in names for _, telefone in people if telefone[4:] in name]
    back = await balcao("restaurar", str(copia), "--substituir")
    assert back.exit_code == 0, back.output
    assert "3 pessoas que tinham sido apagadas (LGPD) estavam no backup e foram apagadas de novo." in back.stdout
    assert [await holding(url, *person) for person in people] == [[], [], []]
    assert (await balcao("doctor")).stdout.count("falhou: a linha") == 0, "the audit holds"


@pytest.mark.falha(380)
async def test_where_the_store_is_away_the_database_that_is_replaced_knows_and_it_is_said(
    environment: dict[str, str], balcao: Balcao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, copia = environment["DATABASE_URL"], tmp_path / "copia.age"
    assert (await balcao("backup", "--para", str(copia))).exit_code == 0
    monkeypatch.setenv("MINIO_ENDPOINT", "127.0.0.1:1")
    failed = await balcao("lgpd", "apagar", MARIA[1])
    assert failed.exit_code == 1
    assert "apagada: 1 conversas" in failed.stderr
    assert "um backup de antes não sabe que a pessoa saiu" in failed.stderr
    back = await balcao("restaurar", str(copia), "--substituir")
    assert "1 pessoa que tinha sido apagada" in back.stdout
    assert "Atenção: não se sabe daqui de todos os que foram apagados" in back.stdout
    assert await holding(url, MARIA[0], MARIA[1]) == []
    monkeypatch.setenv("MINIO_ENDPOINT", environment["MINIO_ENDPOINT"])
    assert await of_the_store(environment) == set()
    assert (await balcao("backup")).exit_code == 0
    assert len(await of_the_store(environment)) == 1, "the next backup makes up for it"
