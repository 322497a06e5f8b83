"""Processos on both databases: created once a month, decided once, with a history that says who and why."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.cliente import clientes as core_clientes
from core.processo import processos as core
from core.processo.faturas import receber
from core.processo.limites import ProcessoLimits
from core.processo.quem import O_RELOGIO, O_ROBO, Quem
from core.processo.resultado import Resultado, Saida
from core.testemunha.meses import Mes
from storage.cliente.clientes import list_clientes, sealed_password
from storage.delegacao.delegacoes import nova_delegacao
from storage.pages import Pagina
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import change_usuario
from storage.processo.documentos import documentos_of
from storage.processo.execucoes import last_execucoes_of
from storage.processo.historico import passos_of
from storage.processo.processos import Processo, counts_of_month, due_for_sat, list_processos, processo_by_id
from storage.processo.status import StatusProcesso, TipoDocumento, TipoExecucao
from storage.transaction import Transaction
from tests.support.faturas import (
    PDF,
    a_aprovar,
    fatura,
    nova_operadora,
    nova_pessoa,
    novo_cliente,
    novo_processo,
)
from tests.support.turning import World, open_world

LIMITS = ProcessoLimits()
TWO = ProcessoLimits(dois_acima=1)


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


async def somebody(world: World, perfil: Perfil, nome: str = "Gil Torres") -> Quem:
    return await world.turns.run(lambda tx: nova_pessoa(tx, perfil, nome))


async def waiting(world: World, limits: ProcessoLimits = LIMITS, quem: Quem = O_ROBO) -> Processo:
    return await world.turns.run(lambda tx: a_aprovar(tx, limits, quem))


async def approved(
    world: World, processo: Processo, quem: Quem, limits: ProcessoLimits = LIMITS, versao: int | None = None
) -> Resultado:
    return await world.turns.run(lambda tx: core.aprovar(tx, processo.id, quem, limits, versao=versao))


async def now_of(world: World, processo_id: UUID) -> Processo:
    async with world.database.read() as connection:
        found = await processo_by_id(connection, processo_id)
    assert found is not None
    return found


class TestCreating:
    async def test_a_month_of_a_cliente_is_one_processo(self, world: World) -> None:
        hugo = await somebody(world, Perfil.OPERADOR)
        processo = await world.turns.run(novo_processo)
        again = await world.turns.run(lambda tx: core.criar(tx, processo.cliente_id, "11/2026", hugo))
        assert (again.saida, again.processo) == (Saida.JA_EXISTE, processo)
        other = await world.turns.run(lambda tx: core.criar(tx, processo.cliente_id, "12/2026", hugo))
        assert other.processo is not None
        assert (other.saida, other.processo.competencia) == (Saida.FEITO, 202612)

    async def test_at_once_it_is_one_too(self, world: World) -> None:
        async def account(tx: Transaction) -> UUID:
            operadora = await nova_operadora(tx)
            return (await novo_cliente(tx, operadora.id)).id

        cliente_id = await world.turns.run(account)
        several = [world.process() for _ in range(5)]
        results = await asyncio.gather(
            *(turns.run(lambda tx: core.criar(tx, cliente_id, "11/2026", O_RELOGIO)) for turns in several)
        )
        assert sorted(one.saida for one in results) == [Saida.FEITO, *[Saida.JA_EXISTE] * 4]

    @pytest.mark.parametrize("mes", ["2026-11", "13/2026", "11/26", ""])
    async def test_a_month_is_written_mm_aaaa(self, world: World, mes: str) -> None:
        processo = await world.turns.run(novo_processo)
        refused = await world.turns.run(lambda tx: core.criar(tx, processo.cliente_id, mes, O_RELOGIO))
        assert refused.saida is Saida.MES

    async def test_a_slip_of_the_year_makes_none(self, world: World) -> None:
        processo = await world.turns.run(novo_processo)
        day = world.turns.now().date()
        near, far = (str(Mes.of_date(day).plus(core.MESES_ADIANTE + more)) for more in (0, 1))
        refused = await world.turns.run(lambda tx: core.criar(tx, processo.cliente_id, far, O_RELOGIO))
        assert refused.saida is Saida.MES_LONGE
        made = await world.turns.run(lambda tx: core.criar(tx, processo.cliente_id, near, O_RELOGIO))
        assert made.saida is Saida.FEITO

    async def test_an_approver_creates_none(self, world: World) -> None:
        gil = await somebody(world, Perfil.APROVADOR)
        refused = await world.turns.run(lambda tx: core.criar(tx, uuid4(), "11/2026", gil))
        assert refused.saida is Saida.SEM_DIREITO


class TestDeciding:
    async def test_an_approval_leads_to_sat_and_says_who_in_the_history(self, world: World) -> None:
        processo, gil = await waiting(world), await somebody(world, Perfil.APROVADOR)
        done = await approved(world, processo, gil)
        assert done.processo is not None
        assert done.processo.status_processo == StatusProcesso.AGUARDANDO_ENVIO_SAT
        assert done.processo.aprovado_por_usuario_id == gil.usuario_id
        async with world.database.read() as connection:
            steps = await passos_of(connection, processo.id)
        assert [(step.acao, step.usuario, step.canal) for step in steps] == [
            ("CRIAR", None, "robo"),
            ("RECEBER", None, "robo"),
            ("APROVAR", "Gil Torres", "api"),
        ]
        assert (steps[-1].de, steps[-1].para) == ("AGUARDANDO_APROVACAO", "AGUARDANDO_ENVIO_SAT")

    @pytest.mark.falha(37)
    async def test_of_twenty_approvers_at_once_one_decides_and_the_others_hear_who_and_when(self, world: World) -> None:
        processo = await waiting(world)
        people = [await somebody(world, Perfil.APROVADOR, f"Pessoa {n}") for n in range(20)]
        processes = [world.process() for _ in range(4)]

        async def tap(n: int) -> Resultado:
            def work(tx: Transaction) -> Any:
                if n % 2:
                    return core.rejeitar(tx, processo.id, people[n], "valor errado", versao=processo.versao)
                return core.aprovar(tx, processo.id, people[n], LIMITS, versao=processo.versao)

            result: Resultado = await processes[n % 4].run(work)
            return result

        results = await asyncio.gather(*(tap(n) for n in range(20)))
        (first,) = (n for n, one in enumerate(results) if one.saida is Saida.FEITO)
        for result in results:
            if result.saida is not Saida.FEITO:
                assert result.saida is Saida.JA_DECIDIDO
                assert result.decisao is not None
                assert result.decisao.nome == f"Pessoa {first}"
                assert result.decisao.quando == world.clock.now
        assert (await now_of(world, processo.id)).versao == processo.versao + 1

    async def test_a_rejection_needs_a_reason_and_goes_back_to_the_download_with_it(self, world: World) -> None:
        processo, gil = await waiting(world), await somebody(world, Perfil.APROVADOR)
        silent = await world.turns.run(lambda tx: core.rejeitar(tx, processo.id, gil, "  "))
        assert silent.saida is Saida.SEM_MOTIVO
        done = await world.turns.run(lambda tx: core.rejeitar(tx, processo.id, gil, "mês errado"))
        assert done.processo is not None
        assert done.processo.status_processo == StatusProcesso.AGUARDANDO_DOWNLOAD
        assert done.processo.motivo_rejeicao == "mês errado"

    @pytest.mark.falha(38)
    async def test_a_right_that_was_taken_away_is_not_used(self, world: World) -> None:
        processo, gil = await waiting(world), await somebody(world, Perfil.APROVADOR)
        assert gil.usuario_id is not None
        await world.turns.run(lambda tx: change_usuario(tx, gil.usuario_id, perfil_usuario=Perfil.OPERADOR))
        assert (await approved(world, processo, gil)).saida is Saida.SEM_DIREITO
        await world.turns.run(
            lambda tx: change_usuario(tx, gil.usuario_id, perfil_usuario=Perfil.APROVADOR, status_ativo=False)
        )
        assert (await approved(world, processo, gil)).saida is Saida.SEM_DIREITO

    @pytest.mark.falha(41)
    async def test_what_changed_after_it_was_shown_is_not_decided_upon(self, world: World) -> None:
        processo, gil = await waiting(world), await somebody(world, Perfil.APROVADOR)
        other = fatura(PDF + b"\n", valor_centavos=999)
        await world.turns.run(lambda tx: receber(tx, processo.id, other, O_ROBO, LIMITS))
        assert (await approved(world, processo, gil, versao=processo.versao)).saida is Saida.MUDOU
        now = await now_of(world, processo.id)
        assert (await approved(world, processo, gil, versao=now.versao)).saida is Saida.FEITO


class TestTwoPeople:
    async def test_a_large_amount_takes_two_different_ones(self, world: World) -> None:
        processo = await waiting(world, TWO)
        gil, ines = await somebody(world, Perfil.APROVADOR), await somebody(world, Perfil.ADMINISTRADOR, "Inês")
        half = await approved(world, processo, gil, TWO)
        assert (half.saida, half.faltam) == (Saida.FALTA_OUTRO, 1)
        assert (await approved(world, processo, gil, TWO)).saida is Saida.JA_APROVOU
        done = await approved(world, processo, ines, TWO)
        assert (done.saida, [one.nome for one in done.aprovacoes]) == (Saida.FEITO, ["Gil Torres", "Inês"])

    async def test_at_once_they_are_two_as_well(self, world: World) -> None:
        processo = await waiting(world, TWO)
        people = [await somebody(world, Perfil.APROVADOR, f"Pessoa {n}") for n in range(2)]
        processes = [world.process() for _ in people]
        results = await asyncio.gather(
            *(
                turns.run(lambda tx, quem=quem: core.aprovar(tx, processo.id, quem, TWO))
                for turns, quem in zip(processes, people, strict=True)
            )
        )
        assert sorted(one.saida for one in results) == [Saida.FALTA_OUTRO, Saida.FEITO]

    async def test_whoever_brought_the_file_is_never_its_only_approver(self, world: World) -> None:
        ines, gil = await somebody(world, Perfil.ADMINISTRADOR, "Inês"), await somebody(world, Perfil.APROVADOR)
        processo = await waiting(world, quem=ines)
        assert (await approved(world, processo, ines)).saida is Saida.FALTA_OUTRO
        assert (await approved(world, processo, gil)).saida is Saida.FEITO

    async def test_a_delegated_right_is_used_in_the_name_of_its_owner_and_counts_once(self, world: World) -> None:
        processo = await waiting(world, TWO)
        gil, hugo = await somebody(world, Perfil.APROVADOR), await somebody(world, Perfil.OPERADOR, "Hugo")
        assert gil.usuario_id is not None
        assert hugo.usuario_id is not None
        pair, now = (gil.usuario_id, hugo.usuario_id), world.clock.now
        await world.turns.run(lambda tx: nova_delegacao(tx, *pair, now, now + timedelta(days=7)))
        assert (await approved(world, processo, hugo, TWO)).saida is Saida.FALTA_OUTRO
        assert (await approved(world, processo, gil, TWO)).saida is Saida.FALTA_OUTRO
        async with world.database.read() as connection:
            steps = await passos_of(connection, processo.id)
        assert [(step.usuario, step.em_nome_de) for step in steps[-2:]] == [
            ("Hugo", "Gil Torres"),
            ("Gil Torres", None),
        ]
        world.clock.move(days=8)
        other = await waiting(world)
        assert (await approved(world, other, hugo)).saida is Saida.SEM_DIREITO


class TestUndoing:
    async def test_an_approval_is_taken_back_until_it_goes_to_sat(self, world: World) -> None:
        limits = ProcessoLimits(sat_automatico=True)
        processo, gil = await waiting(world), await somebody(world, Perfil.APROVADOR)
        done = await approved(world, processo, gil, limits)
        assert done.desfazer_ate == world.clock.now + timedelta(seconds=60)
        back = await world.turns.run(lambda tx: core.desfazer(tx, processo.id, gil))
        assert back.processo is not None
        assert back.processo.status_processo == StatusProcesso.AGUARDANDO_APROVACAO
        assert (await approved(world, processo, gil, limits)).saida is Saida.FEITO, "and approved again"
        world.clock.move(seconds=60)
        late = await world.turns.run(lambda tx: core.desfazer(tx, processo.id, gil))
        assert late.saida is Saida.TARDE

    async def test_one_that_was_taken_out_of_the_lists_keeps_no_other_from_sat(self, world: World) -> None:
        limits = ProcessoLimits(sat_automatico=True)
        gil, adm = await somebody(world, Perfil.APROVADOR), await somebody(world, Perfil.ADMINISTRADOR, "Rui")
        gone, other = await waiting(world), await waiting(world)
        for processo in (gone, other):
            assert (await approved(world, processo, gil, limits)).saida is Saida.FEITO
            world.clock.move(seconds=1)
        await world.turns.run(lambda tx: core.ativar(tx, gone.id, adm, ativo=False))
        world.clock.move(seconds=60)
        async with world.database.read() as connection:
            assert await due_for_sat(connection, world.clock.now, limit=1) == [other.id]


class TestFiles:
    async def test_an_upload_by_hand_leaves_an_execucao(self, world: World) -> None:
        hugo = await somebody(world, Perfil.OPERADOR)
        processo = await waiting(world, quem=hugo)
        async with world.database.read() as connection:
            (execucao,) = await last_execucoes_of(connection, processo.id)
            (documento,) = await documentos_of(connection, processo.id)
        assert (execucao.tipo_execucao, execucao.status_execucao) == (TipoExecucao.UPLOAD_MANUAL, "CONCLUIDO")
        assert processo.upload_manual
        assert processo.documento_id == documento.id
        assert processo.caminho_s3_fatura == f"faturas/2026/11/{documento.id}.pdf"

    @pytest.mark.falha(73)
    async def test_a_name_is_shown_and_is_no_part_of_our_key(self, world: World) -> None:
        processo = await world.turns.run(lambda tx: a_aprovar(tx, nome="../../\u202etão" + "x" * 300 + ".pdf"))
        assert processo.caminho_s3_fatura == f"faturas/2026/11/{processo.documento_id}.pdf"
        assert processo.fatura_filename is not None
        assert len(processo.fatura_filename) == 200

    async def test_the_same_file_again_changes_nothing_and_an_nf_lies_beside(self, world: World) -> None:
        processo = await waiting(world)
        again = await world.turns.run(lambda tx: receber(tx, processo.id, fatura(), O_ROBO, LIMITS))
        assert again.saida is Saida.JA_EXISTE
        nf = fatura(PDF + b" ", tipo=TipoDocumento.NF)
        beside = await world.turns.run(lambda tx: receber(tx, processo.id, nf, O_ROBO, LIMITS))
        assert beside.saida is Saida.FEITO
        now = await now_of(world, processo.id)
        assert (now.versao, now.documento_id) == (processo.versao, processo.documento_id)

    async def test_a_rejected_file_may_be_brought_again(self, world: World) -> None:
        processo, gil = await waiting(world), await somebody(world, Perfil.APROVADOR)
        await world.turns.run(lambda tx: core.rejeitar(tx, processo.id, gil, "confira"))
        again = await world.turns.run(lambda tx: receber(tx, processo.id, fatura(), O_ROBO, LIMITS))
        assert again.saida is Saida.FEITO
        async with world.database.read() as connection:
            assert len(await documentos_of(connection, processo.id)) == 1

    async def test_after_the_approval_no_invoice_takes_its_place(self, world: World) -> None:
        processo, gil = await waiting(world), await somebody(world, Perfil.APROVADOR)
        await approved(world, processo, gil)
        late = await world.turns.run(lambda tx: receber(tx, processo.id, fatura(PDF + b"x"), O_ROBO, LIMITS))
        assert late.saida is Saida.STATUS


class TestClientes:
    async def test_accounts_of_one_cnpj_differ_by_filtro(self, world: World) -> None:
        async def two(tx: Transaction) -> None:
            operadora = await nova_operadora(tx)
            await novo_cliente(tx, operadora.id, filtro="1001_24")
            await novo_cliente(tx, operadora.id, filtro="1001_25")
            with pytest.raises(core_clientes.SameAccount):
                await novo_cliente(tx, operadora.id, filtro="1001_24")

        await world.turns.run(two)

    async def test_a_portal_password_is_sealed_for_its_row(self, world: World) -> None:
        async def work(tx: Transaction) -> None:
            operadora = await nova_operadora(tx)
            cliente = await novo_cliente(tx, operadora.id, senha_portal="s3gredo")
            sealed = await sealed_password(tx.connection, cliente.id)
            assert sealed is not None
            assert "s3gredo" not in sealed
            assert core_clientes.open_password(tx.secrets, cliente.id, sealed) == "s3gredo"

        await world.turns.run(work)

    async def test_they_are_found_by_any_of_their_words_without_accents(self, world: World) -> None:
        async def work(tx: Transaction) -> None:
            operadora = await nova_operadora(tx)
            padaria = await novo_cliente(tx, operadora.id, filtro="7788_24")
            await novo_cliente(tx, operadora.id, razao_social="Outra S.A.")
            for text in ("PAO quente", "7788", "padaria 7788_24"):
                found, total = await list_clientes(tx.connection, Pagina(), core_clientes.search_words(text))
                assert ([one.id for one in found], total) == ([padaria.id], 1)

        await world.turns.run(work)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("11.222.333/0001-81", ["11222333000181"]),
        ("11.222", ["11222"]),
        ("Padaria, d\u2019Ávila & Cia. j.p.", ["padaria", "d", "avila", "cia", "j", "p"]),
        ("_", ["_"]),
    ],
)
def test_a_cnpj_is_looked_for_as_it_is_kept_and_a_name_in_its_parts(text: str, words: list[str]) -> None:
    assert core_clientes.search_words(text) == words


async def test_pages_go_on_after_an_id_and_count_what_the_list_shows(world: World) -> None:
    made = [await world.turns.run(novo_processo) for _ in range(3)]
    async with world.database.read() as connection:
        first, total = await list_processos(connection, Pagina(limit=2), competencia=202611)
        assert ({one.id for one in first} <= {one.id for one in made}, len(first), total) == (True, 2, 3)
        rest, total = await list_processos(connection, Pagina(limit=2, depois=first[-1].id), competencia=202611)
        assert (len(rest), total) == (1, 3)
        assert {one.id for one in [*first, *rest]} == {one.id for one in made}
        none, total = await list_processos(connection, Pagina(), busca=["padaria"], operadora_id=uuid4())
        assert (none, total) == ([], 0)
        assert await counts_of_month(connection, 202611) == {"AGUARDANDO_DOWNLOAD": 3}
