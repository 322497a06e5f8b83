"""`balcao backup` and `balcao restaurar`: round trips on both databases, a sentence for each thing that is wrong."""

import asyncio
import base64
import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

import pyrage
import pytest
from alembic import command
from sqlalchemy import Connection, text

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
from tests.support.commands import Balcao, importa
from tests.support.source_code import ROOT

PEOPLE = [f"Pessoa {n};55319990000{n:02};VENDEDOR" for n in range(25)]
OTHER_KEY = base64.urlsafe_b64encode(b"z" * 32).decode()


@pytest.fixture
def machine(on_database: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """An installation with a bucket of its own."""
    on_database["MINIO_BUCKET"] = f"b{uuid4().hex[:12]}"
    monkeypatch.setenv("MINIO_BUCKET", on_database["MINIO_BUCKET"])
    return on_database


@pytest.fixture
def on_this_machine(on_sqlite: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """As `machine`, for what does not depend on the database."""
    on_sqlite["MINIO_BUCKET"] = f"b{uuid4().hex[:12]}"
    monkeypatch.setenv("MINIO_BUCKET", on_sqlite["MINIO_BUCKET"])
    return on_sqlite


def store(machine: dict[str, str]) -> ObjectStore:
    return ObjectStore(
        machine["MINIO_ENDPOINT"],
        machine["MINIO_ACCESS_KEY"],
        machine["MINIO_SECRET_KEY"],
        machine["MINIO_BUCKET"],
        secure=False,
    )


async def names_of(url: str) -> list[str]:
    """Who is in this database."""
    return [str(row.nome_completo) for row in await _rows(url, "SELECT nome_completo FROM usuarios ORDER BY telefone")]


async def _rows(url: str, sql: str) -> list[object]:
    database = Database(url)
    try:
        async with database.begin() as connection:
            found = await connection.execute(text(sql))
            rows = list(found) if found.returns_rows else []
            await connection.commit()
            return rows
    finally:
        await database.close()


async def _a_file_is_named(url: str) -> None:
    """By the database; the object store has none of it."""
    await _rows(
        url,
        "INSERT INTO contatos (id, channel, external_id, criado_em) "
        "VALUES (1, 'telegram', '1', '2026-03-02 12:00:00+00')",
    )
    await _rows(
        url,
        "INSERT INTO arquivos (id, contato_id, channel, provider_file_id, object_key, tamanho, recebido_em, "
        "guardado_em) VALUES ('0123456789abcdef0123456789abcdef', 1, 'telegram', 'x', 'arquivos/x', 3, "
        "'2026-03-02 12:00:00+00', '2026-03-02 12:00:00+00')",
    )


async def _nothing(o_que: str) -> None:
    pass


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
        await _rows(url, "DELETE FROM usuarios WHERE nome_completo <> 'Pessoa 3'")
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
        acts = await _rows(
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
        await _rows(url, guard)
        await _rows(url, "DELETE FROM auditoria WHERE numero = 2")
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


def _truncated(content: bytes) -> bytes:
    return content[:-100]


def _changed(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


class TestABackupThatIsNotAsItShouldBe:
    """Each in its own words, and the database stays as it is."""

    @pytest.mark.parametrize(
        ("change", "sentence"), [(_truncated, "está cortado: faltam 100 bytes"), (_changed, "está danificado")]
    )
    async def test_damaged_or_cut_short(
        self,
        on_this_machine: dict[str, str],
        balcao: Balcao,
        tmp_path: Path,
        change: Callable[[bytes], bytes],
        sentence: str,
    ) -> None:
        copia = await backed_up(balcao, tmp_path)
        copia.write_bytes(change(copia.read_bytes()))
        assert sentence in await said(balcao, "restaurar", str(copia), "--substituir")
        assert len(await names_of(on_this_machine["DATABASE_URL"])) == len(PEOPLE)

    async def test_without_its_manifest_it_is_checked_all_the_same(
        self, on_this_machine: dict[str, str], balcao: Balcao, tmp_path: Path
    ) -> None:
        copia = await backed_up(balcao, tmp_path)
        copia.with_name(f"{copia.name}.json").unlink()
        whole = copia.read_bytes()
        copia.write_bytes(_changed(whole))
        assert "está danificado" in await said(balcao, "restaurar", str(copia), "--substituir")
        copia.write_bytes(b"PK\x03\x04" + whole)
        assert "não é um backup do Balcão" in await said(balcao, "restaurar", str(copia), "--substituir")
        copia.write_bytes(whole)
        assert (await balcao("restaurar", str(copia), "--substituir")).exit_code == 0

    async def test_of_another_key_it_says_which_one_opens_it(
        self, on_this_machine: dict[str, str], balcao: Balcao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        copia = await backed_up(balcao, tmp_path)
        chave = json.loads(copia.with_name("copia.age.json").read_text())["chave"]
        monkeypatch.setenv("SECRET_KEYS", OTHER_KEY)
        assert f"abre com a chave {chave} de SECRET_KEYS" in await said(balcao, "restaurar", str(copia))
        monkeypatch.setenv("SECRET_KEYS", f"{OTHER_KEY},{on_this_machine['SECRET_KEYS']}")
        assert (await balcao("restaurar", str(copia), "--substituir")).exit_code == 0, "an older key still opens"

    async def test_of_a_newer_release(self, on_this_machine: dict[str, str], balcao: Balcao, tmp_path: Path) -> None:
        await _rows(on_this_machine["DATABASE_URL"], "UPDATE alembic_version SET version_num = '9999'")
        # The command refuses such a database; a newer release made this one.
        settings, objects = Settings(_env_file=None), store(on_this_machine)  # type: ignore[call-arg]
        keys = BackupKeys(settings.fernet_keys)
        backups = Backups(settings.database_url, settings.data_dir, keys, objects, utc_now, settings.zone)
        copia = tmp_path / "novo.age"
        await backups.make(copia)
        objects.close()
        assert "versão mais nova do Balcão (esquema 9999)" in await said(balcao, "restaurar", str(copia))

    async def test_of_the_other_database(
        self,
        on_this_machine: dict[str, str],
        balcao: Balcao,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        postgres_url: str,
    ) -> None:
        copia = await backed_up(balcao, tmp_path)
        monkeypatch.setenv("DATABASE_URL", postgres_url)
        assert "é de sqlite e o banco daqui é postgresql" in await said(balcao, "restaurar", str(copia))

    async def test_that_is_not_there(self, on_this_machine: dict[str, str], balcao: Balcao) -> None:
        assert "não há backup ontem" in await said(balcao, "restaurar", "ontem")


class TestKeys:
    async def test_the_operators_own_key_opens_it_without_ours(
        self, on_this_machine: dict[str, str], balcao: Balcao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        offline = pyrage.x25519.Identity.generate()
        monkeypatch.setenv("BACKUP_DESTINATARIOS", str(offline.to_public()))
        copia = await backed_up(balcao, tmp_path)
        monkeypatch.setenv("SECRET_KEYS", OTHER_KEY)
        key_file = tmp_path / "chave.txt"
        key_file.write_text(f"# created by age-keygen\n{offline}\n")
        back = await balcao("restaurar", str(copia), "--substituir", "--chave", str(key_file))
        assert back.exit_code == 0, back.output

    async def test_something_that_is_no_recipient_stops_the_start(
        self, on_this_machine: dict[str, str], balcao: Balcao, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("BACKUP_DESTINATARIOS", "age1naoexiste")
        assert "BACKUP_DESTINATARIOS recebeu" in await said(balcao, "backup")

    async def test_where_the_only_key_lies_beside_the_database_the_backup_and_doctor_say_so(
        self, on_this_machine: dict[str, str], balcao: Balcao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert "SECRET_KEYS está no mesmo disco" not in (await balcao("backup")).stdout
        (tmp_path / ".env").write_text(f"SECRET_KEYS={on_this_machine['SECRET_KEYS']}\n")
        monkeypatch.delenv("SECRET_KEYS")
        assert "SECRET_KEYS está no mesmo disco" in (await balcao("backup")).stdout
        assert "SECRET_KEYS está no mesmo disco" in (await balcao("doctor")).stdout
        monkeypatch.setenv("BACKUP_DESTINATARIOS", str(pyrage.x25519.Identity.generate().to_public()))
        assert "SECRET_KEYS está no mesmo disco" not in (await balcao("doctor")).stdout


async def test_a_new_machines_empty_folder_needs_the_file_and_the_keys_only(
    on_this_machine: dict[str, str], balcao: Balcao, tmp_path: Path
) -> None:
    copia = await backed_up(balcao, tmp_path)
    elsewhere = tmp_path / "nova"
    elsewhere.mkdir()
    environment = {"SECRET_KEYS": on_this_machine["SECRET_KEYS"], "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "bot", "restaurar", str(copia)],
        cwd=elsewhere,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(await names_of(f"sqlite+aiosqlite:///{elsewhere / '.balcao' / 'balcao.db'}")) == len(PEOPLE)


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


def test_commands_that_do_not_talk_do_not_load_what_talks(tmp_path: Path) -> None:
    code = "import sys, bot.commands.backup, bot.commands.cli; sys.exit('aiogram' in sys.modules)"
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    assert subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=False).returncode == 0
