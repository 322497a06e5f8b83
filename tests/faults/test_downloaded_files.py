"""Files of invoices that robots name: not theirs to name, no invoice, not to be opened, not to be stored."""

from typing import Any

import pytest

from core.testemunha.leitura import Leitura, LeituraAdiada, Recusado
from sandbox import Phone, damaged, small_pdf
from sandbox.faturas.estragos import Estrago, encrypted
from storage.objects import ObjectStoreError
from storage.processo.processos import Processo
from tests.support.downloads import becomes, download, execucoes, operator, processos
from tests.support.faturas import conta
from tests.support.sellers import eventually, ocorrencias
from tests.support.service import RunningService


class TestFiles:
    async def _brings(self, service: RunningService, **resultado: Any) -> tuple[Processo, Phone]:
        phone, hugo = await operator(service)
        service.sandbox.rpa.next("manual")
        (processo,) = await processos(service)
        await download(service, processo, hugo)
        job = await service.sandbox.rpa.started()
        await eventually(service, "SELECT 1 FROM execucoes WHERE job_id = :job", job=job.id)
        await job.complete(resultado)
        return processo, phone

    @pytest.mark.falha(56)
    async def test_an_address_inside_our_network_is_not_opened(self, sqlite_service: RunningService) -> None:
        """Which those are: tests/bot/test_guarded_downloads.py."""
        processo, phone = await self._brings(sqlite_service, url="https://10.0.0.5/x.pdf")
        await phone.sees("O endereço do arquivo não é permitido")
        assert await ocorrencias(sqlite_service) == ["arquivo_bloqueado"]
        (row,) = await execucoes(sqlite_service, processo)
        assert row["status_execucao"] == "FALHOU"

    async def test_a_key_of_the_object_store_is_copied_under_our_own(self, service: RunningService) -> None:
        await service.wiring.objects.put("robos/17.pdf", small_pdf("Fatura"), "application/pdf")
        processo, _phone = await self._brings(service, s3_key="robos/17.pdf", valor="10.00", nome_arquivo="../x.pdf")
        row = await becomes(service, processo, "AGUARDANDO_APROVACAO")
        assert row["caminho_s3_fatura"].startswith("faturas/2026/11/")
        assert row["fatura_filename"] == "x.pdf"

    @pytest.mark.falha(145)
    async def test_a_store_that_is_away_is_no_try_at_the_robots_file(
        self, sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        objects, away = sqlite_service.wiring.objects, iter(range(12))
        get = objects.get

        async def sometimes(key: str) -> bytes:
            if next(away, None) is not None:
                raise ObjectStoreError("away")
            return await get(key)

        await objects.put("robos/17.pdf", small_pdf("Fatura"), "application/pdf")
        monkeypatch.setattr(objects, "get", sometimes)
        monkeypatch.setattr("core.delivery_errors.STORE_AWAY_SECONDS", 0.02)
        processo, _phone = await self._brings(sqlite_service, s3_key="robos/17.pdf", valor="10.00")
        await becomes(sqlite_service, processo, "AGUARDANDO_APROVACAO")
        assert len(await execucoes(sqlite_service, processo)) == 1

    @pytest.mark.parametrize("key", ["backups/2026.age", "../../etc", "arquivos/2026/11/x"])
    async def test_a_key_that_is_not_a_robots_is_not_read(self, sqlite_service: RunningService, key: str) -> None:
        _processo, phone = await self._brings(sqlite_service, s3_key=key)
        await phone.sees("O endereço do arquivo não é permitido")

    @pytest.mark.falha(71)
    async def test_what_is_no_pdf_is_refused_with_the_reason(self, sqlite_service: RunningService) -> None:
        """Which reasons there are: tests/bot/faturas/test_leitor.py; their words: tests/dialogs/test_recusas.py."""
        await sqlite_service.wiring.objects.put("robos/17.pdf", b"", "application/pdf")
        processo, phone = await self._brings(sqlite_service, s3_key="robos/17.pdf")
        await phone.sees("veio vazio")
        assert (await execucoes(sqlite_service, processo))[0]["status_execucao"] == "FALHOU"

    @pytest.mark.falha(72)
    @pytest.mark.parametrize(
        ("estrago", "said"),
        [
            (Estrago.CRIPTOGRAFADA, "o robô trouxe um PDF com senha"),
            (Estrago.SCRIPT, "traz um programa dentro"),
            (Estrago.ENORME, "tem páginas demais"),
        ],
    )
    async def test_what_may_not_be_opened_goes_to_a_person_with_what_to_do(
        self, sqlite_service: RunningService, estrago: Estrago, said: str
    ) -> None:
        phone, hugo = await operator(sqlite_service)
        sqlite_service.sandbox.rpa.next(damaged(estrago))
        (processo,) = await processos(sqlite_service)
        await download(sqlite_service, processo, hugo)
        told = await phone.sees(said)
        ways = ("Mande baixar de novo, ou envie o PDF aqui.", "Qual é a senha?")
        assert any(way in told.text for way in ways)
        (row,) = await execucoes(sqlite_service, processo)
        assert row["status_execucao"] == "FALHOU", "the business has to look: another attempt brings the same file"

    async def test_a_password_made_of_the_clientes_numbers_opens_it_and_sat_gets_the_copy_without(
        self, sqlite_service: RunningService
    ) -> None:
        _phone, hugo = await operator(sqlite_service)
        sqlite_service.sandbox.rpa.next("manual")
        (processo,) = await processos(sqlite_service)
        await download(sqlite_service, processo, hugo)
        job = await sqlite_service.sandbox.rpa.started()
        await eventually(sqlite_service, "SELECT 1 FROM execucoes WHERE job_id = :job", job=job.id)
        closed = encrypted(conta(), processo.cnpj[:5])
        await sqlite_service.wiring.objects.put("robos/17.pdf", closed, "application/pdf")
        await job.complete({"s3_key": "robos/17.pdf"})
        row = await becomes(sqlite_service, processo, "AGUARDANDO_APROVACAO")
        files = await sqlite_service.rows("SELECT * FROM documentos_fatura")
        original, copy = sorted(files, key=lambda file: file["id"] == row["documento_id"])
        await eventually(
            sqlite_service, "SELECT 1 FROM documentos_fatura WHERE guardado_em IS NOT NULL LIMIT 1 OFFSET 1"
        )
        assert await sqlite_service.wiring.objects.get(original["object_key"]) == closed
        assert b"/Encrypt" not in await sqlite_service.wiring.objects.get(copy["object_key"])

    async def test_a_reader_that_was_killed_is_no_fault_of_the_files(
        self, sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Twice it is ended from outside; the file is read when there is one again, and nobody hears of it."""
        leitor, killed = sqlite_service.wiring.leitor, iter(("SIGKILL", "timeout"))
        read = leitor.read

        async def sometimes(content: bytes, senhas: tuple[str, ...]) -> Leitura | Recusado:
            if (reason := next(killed, None)) is not None:
                raise LeituraAdiada(reason)
            return await read(content, senhas)

        monkeypatch.setattr(leitor, "read", sometimes)
        monkeypatch.setattr("bot.senders.faturas.reading.READ_AGAIN_SECONDS", 0.05)
        phone, hugo = await operator(sqlite_service)
        (processo,) = await processos(sqlite_service)
        await download(sqlite_service, processo, hugo)
        await becomes(sqlite_service, processo, "AGUARDANDO_APROVACAO")
        assert "falhou" not in await phone.quiet()
        assert len(await execucoes(sqlite_service, processo)) == 1

    async def test_a_file_that_no_reader_gets_through_in_an_hour_goes_to_a_person(
        self, sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def never(content: bytes, senhas: tuple[str, ...]) -> Leitura | Recusado:
            sqlite_service.clock.move(minutes=31)
            raise LeituraAdiada("timeout")

        monkeypatch.setattr(sqlite_service.wiring.leitor, "read", never)
        monkeypatch.setattr("bot.senders.faturas.reading.READ_AGAIN_SECONDS", 0.05)
        phone, hugo = await operator(sqlite_service)
        (processo,) = await processos(sqlite_service)
        await download(sqlite_service, processo, hugo)
        await phone.sees("a leitura não terminou")

    @pytest.mark.falha(68)
    async def test_with_the_object_store_down_the_file_is_kept_and_stored_later(
        self, service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put, down = service.wiring.objects.put, True

        async def sometimes(key: str, data: bytes, content_type: str) -> None:
            if down:
                raise ObjectStoreError("away")
            await put(key, data, content_type)

        monkeypatch.setattr(service.wiring.objects, "put", sometimes)
        monkeypatch.setattr("core.delivery_errors.STORE_AWAY_SECONDS", 0.02)
        (processo,) = await processos(service)
        await download(service, processo)
        await becomes(service, processo, "AGUARDANDO_APROVACAO")
        (kept,) = await service.rows("SELECT * FROM documentos_fatura")
        assert bytes(kept["conteudo"]).startswith(b"%PDF-")
        assert kept["guardado_em"] is None
        down = False
        (stored,) = await eventually(service, "SELECT * FROM documentos_fatura WHERE guardado_em IS NOT NULL")
        assert stored["conteudo"] is None
        assert (await service.wiring.objects.get(stored["object_key"])).startswith(b"%PDF-")
