"""`balcao backup` and `balcao restaurar`: round trips on both databases, and what is said where one cannot be made."""

import errno
import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

import pytest
from alembic import command
from sqlalchemy import Connection

from bot.backup.copies import PREFIX, Backups, left_too_long, scratch
from bot.commands import backup
from bot.settings import Settings
from core.time import utc_now
from storage import schema
from storage.backup import programs
from storage.backup.keys import BackupKeys
from storage.backup.programs import Programs
from storage.database import Database
from storage.objects import ObjectStore, ObjectStoreError
from storage.schema import newest
from tests.support.backups import PEOPLE, backed_up, names_of, rows_of, said, store
from tests.support.commands import Balcao, importa


async def _a_file_is_named(url: str) -> None:
    """By the database; the object store has none of it."""
    await rows_of(
        url,
        "INSERT INTO contatos (id, channel, external_id, criado_em) "
        "VALUES (1, 'telegram', '1', '2026-03-02 12:00:00+00')",
    )
    await rows_of(
        url,
        "INSERT INTO arquivos (id, contato_id, channel, provider_file_id, object_key, tamanho, recebido_em, "
        "guardado_em) VALUES ('0123456789abcdef0123456789abcdef', 1, 'telegram', 'x', 'arquivos/x', 3, "
        "'2026-03-02 12:00:00+00', '2026-03-02 12:00:00+00')",
    )


async def _nothing(o_que: str) -> None:
    pass


class TestRoundTrip:
    @pytest.mark.each_database
    async def test_it_is_made_proved_listed_and_put_back(
        self, machine: dict[str, str], balcao: Balcao, tmp_path: Path
    ) -> None:
        url = machine["DATABASE_URL"]
        assert (await balcao("backup", "--listar")).stdout == "Ainda não há backup.\n"
        assert (await importa(balcao, tmp_path / "pessoas.csv", *PEOPLE)).exit_code == 0
        before = await names_of(url)
        made = await balcao("backup")
        assert made.exit_code == 0, made.output
        first, second = made.stdout.splitlines()
        assert first.startswith("Backup 20")
        assert second.startswith("Restaurado em um banco de prova em ")
        listed = (await balcao("backup", "--listar")).stdout
        nome = listed.split()[2]
        assert "provado em " in listed
        await rows_of(url, "DELETE FROM usuarios WHERE nome_completo <> 'Pessoa 3'")
        refused = await said(balcao, "restaurar", nome)
        assert "já tem" in refused
        assert "--substituir" in refused
        assert await names_of(url) == ["Pessoa 3"], "nothing was changed"
        back = await balcao("restaurar", f"{PREFIX}{nome}.age", "--substituir")
        assert back.exit_code == 0, back.output
        assert "Restaurado o backup de " in back.stdout
        assert await names_of(url) == before

    async def test_the_manifest_says_what_it_holds(
        self, machine: dict[str, str], balcao: Balcao, tmp_path: Path
    ) -> None:
        manifest = json.loads((await backed_up(balcao, tmp_path)).with_name("copia.age.json").read_text())
        assert manifest["engine"] == ("sqlite" if "sqlite" in machine["DATABASE_URL"] else "postgresql")
        assert manifest["esquema"] == newest()
        assert manifest["linhas"]["usuarios"] == len(PEOPLE)
        assert {"sha256", "sha256_selado", "tamanho", "chave"} <= manifest.keys()
        assert manifest["auditoria"]["numero"] == manifest["linhas"]["auditoria"] > 0

    @pytest.mark.falha(285)
    async def test_whoever_takes_everything_out_or_puts_it_back_stands_in_the_audit(
        self, machine: dict[str, str], balcao: Balcao, tmp_path: Path
    ) -> None:
        target = await backed_up(balcao, tmp_path)
        assert (await balcao("restaurar", str(target), "--substituir")).exit_code == 0
        acts = await rows_of(
            machine["DATABASE_URL"], "SELECT detalhe FROM auditoria WHERE acao = 'BACKUP' ORDER BY numero"
        )
        assert ["fazer" in str(acts[0]), "restaurar" in str(acts[1])] == [True, True]

    @pytest.mark.each_database
    async def test_an_older_schema_comes_back_and_is_migrated(
        self, machine: dict[str, str], balcao: Balcao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert (await importa(balcao, tmp_path / "pessoas.csv", *PEOPLE)).exit_code == 0
        url = machine["DATABASE_URL"]
        await _downgraded(url)
        monkeypatch.setattr(schema, "newest", lambda: "0003")
        # That release had no audit.
        monkeypatch.setattr(backup, "_write_down", _nothing)
        target = tmp_path / "velho.age"
        assert (await balcao("backup", "--para", str(target))).exit_code == 0
        monkeypatch.undo()
        for name, value in machine.items():
            monkeypatch.setenv(name, value)
        back = await balcao("restaurar", str(target), "--substituir")
        assert back.exit_code == 0, back.output
        assert f"Esquema 0003 levado a {newest()}." in back.stdout
        assert len(await names_of(url)) == len(PEOPLE)
        assert (await balcao("backup")).exit_code == 0, "and is a database like any other"

    @pytest.mark.falha(160)
    async def test_an_audit_that_was_changed_by_hand_is_not_proved(
        self, machine: dict[str, str], balcao: Balcao, tmp_path: Path
    ) -> None:
        assert (await importa(balcao, tmp_path / "pessoas.csv", *PEOPLE)).exit_code == 0
        url = machine["DATABASE_URL"]
        guard = "DROP TRIGGER auditoria_no_delete"
        if "sqlite" not in url:
            guard = "ALTER TABLE auditoria DISABLE TRIGGER USER"
        await rows_of(url, guard)
        await rows_of(url, "DELETE FROM auditoria WHERE numero = 2")
        assert "as linhas 2 a 2 foram mudadas ou apagadas à mão" in await said(balcao, "backup")

    async def test_a_file_that_the_database_names_is_looked_at(self, machine: dict[str, str], balcao: Balcao) -> None:
        objects = store(machine)
        await _a_file_is_named(machine["DATABASE_URL"])
        failed = await said(balcao, "backup")
        assert "prova de restauração falhou" in failed
        assert "arquivos/x" in failed
        assert "não provado" in (await balcao("backup", "--listar")).stdout
        await objects.put("arquivos/x", b"pdf", "application/pdf")
        assert "as linhas e um arquivo conferem" in (await balcao("backup")).stdout
        objects.close()

    async def test_two_in_one_second_keep_what_each_of_them_replaced(
        self, on_this_machine: dict[str, str], balcao: Balcao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        copia = await backed_up(balcao, tmp_path)
        moment = utc_now()
        monkeypatch.setattr(backup, "utc_now", lambda: moment)
        kept = []
        for _ in range(3):
            back = await balcao("restaurar", str(copia), "--substituir")
            assert back.exit_code == 0, back.output
            kept.append(back.stdout.split("ficou em ")[1].split()[0].rstrip("."))
        assert len(set(kept)) == len(kept)
        assert {Path(one).name for one in kept} <= set(os.listdir(tmp_path))

    async def test_what_never_got_its_manifest_goes_once_no_backup_can_be_writing_it(
        self, on_this_machine: dict[str, str], balcao: Balcao, tmp_path: Path
    ) -> None:
        objects = store(on_this_machine)
        lost, now = (
            f"{PREFIX}{utc_now() - timedelta(hours=hours):%Y%m%dT%H%M%SZ}-sqlite-abc123.age" for hours in (7, 1)
        )
        somebodys = f"{PREFIX}minha-copia.age"
        await objects.check()
        for key in (lost, now, somebodys):
            await objects.put(key, b"sealed", "application/octet-stream")
        await backed_up(balcao, tmp_path)
        left = set(await objects.list(PREFIX))
        objects.close()
        assert lost not in left
        assert {now, somebodys} <= left
        assert len(left) == 4, "the new one and its manifest"

    @pytest.mark.falha(524)
    async def test_old_ones_that_the_store_does_not_let_go_are_said(
        self, on_this_machine: dict[str, str], balcao: Balcao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As with a key that may not remove, or objects that are locked: of one day the newest would be enough."""

        async def refuse(self: ObjectStore, key: str) -> None:
            raise ObjectStoreError("S3Error: AccessDenied")

        monkeypatch.setattr(ObjectStore, "delete", refuse)
        await backed_up(balcao, tmp_path)
        made = await balcao("backup")
        assert made.exit_code == 0, made.output
        assert "os backups antigos não puderam ser apagados (S3Error: AccessDenied)" in made.stdout
        settings, objects = Settings(_env_file=None), store(on_this_machine)  # type: ignore[call-arg]
        keys, zone = BackupKeys(settings.fernet_keys), settings.zone
        found = await Backups(settings.database_url, settings.data_dir, keys, objects, utc_now, zone).all()
        objects.close()
        assert left_too_long(found, zone, utc_now()) == []
        assert left_too_long(found, zone, utc_now() + timedelta(hours=2)) == [found[-1].nome]

    async def test_a_copy_that_cannot_be_written_is_said_with_what_there_is(
        self, on_this_machine: dict[str, str], balcao: Balcao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await backed_up(balcao, tmp_path)
        before = (await balcao("backup", "--listar")).stdout
        refused = await said(balcao, "backup", "--para", str(tmp_path / "sem" / "pasta.age"))
        assert f"não há a pasta {tmp_path / 'sem'}, e nada foi feito" in refused
        assert (await balcao("backup", "--listar")).stdout == before

        def full(source: Path, target: Path) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))

        monkeypatch.setattr("bot.backup.copies.shutil.copyfile", full)
        lost = await said(balcao, "backup", "--para", str(tmp_path / "cheio.age"))
        assert "está no armazenamento de objetos, ainda sem prova" in lost
        assert os.strerror(errno.ENOSPC) in lost
        assert len((await balcao("backup", "--listar")).stdout.splitlines()) == len(before.splitlines()) + 1

    @pytest.mark.falha(461)
    @pytest.mark.parametrize("copies", [0, 2], ids=["made", "proved"])
    async def test_a_disk_without_room_is_what_is_said_and_no_damage(
        self,
        on_this_machine: dict[str, str],
        balcao: Balcao,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        copies: int,
    ) -> None:
        """The dump is packed, then sealed, then opened again for the proof."""
        await importa(balcao, tmp_path / "usuarios.csv", *PEOPLE)
        monkeypatch.setattr("storage.backup.sealing.shutil.copyfileobj", _room_for(copies))
        assert "falta espaço no disco do serviço" in await said(balcao, "backup")
        assert [name for name in os.listdir(tmp_path) if name.startswith(".backup-")] == []

    @pytest.mark.falha(462)
    def test_what_a_killed_run_left_in_the_clear_goes_and_what_another_one_works_with_stays(
        self, tmp_path: Path
    ) -> None:
        """In a container the next process has the number of the one before."""
        left = tmp_path / f".backup-{os.getpid()}-abc"
        left.mkdir()
        (left / "dump").write_bytes(b"in the clear")
        with scratch(tmp_path) as one, scratch(tmp_path) as other:
            assert not left.exists()
            assert one.exists()
            assert other.exists()

    async def test_that_files_are_no_part_of_it_is_said_where_it_names_some(
        self, on_this_machine: dict[str, str], balcao: Balcao, tmp_path: Path
    ) -> None:
        copia = await backed_up(balcao, tmp_path)
        assert "não fazem parte do backup" not in (await balcao("restaurar", str(copia), "--substituir")).stdout
        await _a_file_is_named(on_this_machine["DATABASE_URL"])
        assert (await balcao("backup", "--para", str(copia))).exit_code == 1, "the file itself is not there"
        assert "não fazem parte do backup" in (await balcao("restaurar", str(copia), "--substituir")).stdout

    @pytest.mark.each_database
    async def test_nothing_of_the_database_is_left_lying_in_the_clear(
        self, machine: dict[str, str], balcao: Balcao, tmp_path: Path
    ) -> None:
        sealed = await backed_up(balcao, tmp_path)
        assert b"Pessoa" not in sealed.read_bytes()
        assert [name for name in os.listdir(tmp_path) if name.startswith(".backup-")] == []


def _room_for(copies: int) -> Callable[..., None]:
    """The disk has room for so many files."""
    made = 0

    def copy(source: BinaryIO, target: BinaryIO, length: int = 0) -> None:
        nonlocal made
        made += 1
        if made > copies:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        target.write(source.read())

    return copy


async def _downgraded(url: str) -> None:
    def down(connection: Connection) -> None:
        config = schema._config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0003")

    database = Database(url)
    async with database.begin() as connection:
        await connection.run_sync(down)
        await connection.commit()
    await database.close()


async def test_doctor_tells_of_a_night_without_a_proved_backup(on_this_machine: dict[str, str], balcao: Balcao) -> None:
    def line(output: str) -> str:
        return next(row for row in output.splitlines() if row.startswith("backup"))

    assert "nenhum ainda: rode `balcao backup`" in line((await balcao("doctor")).stdout)
    assert (await balcao("backup")).exit_code == 0
    assert "provado em" in line((await balcao("doctor")).stdout)
    objects = store(on_this_machine)
    (key,) = [key for key in await objects.list(PREFIX) if key.endswith(".json")]
    manifest = json.loads(await objects.get(key))
    manifest["feito_em"] = (utc_now() - timedelta(hours=27)).isoformat()
    await objects.put(key, json.dumps(manifest).encode(), "application/json")
    objects.close()
    assert "falhou: nenhum backup provado nas últimas 26 h" in line((await balcao("doctor")).stdout)


class TestProgramsOfPostgresql:
    def test_the_oldest_that_is_new_enough_dumps(self, monkeypatch: pytest.MonkeyPatch) -> None:
        installed = [Programs(Path(f"/pg/{version}"), version) for version in (18, 15, 16)]
        monkeypatch.setattr(programs, "_installed", lambda: iter(installed))
        assert programs.choose(15).version == 15
        assert programs.choose(17).version == 18
        assert programs.choose_for_restore(15, dumped_by=16).version == 16

    async def test_without_one_it_is_said_what_to_install(
        self,
        on_this_machine: dict[str, str],
        postgresql_url: str,
        balcao: Balcao,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", postgresql_url)
        monkeypatch.setattr(programs, "_installed", lambda: iter(()))
        assert "instale postgresql-client-18 ou balcao[embedded]" in await said(balcao, "backup")
