"""Why a processo stands where it stands: the one reason that has to be dealt with first, told from what happened."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from core.processo.consulta.acoes import acoes_agora
from core.processo.consulta.fatos import fatos_of
from core.processo.consulta.situacao import Porque, situacao
from core.processo.execucoes import baixar, cancelar, enviar, falhar
from core.processo.limites import ProcessoLimits
from core.processo.maquina import Acao
from core.processo.processos import aprovar, ativar, rejeitar
from core.processo.quem import O_RELOGIO, Quem
from core.processo.resultado import Saida
from storage.cliente.clientes import hold_login
from storage.delegacao.delegacoes import nova_delegacao
from storage.operadora.operadoras import change_operadora, pause
from storage.pessoa.perfil import Perfil
from storage.processo.execucoes import close_execucao, execucao_by_id, open_execucao_of
from storage.processo.processos import Processo, processo_by_id
from storage.processo.status import StatusExecucao
from storage.transaction import Transaction
from tests.support.faturas import a_aprovar, nova_pessoa, novo_processo
from tests.support.turning import World, open_world

LIMITS = ProcessoLimits()


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


async def reason(world: World, processo: Processo) -> Porque:
    async def work(tx: Transaction) -> Porque:
        now = await processo_by_id(tx.connection, processo.id)
        assert now is not None
        return situacao(await fatos_of(tx, now), tx.now).porque

    found: Porque = await world.turns.run(work)
    return found


async def hugo(world: World) -> Quem:
    person: Quem = await world.turns.run(lambda tx: nova_pessoa(tx, Perfil.OPERADOR, "Hugo Melo"))
    return person


async def download(world: World, processo: Processo) -> None:
    """Asked for a moment after whatever was before."""
    world.clock.move(seconds=1)
    await world.turns.run(lambda tx: baixar(tx, processo.id, O_RELOGIO, LIMITS))


async def test_a_new_one_was_never_asked_for(world: World) -> None:
    processo = await world.turns.run(novo_processo)
    assert await reason(world, processo) is Porque.NUNCA_BAIXADO


async def test_an_operadora_without_robot_is_the_reason(world: World) -> None:
    processo = await world.turns.run(novo_processo)
    await world.turns.run(lambda tx: change_operadora(tx, processo.operadora_id, possui_rpa=False))
    assert await reason(world, processo) is Porque.SEM_ROBO


async def test_a_robot_at_work_one_in_line_and_one_that_is_paused(world: World) -> None:
    processo = await world.turns.run(novo_processo)
    await download(world, processo)
    assert await reason(world, processo) is Porque.BAIXANDO
    other = await world.turns.run(novo_processo)
    full = ProcessoLimits(por_operadora=0)
    await world.turns.run(lambda tx: baixar(tx, other.id, O_RELOGIO, full))
    assert await reason(world, other) is Porque.NA_FILA_DO_ROBO
    await world.turns.run(lambda tx: pause(tx, other.operadora_id, tx.now.replace(year=2099)))
    assert await reason(world, other) is Porque.OPERADORA_PAUSADA


async def test_a_refused_login_comes_before_everything(world: World) -> None:
    processo = await world.turns.run(novo_processo)
    await download(world, processo)
    await world.turns.run(lambda tx: hold_login(tx, processo.operadora_id, processo.cliente_id, None))
    assert await reason(world, processo) is Porque.LOGIN_RECUSADO


async def test_a_failure_is_the_reason_until_somebody_tries_again(world: World) -> None:
    processo = await world.turns.run(novo_processo)
    await download(world, processo)

    async def fails(tx: Transaction) -> None:
        execucao = await open_execucao_of(tx.connection, processo.id)
        assert execucao is not None
        await falhar(tx, execucao, {"codigo": "NEGADO", "mensagem": "sem fatura"}, LIMITS, tecnica=False)

    await world.turns.run(fails)
    assert await reason(world, processo) is Porque.DOWNLOAD_FALHOU
    await download(world, processo)
    assert await reason(world, processo) is Porque.BAIXANDO


async def test_a_rejection_is_the_reason_until_it_is_downloaded_again(world: World) -> None:
    processo = await world.turns.run(a_aprovar)
    gil = await world.turns.run(lambda tx: nova_pessoa(tx, Perfil.APROVADOR))
    await world.turns.run(lambda tx: rejeitar(tx, processo.id, gil, "mês errado"))
    assert await reason(world, processo) is Porque.REJEITADO
    await download(world, processo)
    assert await reason(world, processo) is Porque.BAIXANDO


async def test_from_the_approvers_to_sat(world: World) -> None:
    processo = await world.turns.run(lambda tx: a_aprovar(tx, ProcessoLimits(dois_acima=1)))
    assert await reason(world, processo) is Porque.ESPERA_APROVADOR
    gil = await world.turns.run(lambda tx: nova_pessoa(tx, Perfil.APROVADOR))
    ivo = await world.turns.run(lambda tx: nova_pessoa(tx, Perfil.APROVADOR, "Ivo Prado"))
    await world.turns.run(lambda tx: aprovar(tx, processo.id, gil, LIMITS))
    assert await reason(world, processo) is Porque.ESPERA_OUTRO
    await world.turns.run(lambda tx: aprovar(tx, processo.id, ivo, LIMITS))
    assert await reason(world, processo) is Porque.ESPERA_ENVIO
    await world.turns.run(lambda tx: enviar(tx, processo.id, O_RELOGIO, LIMITS))
    assert await reason(world, processo) is Porque.ENVIANDO

    async def fails(tx: Transaction) -> None:
        execucao = await open_execucao_of(tx.connection, processo.id)
        assert execucao is not None
        await close_execucao(tx, execucao.id, StatusExecucao.FALHOU, detalhes_erro={"codigo": "NEGADO"})

    await world.turns.run(fails)
    assert await reason(world, processo) is Porque.ENVIO_FALHOU


async def test_one_that_goes_by_itself_and_one_out_of_the_lists(world: World) -> None:
    processo = await world.turns.run(a_aprovar)
    gil = await world.turns.run(lambda tx: nova_pessoa(tx, Perfil.APROVADOR))
    await world.turns.run(lambda tx: aprovar(tx, processo.id, gil, ProcessoLimits(sat_automatico=True)))
    assert await reason(world, processo) is Porque.VAI_SOZINHO
    ines = await world.turns.run(lambda tx: nova_pessoa(tx, Perfil.ADMINISTRADOR, "Inês Reis"))
    await world.turns.run(lambda tx: ativar(tx, processo.id, ines, ativo=False))
    assert await reason(world, processo) is Porque.DESATIVADO


class TestStopping:
    """A person stops a robot."""

    async def test_it_ends_is_in_the_history_and_is_not_tried_again(self, world: World) -> None:
        processo, quem = await world.turns.run(novo_processo), await hugo(world)
        await download(world, processo)

        async def stops(tx: Transaction) -> list[Any]:
            execucao = await open_execucao_of(tx.connection, processo.id)
            assert execucao is not None
            done = await cancelar(tx, execucao.id, quem, LIMITS)
            again = await cancelar(tx, execucao.id, quem, LIMITS)
            ended = await execucao_by_id(tx.connection, execucao.id)
            assert ended is not None
            return [done.saida, again.saida, ended.status_execucao]

        assert await world.turns.run(stops) == [Saida.FEITO, Saida.STATUS, StatusExecucao.CANCELADO]
        assert await reason(world, processo) is Porque.DOWNLOAD_PARADO
        assert await world.rows("SELECT 1 FROM outbox WHERE method = 'cancelar_execucao'") != []

    async def test_an_approver_stops_none(self, world: World) -> None:
        processo = await world.turns.run(novo_processo)
        await download(world, processo)
        gil = await world.turns.run(lambda tx: nova_pessoa(tx, Perfil.APROVADOR))

        async def stops(tx: Transaction) -> Saida:
            execucao = await open_execucao_of(tx.connection, processo.id)
            assert execucao is not None
            return (await cancelar(tx, execucao.id, gil, LIMITS)).saida

        assert await world.turns.run(stops) is Saida.SEM_DIREITO


class TestActions:
    """What is offered is what would be done."""

    async def offered(self, world: World, processo: Processo, quem: Quem) -> list[Acao]:
        async def work(tx: Transaction) -> list[Acao]:
            now = await processo_by_id(tx.connection, processo.id)
            assert now is not None
            return await acoes_agora(tx, now, quem)

        found: list[Acao] = await world.turns.run(work)
        return found

    async def test_a_download_is_offered_until_one_runs_then_its_end(self, world: World) -> None:
        processo, quem = await world.turns.run(novo_processo), await hugo(world)
        assert Acao.BAIXAR in await self.offered(world, processo, quem)
        await download(world, processo)
        offered = await self.offered(world, processo, quem)
        assert Acao.CANCELAR in offered
        assert Acao.BAIXAR not in offered

    async def test_nobody_is_offered_a_robot_that_there_is_not(self, world: World) -> None:
        processo, quem = await world.turns.run(novo_processo), await hugo(world)
        await world.turns.run(lambda tx: change_operadora(tx, processo.operadora_id, possui_rpa=False))
        assert Acao.BAIXAR not in await self.offered(world, processo, quem)

    async def test_a_delegated_right_is_offered_too(self, world: World) -> None:
        processo, quem = await world.turns.run(a_aprovar), await hugo(world)
        assert Acao.APROVAR not in await self.offered(world, processo, quem)
        gil = await world.turns.run(lambda tx: nova_pessoa(tx, Perfil.APROVADOR))

        async def delegate(tx: Transaction) -> None:
            assert gil.usuario_id is not None
            assert quem.usuario_id is not None
            await nova_delegacao(tx, gil.usuario_id, quem.usuario_id, tx.now, tx.now.replace(year=2099))

        await world.turns.run(delegate)
        assert Acao.APROVAR in await self.offered(world, processo, quem)
