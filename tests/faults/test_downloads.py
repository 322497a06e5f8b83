"""Downloads of invoices by robots that fail, lie or fall silent. What they bring: test_downloaded_files.py."""

import asyncio
from typing import Any

import pytest

from core.processo.execucoes import enviar
from core.processo.limites import FALHAS_SEGUIDAS, SILENCIO
from core.processo.processos import aprovar
from core.processo.quem import Quem
from core.processo.resultado import Saida
from core.processo.valores import text_of
from sandbox import Job, fail, late, refuse_password
from storage.pessoa.perfil import Perfil
from storage.processo.processos import Processo
from tests.support.downloads import (
    GIL,
    becomes,
    download,
    ended,
    execucoes,
    found,
    operator,
    processos,
    sends_due,
)
from tests.support.sellers import eventually, ocorrencias
from tests.support.service import RunningService


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
    @pytest.mark.each_database
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
