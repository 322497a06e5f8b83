"""`balcao restaurar` of what is damaged, sealed for others, of another release, or on another machine."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

from bot.backup.copies import Backups
from bot.settings import Settings
from core.time import utc_now
from storage.backup.keys import BackupKeys
from tests.support.backups import OTHER_KEY, PEOPLE, backed_up, names_of, rows_of, said, store
from tests.support.commands import Balcao
from tests.support.source_code import ROOT


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
        await rows_of(on_this_machine["DATABASE_URL"], "UPDATE alembic_version SET version_num = '9999'")
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
