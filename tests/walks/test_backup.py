"""BACKUP in chat: an administrator asks for one, and hears when it is there and proved."""

from pathlib import Path
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from bot.agendamento.tarefas import Corrida, TarefaFalhou, make_tarefas
from bot.backup.copies import Backups
from core.agendamento.agendamentos import criar_padrao
from sandbox import Phone
from storage.agendamento.tipos import TipoAgendamento
from storage.backup.problems import BackupError, Problem
from storage.engines.s3 import EmbeddedS3
from storage.objects import ObjectStore
from storage.pessoa.perfil import Perfil
from tests.support.backups import no_backups
from tests.support.consultores import CHANNELS
from tests.support.libraries import LIBRARY
from tests.support.sellers import ANA, eventually, seller
from tests.support.service import RunningService, settings_for

ADM = ("Adm Silva", "5531999990000")


async def administrator(service: RunningService, channel: str) -> Phone:
    await service.usuario(*ADM, Perfil.ADMINISTRADOR)
    return await service.phone(channel, *ADM)


@CHANNELS
async def test_it_is_said_when_it_begins_and_when_it_is_proved(service: RunningService, channel: str) -> None:
    adm = await administrator(service, channel)
    await adm.says("backup")
    await adm.sees("Backup começado")
    done = await adm.sees("Restaurado em um banco de prova", timeout=30)
    assert "guardado:" in done.text
    assert len(await service.wiring.backups.all()) >= 1


async def test_only_administrators_are_obeyed(sqlite_service: RunningService) -> None:
    ana = await seller(sqlite_service, ANA)
    await ana.says("BACKUP")
    await ana.says("STATUS")
    await ana.sees("Não há venda em andamento")
    assert await sqlite_service.rows("SELECT 1 FROM outbox WHERE target = 'backups'") == []


async def test_while_the_object_store_is_away_it_is_tried_again_and_then_said(
    sqlite_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = settings_for(sqlite_url, clean_redis_url, s3, tmp_path)
    environment |= {"MINIO_ENDPOINT": "127.0.0.1:1", "MINIO_BUCKET": f"b{uuid4().hex[:12]}"}
    async with RunningService(environment) as service:
        sender = service.wiring.courier.senders["backups"]
        monkeypatch.setattr(sender, "first_wait", 0.01)
        adm = await administrator(service, "whatsapp")
        await adm.says("BACKUP")
        await adm.sees("O backup não foi feito: o armazenamento de objetos não responde.", timeout=60)


def away() -> ObjectStore:
    """A store where nobody listens."""
    return ObjectStore("127.0.0.1:1", "x", "y", "backups", secure=False)


@pytest.mark.falha(381)
@CHANNELS
async def test_a_store_that_goes_away_before_the_proof_is_told_in_our_words_and_proved_later(
    service: RunningService, channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.delivery_errors.STORE_AWAY_SECONDS", 0.05)
    await no_backups(service)
    adm = await administrator(service, channel)
    with monkeypatch.context() as gone:
        gone.setattr(service.wiring.objects, "get_file", away().get_file)
        await adm.says("BACKUP")
        told = await adm.sees("A cópia está guardada, mas ainda não foi provada", timeout=30)
        assert "Tento de novo quando ele responder. Aviso aqui." in told.text
        assert not LIBRARY.search(told.text), told.text
        await eventually(service, "SELECT 1 FROM outbox WHERE method = 'provar' AND error LIKE '%MaxRetryError%'")
    await adm.sees("O armazenamento de objetos voltou", timeout=30)
    (kept,) = await service.wiring.backups.all()
    assert kept.prova is not None, "made once, and proved"


@pytest.mark.falha(381)
async def test_a_schedule_whose_store_goes_away_makes_no_second_copy_and_proves_the_first(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = sqlite_service
    monkeypatch.setattr("core.delivery_errors.STORE_AWAY_SECONDS", 0.05)
    await no_backups(service)
    wiring = service.wiring
    tarefa = make_tarefas(wiring.turns, wiring.backups, wiring.settings.zone, {})[TipoAgendamento.BACKUP_DIARIO_BD]
    with monkeypatch.context() as gone:
        gone.setattr(wiring.objects, "get_file", away().get_file)
        with pytest.raises(TarefaFalhou, match="A cópia está guardada, mas ainda não foi provada"):
            await tarefa({}, Corrida(uuid4(), service.clock()))
    await eventually(service, "SELECT 1 FROM outbox WHERE method = 'provar' AND done_at IS NOT NULL")
    (kept,) = await wiring.backups.all()
    assert kept.prova is not None


@pytest.mark.falha(381)
@pytest.mark.parametrize("problem", [Problem.DUMP_FAILED, Problem.LOAD_FAILED])
async def test_what_a_database_says_of_a_backup_stands_in_the_log_and_not_in_the_chat(
    sqlite_service: RunningService, problem: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> None:
        raise BackupError(problem, motivo="sqlite3.DatabaseError: malformed")

    monkeypatch.setattr(Backups, "make" if problem is Problem.DUMP_FAILED else "prove", fails)
    adm = await administrator(sqlite_service, "telegram")
    with capture_logs() as logs:
        await adm.says("BACKUP")
        told = await adm.sees("o registro do serviço diz por quê", timeout=30)
    assert "malformed" not in told.text
    assert any("malformed" in str(line.get("reason")) for line in logs)


async def test_how_the_last_one_went_is_asked_and_none_is_made(sqlite_service: RunningService) -> None:
    adm = await administrator(sqlite_service, "whatsapp")
    await adm.says("o backup de ontem foi?")
    await adm.sees("Nenhum agendamento faz backups")
    await sqlite_service.wiring.turns.run(criar_padrao)
    for typed in ("rolou o backup?", "qdo foi o ultimo backup"):
        await adm.says(typed)
        await adm.sees("Backup diário: ")
    assert await sqlite_service.rows("SELECT 1 FROM outbox WHERE target = 'backups'") == []


async def test_whether_there_is_one_makes_none(sqlite_service: RunningService) -> None:
    adm = await administrator(sqlite_service, "telegram")
    await adm.says("tem backup de hj?")
    await adm.sees("Nenhum agendamento faz backups")
