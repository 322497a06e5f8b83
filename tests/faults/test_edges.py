"""Tables, files, engines at their edges (110-114)."""

import os
from pathlib import Path
from typing import Any

import pytest
import redis.asyncio
from sqlalchemy import BigInteger, Integer, text

from bot.settings import Settings
from storage.database import Database, sqlite_file
from storage.engines.process import EngineError
from storage.engines.redis import EmbeddedRedis
from storage.schema import migrate
from storage.sqlite_url import sqlite_url
from storage.tables import metadata
from tests.support.inbound import nothing_failed, telegram_text
from tests.support.planilhas import read_usuarios
from tests.support.sellers import seller
from tests.support.service import RunningService
from tests.support.talking import following, talking

# Counted by ourselves, or within bounds that are ours: these never outgrow 32 bits.
OURS = {
    "answered_calls.status", "auditoria_cabeca.id", "logs_compactados.linhas",
    "aprovacoes.versao", "atendimentos.avaliacao", "atendimentos.passaram", "atendimentos.posicao_dita",
    "atendimentos.prioridade", "documentos_fatura.paginas", "exames.referencia",
    "cartoes_aprovacao.versao", "documentos_fatura.versao", "execucoes.numero_tentativa",
    "execucoes_agendamento.puladas",
    "importacoes.total", "importacoes.pecas", "importacoes.criados", "importacoes.alterados", "importacoes.sem_mudanca",
    "importacoes.recusadas",
    "failed_events.attempts", "message_statuses.rank", "operadoras.falhas_seguidas", "outbox.attempts",
    "processos.aprovacoes_necessarias", "processos.competencia", "processos.tentativas_download",
    "processos.tentativas_upload_sat", "processos.versao", "vendas.perguntas_feitas",
}  # fmt: skip


@pytest.mark.falha(110)
class TestWhatOutgrows32Bits:
    def test_no_other_column_is_that_narrow(self) -> None:
        columns = [column for table in metadata.tables.values() for column in table.columns]
        narrow = {
            f"{column.table.name}.{column.name}"
            for column in columns
            if isinstance(column.type, Integer) and not isinstance(column.type, BigInteger)
        }
        assert narrow - OURS == set()

    @pytest.mark.parametrize("size", [3 * 2**30, 2**62])
    async def test_a_file_of_three_gigabytes_is_answered(self, service: RunningService, size: int) -> None:
        ana = await seller(service, channel="telegram")
        update = telegram_text(ana, "", 900)
        update["message"]["document"] = {"file_id": "x", "file_unique_id": "x", "file_size": size}
        del update["message"]["text"]
        assert (await service.sandbox.telegram.deliver(update))[0] == 200
        await service.sandbox.settled()
        assert await nothing_failed(service)

    async def test_an_error_code_of_40_bits_is_kept(self, service: RunningService) -> None:
        whatsapp = service.sandbox.whatsapp
        status = {"id": "wamid.1", "status": "failed", "timestamp": "1700000000", "errors": [{"code": 2**40}]}
        assert (await whatsapp.deliver(whatsapp.envelope({"statuses": [status]})))[0] == 200
        assert await nothing_failed(service)


@pytest.mark.falha(111)
@pytest.mark.parametrize(
    ("cell", "known"),
    [("900123.0", "900123"), ("900123,00", "900123"), ('="0042"', "0042"), ("V-17.0a", "V-17.0a"), ("1.000", "1.000")],
)
def test_a_spreadsheets_decimal_in_a_matricula_is_undone(cell: str, known: str) -> None:
    quoted = cell.replace('"', '""')
    file = f'nome_completo,telefone,perfil_usuario,matricula_pap\nAna,5531988804000,VENDEDOR,"{quoted}"\n'
    sheet: Any = read_usuarios(file.encode())
    assert [row.matricula_pap for row in sheet.linhas] == [known]


@pytest.mark.falha(112)
class TestARedisFileThatEndsInZeros:
    async def test_it_starts_again_without_it_and_keeps_it_aside(self, tmp_path: Path) -> None:
        engine = EmbeddedRedis(tmp_path)
        await engine.start()
        async with redis.asyncio.Redis.from_url(engine.url) as client:
            await client.set("x", "1")
        await engine.stop()
        for round_ in (1, 2):
            [file] = (tmp_path / "redis" / "appendonlydir").glob("*.incr.aof")
            with file.open("ab") as written:
                written.write(b"\x00" * 4096)
            await engine.start()
            async with redis.asyncio.Redis.from_url(engine.url) as client:
                assert await client.get("x") is None
                await client.set("x", "2")
            await engine.stop()
            assert (tmp_path / "redis" / f"appendonlydir.broken-{round_}").is_dir()

    async def test_what_is_no_fault_of_the_file_is_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        engine = EmbeddedRedis(tmp_path)
        monkeypatch.setattr(engine, "_command", lambda: ["/bin/sh", "-c", "echo no luck; exit 1"])
        with pytest.raises(EngineError, match="no luck"):
            await engine.start()


@pytest.mark.falha(113)
@pytest.mark.parametrize("name", ["100%", "a?b", "a%20b", "a%3Fb", "a#b", "ção e espaço"])
async def test_any_data_dir_has_its_database(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    url = Settings(_env_file=None, DATA_DIR=str(tmp_path / name)).database_url  # type: ignore[call-arg]
    assert sqlite_file(url) == tmp_path / name / "balcao.db"
    assert sqlite_file(sqlite_url(tmp_path / name)) == tmp_path / name
    database = Database(url)
    await migrate(database)
    async with database.read() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM usuarios")) == 0
    await database.close()
    assert (tmp_path / name / "balcao.db").exists()
    assert os.listdir(tmp_path) == [name]


@pytest.mark.falha(114)
class TestWhatPeopleSee:
    @pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
    async def test_seventy_sellers_are_shown_page_by_page(self, sqlite_service: RunningService, channel: str) -> None:
        service = sqlite_service
        await service.administrador("Adm Silva", "5531999990000")
        names = [f"Pessoa {number:02}" for number in range(70)]
        for number, name in enumerate(names):
            await service.vendedor(name, f"55319880{number:05}")
        adm = await service.phone(channel, "Adm Silva", "5531999990000")
        await adm.says("USUARIOS")
        for first in range(0, 63, 9):
            await adm.sees(names[first + 8])
            await adm.taps("Mais vendedores")
        await adm.sees(names[69])
        screen = await adm.quiet()
        assert [name for name in names if name not in screen] == []
        assert await nothing_failed(service)

    @pytest.mark.parametrize("body", ["", "   ", "\u200b", "\u2060\ufeff"], ids=ascii)
    async def test_an_empty_text_on_whatsapp_is_no_text(self, sqlite_service: RunningService, body: str) -> None:
        ana: Any = await seller(sqlite_service)
        whatsapp = sqlite_service.sandbox.whatsapp
        message = whatsapp.new_message(ana) | {"type": "text", "text": {"body": body}}
        ana.last_wrote = whatsapp.clock()
        envelope = whatsapp.envelope({"contacts": [ana.contact], "messages": [message]})
        assert (await whatsapp.deliver(envelope))[0] == 200
        await sqlite_service.sandbox.settled()
        assert await nothing_failed(sqlite_service)

    async def test_of_an_empty_text_a_consultor_hears_that_something_came(self, sqlite_service: RunningService) -> None:
        maria, davi = await talking(sqlite_service, "whatsapp", "telegram")
        whatsapp = sqlite_service.sandbox.whatsapp
        person: Any = maria
        message = whatsapp.new_message(person) | {"type": "text", "text": {"body": "\u200b "}}
        envelope = whatsapp.envelope({"contacts": [person.contact], "messages": [message]})
        assert (await whatsapp.deliver(envelope))[0] == 200
        assert "só aparece no aplicativo" in (await following(davi)).text
        await maria.says("ainda aí?")
        assert (await following(davi)).text == "ainda aí?"
        assert await nothing_failed(sqlite_service)

    async def test_the_language_chosen_while_waiting_is_the_one_waited_for(self, service: RunningService) -> None:
        customer = await service.phone("whatsapp", "Cliente", "5531977770000")
        await customer.says("CONSULTOR")
        await customer.sees("#0000")
        await customer.says("IDIOMA")
        await customer.taps("English")
        await customer.quiet()
        assert [row["idioma"] for row in await service.rows("SELECT idioma FROM atendimentos")] == ["en"]
