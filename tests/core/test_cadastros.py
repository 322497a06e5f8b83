"""What is made and changed in the registers stands in the audit: what, by whom, by which channel, which columns."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from core.agendamento import agendamentos
from core.auditoria.auditoria import Autor
from core.auditoria.leitura import read_page
from core.cliente import clientes
from core.consultor.consultores import create_consultor, edit_consultor
from core.operadora import operadoras
from core.processo.faturas import receber
from core.processo.limites import ProcessoLimits
from core.processo.quem import O_ROBO, Quem
from storage.auditoria.auditoria import Filtro
from storage.pessoa.perfil import Perfil
from storage.transaction import Transaction
from tests.support.faturas import CNPJ, fatura, nova_pessoa, novo_processo
from tests.support.turning import World, open_world

ZONE = ZoneInfo("America/Sao_Paulo")
VIVO = {"nome": "Vivo", "codigo": "VIVO"}
PADARIA = {"razao_social": "Padaria Pão Quente Ltda", "cnpj": CNPJ, "senha_portal": "segredo-do-portal"}
DIARIO = {"nome_agendamento": "Diário", "cron_expressao": "0 2 * * *", "tipo_agendamento": "BACKUP_DADOS"}


@pytest.fixture
async def world(sqlite_url: str) -> AsyncIterator[World]:
    async with open_world(sqlite_url) as opened:
        yield opened


async def somebody(world: World, perfil: Perfil = Perfil.ADMINISTRADOR) -> Quem:
    return await world.turns.run(lambda tx: nova_pessoa(tx, perfil))


async def told(world: World) -> list[tuple[str, str | None, Any]]:
    """The audit, the oldest first: act, on what, what of it."""
    async with world.database.read() as connection:
        lines, _ = await read_page(connection, Filtro(), 50)
    assert {(one.linha.canal, one.linha.usuario) for one in lines} <= {("painel", "Gil Torres")}
    return [(one.linha.acao, one.alvo, one.linha.detalhe) for one in reversed(lines)]


@pytest.mark.falha(240)
async def test_each_register_says_what_was_made_and_which_columns_changed(world: World) -> None:
    por = Autor("painel", (await somebody(world)).usuario_id)

    async def work(tx: Transaction) -> None:
        operadora = await operadoras.criar(tx, VIVO, por)
        await operadoras.alterar(tx, operadora.id, {"possui_rpa": True, "nome": "Vivo"}, por)
        await operadoras.alterar(tx, operadora.id, {"possui_rpa": True}, por)
        cliente = await clientes.criar(tx, PADARIA | {"operadora_id": operadora.id}, por)
        await clientes.alterar(tx, cliente.id, {"status_ativo": False, "senha_portal": "outra"}, por)
        consultor = await create_consultor(tx, {"nome": "Ana", "idiomas": ["pt"]}, por)
        await edit_consultor(tx, consultor.id, {"status_ativo": False}, ZONE, por)
        await edit_consultor(tx, consultor.id, {"status_online": True}, ZONE, por)
        schedule = await agendamentos.criar(tx, dict(DIARIO), por)
        await agendamentos.mudar(tx, schedule.id, {"status_ativo": False}, por)
        await agendamentos.executar_agora(tx, schedule.id, por)

    await world.turns.run(work)
    made = {"campos": ["criado"]}
    assert await told(world) == [
        ("OPERADORA", "Vivo", made),
        ("OPERADORA", "Vivo", {"campos": ["possui_rpa"]}),
        ("CLIENTE", "Padaria Pão Quente Ltda", made),
        ("CLIENTE", "Padaria Pão Quente Ltda", {"campos": ["senha_portal", "status_ativo"]}),
        ("CONSULTOR", "Ana", made),
        ("CONSULTOR", "Ana", {"campos": ["status_ativo"]}),
        ("AGENDAMENTO", "Diário", made),
        ("AGENDAMENTO", "Diário", {"campos": ["status_ativo"]}),
        ("AGENDAMENTO", "Diário", {"o_que": "executar"}),
    ]


@pytest.mark.falha(240)
async def test_a_file_that_a_person_brings_is_an_act_and_a_robots_is_not(world: World) -> None:
    gil = await somebody(world, Perfil.OPERADOR)

    async def work(tx: Transaction, quem: Quem) -> UUID:
        processo = await novo_processo(tx)
        await receber(tx, processo.id, fatura(), quem, ProcessoLimits())
        return processo.id

    await world.turns.run(lambda tx: work(tx, O_ROBO))
    await world.turns.run(lambda tx: work(tx, Quem("painel", gil.usuario_id, gil.perfil)))
    assert await told(world) == [("RECEBER", "Padaria Pão Quente Ltda 11/2026", None)]
