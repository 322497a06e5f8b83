"""Downloads of invoices by robots that fail, lie, fall silent or name what is not theirs to name."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from core.processo.execucoes import baixar, enviar
from core.processo.limites import FALHAS_SEGUIDAS, SILENCIO
from core.processo.processos import aprovar, criar
from core.processo.quem import O_RELOGIO, Quem
from core.processo.resultado import Resultado, Saida
from core.processo.valores import text_of
from core.testemunha.leitura import Leitura, LeituraAdiada, Recusado
from sandbox import Job, Phone, damaged, fail, late, refuse_password, small_pdf
from sandbox.faturas.estragos import Estrago, encrypted
from storage.objects import ObjectStoreError
from storage.pessoa.perfil import Perfil
from storage.processo.processos import Processo
from storage.transaction import Transaction
from tests.support.faturas import conta, nova_operadora, novo_cliente
from tests.support.sellers import eventually, ocorrencias
from tests.support.service import RunningService

HUGO = ("Hugo Melo", "5531988806001")
GIL = ("Gil Torres", "5531988806002")


async def operator(service: RunningService) -> tuple[Phone, Quem]:
    usuario_id = await service.usuario(*HUGO, Perfil.OPERADOR)
    phone = await service.phone("whatsapp", *HUGO)
    await phone.says("MENU")
    await phone.sees("O que você quer fazer")
    return phone, Quem("whatsapp", usuario_id, Perfil.OPERADOR)


async def processos(service: RunningService, several: int = 1, **cliente: Any) -> list[Processo]:
    """Processos that wait for their download, of as many clientes of one operadora."""

    async def work(tx: Transaction) -> list[Processo]:
        operadora = await nova_operadora(tx)
        made = []
        for _ in range(several):
            account = await novo_cliente(
                tx, operadora.id, **{"login_portal": "padaria", "senha_portal": "s3gredo"} | cliente
            )
            resultado = await criar(tx, account.id, "11/2026", O_RELOGIO)
            assert resultado.processo is not None
            made.append(resultado.processo)
        return made

    made: list[Processo] = await service.wiring.turns.run(work)
    return made


async def download(service: RunningService, processo: Processo, quem: Quem = O_RELOGIO) -> Resultado:
    limits = service.wiring.processo_limits
    resultado: Resultado = await service.wiring.turns.run(lambda tx: baixar(tx, processo.id, quem, limits))
    return resultado


async def becomes(service: RunningService, processo: Processo, status: str) -> dict[str, Any]:
    sql = "SELECT * FROM processos WHERE id = :id AND status_processo = :status"
    (row,) = await eventually(service, sql, id=_key(service, processo.id), status=status)
    return row


async def execucoes(service: RunningService, processo: Processo) -> list[dict[str, Any]]:
    sql = "SELECT * FROM execucoes WHERE processo_id = :id ORDER BY id"
    return await service.rows(sql, id=_key(service, processo.id))


async def ended(service: RunningService, processo: Processo, status: str, several: int = 1) -> list[dict[str, Any]]:
    """Wait until as many of its execucoes have ended so."""
    async with asyncio.timeout(10):
        while True:
            rows = [
                row
                for row in await execucoes(service, processo)
                if row["status_execucao"] == status and row["data_fim"]
            ]
            if len(rows) >= several:
                return rows
            await asyncio.sleep(0.01)


def found(service: RunningService, job: Job) -> dict[str, Any]:
    """What its robot brings when all goes well."""
    return service.sandbox.rpa.good_end(job)


def _key(service: RunningService, id_: UUID) -> object:
    return id_.hex if service.wiring.database.is_sqlite else id_


async def sends_due(service: RunningService) -> None:
    """The clock sends what is due by now."""
    service.clock.move(minutes=10)
    await service.clock_work.processos.send_due()


async def test_from_the_portal_to_sat(service: RunningService) -> None:
    phone, hugo = await operator(service)
    (processo,) = await processos(service)
    await download(service, processo, hugo)
    job = await service.sandbox.rpa.started()
    assert (job.operadora, job.body["senha"], job.body["mes_ano"]) == ("vivo", "s3gredo", "11/2026")
    row = await becomes(service, processo, "AGUARDANDO_APROVACAO")
    said = job.resultado
    assert (text_of(row["valor_centavos"]), str(row["data_vencimento"])) == (said["valor"], said["data_vencimento"])
    (documento,) = await eventually(service, "SELECT * FROM documentos_fatura WHERE guardado_em IS NOT NULL")
    assert documento["conteudo"] is None
    content = await service.wiring.objects.get(documento["object_key"])
    assert content.startswith(b"%PDF-")

    gil = Quem("api", await service.usuario(*GIL, Perfil.APROVADOR), Perfil.APROVADOR)
    limits = service.wiring.processo_limits
    await service.wiring.turns.run(lambda tx: aprovar(tx, processo.id, gil, limits))
    sent = await service.wiring.turns.run(lambda tx: enviar(tx, processo.id, hugo, limits))
    assert sent.saida is Saida.FEITO
    sat = await service.sandbox.rpa.started()
    assert sat.operadora == "sat"
    assert {name: sat.body[name] for name in ("cnpj", "operadora", "nome_arquivo", "data_vencimento")} == {
        "cnpj": "11222333000181",
        "operadora": "VIVO",
        "nome_arquivo": said["nome_arquivo"],
        "data_vencimento": said["data_vencimento"],
    }
    row = await becomes(service, processo, "UPLOAD_REALIZADO")
    assert row["enviado_para_sat"]
    assert sat.fetched == content
    await phone.sees("fatura enviada ao SAT")


class TestAsManyRobotsAsThePortalBears:
    async def test_the_others_wait_for_a_place(self, service: RunningService) -> None:
        service.sandbox.rpa.next(*["manual"] * 5)
        several = await processos(service, 5)
        await asyncio.gather(*(download(service, one) for one in several))
        first = [await service.sandbox.rpa.started() for _ in range(3)]
        assert len(service.sandbox.rpa.jobs) == 3
        await first[0].complete(found(service, first[0]))
        await service.sandbox.rpa.started()
        assert len(service.sandbox.rpa.jobs) == 4

    async def test_a_second_request_for_one_processo_is_told_that_it_runs(self, service: RunningService) -> None:
        service.sandbox.rpa.next("manual")
        (processo,) = await processos(service)
        results = await asyncio.gather(*(download(service, processo) for _ in range(4)))
        assert sorted(one.saida for one in results) == [*[Saida.EM_ANDAMENTO] * 3, Saida.FEITO]


class TestFailures:
    async def test_a_technical_one_is_tried_again_and_a_person_hears_of_the_last(self, service: RunningService) -> None:
        phone, hugo = await operator(service)
        service.sandbox.rpa.behaviour = fail("PORTAL_FORA", "O portal da Vivo está em manutenção")
        (processo,) = await processos(service)
        await download(service, processo, hugo)
        for attempt in (1, 2):
            await ended(service, processo, "TENTANDO_NOVAMENTE", attempt)
            await sends_due(service)
        await ended(service, processo, "FALHOU")
        await phone.sees("O portal da Vivo está em manutenção")
        rows = await execucoes(service, processo)
        assert [(row["numero_tentativa"], row["status_execucao"]) for row in rows] == [
            (1, "TENTANDO_NOVAMENTE"),
            (2, "TENTANDO_NOVAMENTE"),
            (3, "FALHOU"),
        ]
        keys = {job.idempotency_key for job in service.sandbox.rpa.jobs}
        assert len(keys) == 3
        assert (await phone.quiet()).count("em manutenção") == 1

    async def test_one_of_the_business_is_not_tried_again(self, service: RunningService) -> None:
        phone, hugo = await operator(service)
        service.sandbox.rpa.next(fail("NEGADO", "Não há fatura deste mês"))
        (processo,) = await processos(service)
        await download(service, processo, hugo)
        await phone.sees("Não há fatura deste mês")
        assert len(await execucoes(service, processo)) == 1

    @pytest.mark.falha(54)
    async def test_a_refused_password_holds_everybody_who_shares_the_login(self, service: RunningService) -> None:
        phone, hugo = await operator(service)
        service.sandbox.rpa.next(refuse_password())
        first, second = await processos(service, 2)
        await download(service, first, hugo)
        await phone.sees("o portal recusou o login")
        assert (await download(service, second)).saida is Saida.CREDENCIAL_RECUSADA
        assert len(service.sandbox.rpa.jobs) == 1

    async def test_five_in_a_row_leave_the_operadora_alone_and_say_so_once(self, service: RunningService) -> None:
        phone, _hugo = await operator(service)
        service.sandbox.rpa.behaviour = fail()
        several = await processos(service, FALHAS_SEGUIDAS + 2)
        for one in several[:FALHAS_SEGUIDAS]:
            await download(service, one)
        await phone.sees("cinco falhas técnicas seguidas")
        started = len(service.sandbox.rpa.jobs)
        assert (await download(service, several[-1])).saida is Saida.FEITO
        await service.clock_work.processos.send_due()
        assert len(service.sandbox.rpa.jobs) == started, "it waits until the pause is over"
        service.sandbox.rpa.behaviour = "normal"
        service.clock.move(minutes=31)
        await service.clock_work.processos.send_due()
        await becomes(service, several[-1], "AGUARDANDO_APROVACAO")
        assert (await phone.quiet()).count("cinco falhas técnicas seguidas") == 1


class TestCallbacks:
    async def _running(self, service: RunningService, behaviour: Any = "manual") -> tuple[Processo, Job]:
        service.sandbox.rpa.next(behaviour)
        (processo,) = await processos(service)
        await download(service, processo)
        job = await service.sandbox.rpa.started()
        if behaviour == "manual":
            await eventually(service, "SELECT 1 FROM execucoes WHERE job_id = :job", job=job.id)
        return processo, job

    @pytest.mark.falha(45)
    async def test_the_same_one_five_times_and_then_another_ending(self, service: RunningService) -> None:
        processo, job = await self._running(service)
        await job.complete(found(service, job), times=5)
        await job.fail()
        row = await becomes(service, processo, "AGUARDANDO_APROVACAO")
        assert (row["versao"], row["tentativas_download"]) == (2, 1)
        await ended(service, processo, "CONCLUIDO")
        # That nobody here may approve is noted too, by a turn that follows.
        assert (await ocorrencias(service)).count("callback_depois_do_fim") == 1

    @pytest.mark.falha(46)
    async def test_poll_and_callback_at_once_are_one_transition(self, service: RunningService) -> None:
        processo, job = await self._running(service)
        await job.complete(found(service, job), call=False)
        service.clock.move(hours=2)
        await asyncio.gather(job.complete(found(service, job)), service.clock_work.processos.poll_execucoes())
        assert (await becomes(service, processo, "AGUARDANDO_APROVACAO"))["versao"] == 2

    @pytest.mark.falha(44)
    async def test_one_before_the_starts_answer_is_matched(self, service: RunningService) -> None:
        processo, job = await self._running(service, late("manual"))
        await job.complete(found(service, job))
        await becomes(service, processo, "AGUARDANDO_APROVACAO")
        job.answer_start()
        assert (job.starts, len(service.sandbox.rpa.jobs)) == (1, 1)

    async def test_a_robot_that_never_calls_back_is_asked(self, service: RunningService) -> None:
        processo, job = await self._running(service)
        await job.complete(found(service, job), call=False)
        service.clock.move(hours=2)
        assert await service.clock_work.processos.poll_execucoes() == 1
        await becomes(service, processo, "AGUARDANDO_APROVACAO")

    @pytest.mark.falha(53)
    async def test_a_silent_one_is_asked_a_last_time_then_given_up_and_stopped(self, service: RunningService) -> None:
        processo, job = await self._running(service)
        service.clock.move(seconds=SILENCIO.total_seconds() + 1)
        assert await service.clock_work.processos.end_silent() == 1
        (row,) = await ended(service, processo, "TIMEOUT")
        assert row["numero_tentativa"] == 1
        await job.cancel_asked()
        assert [call.method for call in service.sandbox.rpa.calls][:2] == ["executar", "job"]
        assert len(await execucoes(service, processo)) == 2, "another attempt waits for its time"

    @pytest.mark.falha(47)
    async def test_a_start_whose_answer_was_lost_is_asked_for_before_it_is_made_again(
        self, service: RunningService
    ) -> None:
        service.sandbox.rpa.faults.lose_answer("executar")
        processo, job = await self._running(service)
        methods = [call.method for call in service.sandbox.rpa.calls]
        assert methods == ["executar", "job", "executar"]
        assert len(service.sandbox.rpa.jobs) == 1
        await job.complete(found(service, job))
        await becomes(service, processo, "AGUARDANDO_APROVACAO")

    @pytest.mark.falha(57)
    async def test_while_the_robots_api_is_down_it_is_tried_again_and_told_once(self, service: RunningService) -> None:
        phone, hugo = await operator(service)
        service.sandbox.rpa.faults.fail_next("executar", status=503, times=2)
        (processo,) = await processos(service)
        await download(service, processo, hugo)
        await phone.sees("o serviço dos robôs não está respondendo")
        await becomes(service, processo, "AGUARDANDO_APROVACAO")
        assert (await phone.quiet()).count("não está respondendo") == 1
        assert [row["status_execucao"] for row in await execucoes(service, processo)] == ["CONCLUIDO"]


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
    @pytest.mark.parametrize(
        "url",
        ["http://127.0.0.1:1/x.pdf", "https://10.0.0.5/x.pdf", "https://localhost/x.pdf", "file:///etc/passwd"],
    )
    async def test_an_address_inside_our_network_is_not_opened(self, sqlite_service: RunningService, url: str) -> None:
        processo, phone = await self._brings(sqlite_service, url=url)
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
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"PK\x03\x04", "é um ZIP"),
            (b"<!DOCTYPE html><html>", "é uma página de internet"),
            (b"%PDF-1.7\n1 0 obj", "veio cortado"),
            (b"", "veio vazio"),
        ],
    )
    async def test_what_is_no_pdf_is_refused_with_the_reason(
        self, sqlite_service: RunningService, content: bytes, said: str
    ) -> None:
        await sqlite_service.wiring.objects.put("robos/17.pdf", content, "application/pdf")
        processo, phone = await self._brings(sqlite_service, s3_key="robos/17.pdf")
        await phone.sees(said)
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
        monkeypatch.setattr("bot.senders.faturas.sender.READ_AGAIN_SECONDS", 0.05)
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
        monkeypatch.setattr("bot.senders.faturas.sender.READ_AGAIN_SECONDS", 0.05)
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
