"""Pages of the audit as people read them: what an act was done to, by its name."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.agendamento.agendamentos import agendamento_by_id
from storage.auditoria.auditoria import Filtro, Linha, acts_done, list_auditoria, people_who_acted
from storage.auditoria.tipos import Ato
from storage.cliente.clientes import cliente_by_id
from storage.consultor.consultores import consultor_by_id
from storage.operadora.operadoras import operadora_by_id
from storage.pessoa.usuarios import usuarios_by_ids
from storage.processo.documentos import documento_by_id
from storage.processo.processos import processo_by_id
from storage.venda.lista import venda_vista


@dataclass(frozen=True, slots=True)
class LinhaLida:
    """A row, and what it was done to in words; None where there is nothing more to say."""

    linha: Linha
    alvo: str | None


async def read_page(connection: AsyncConnection, filtro: Filtro, limit: int) -> tuple[list[LinhaLida], bool]:
    """The newest rows of a filter, and whether there are older ones."""
    found = await list_auditoria(connection, filtro, limit + 1)
    shown = found[:limit]
    names = await names_of(connection, [linha.alvo for linha in shown if linha.alvo])
    return [LinhaLida(linha, names.get(linha.alvo or "", linha.alvo)) for linha in shown], len(found) > limit


async def names_of(connection: AsyncConnection, alvos: Sequence[str]) -> dict[str, str]:
    """What an act was done to, as people call it; whatever has no name stays as it is."""
    of_people = {alvo: UUID(alvo.partition(":")[2]) for alvo in alvos if alvo.startswith("usuario:")}
    known = await usuarios_by_ids(connection, set(of_people.values()))
    names = {alvo: known[one].nome_completo for alvo, one in of_people.items() if one in known}
    for alvo in {alvo for alvo in alvos if alvo.startswith("processo:")}:
        processo = await processo_by_id(connection, UUID(alvo.partition(":")[2]))
        if processo is not None:
            names[alvo] = f"{processo.razao_social} {processo.mes_ano}"
    for alvo in set(alvos):
        tipo, _, chave = alvo.partition(":")
        if tipo in _NAMED and (name := await _NAMED[tipo](connection, chave)) is not None:
            names[alvo] = name
    return names


async def _cliente(connection: AsyncConnection, chave: str) -> str | None:
    found = await cliente_by_id(connection, UUID(chave))
    return None if found is None else found.razao_social


async def _operadora(connection: AsyncConnection, chave: str) -> str | None:
    found = await operadora_by_id(connection, UUID(chave))
    return None if found is None else found.nome


async def _consultor(connection: AsyncConnection, chave: str) -> str | None:
    found = await consultor_by_id(connection, int(chave))
    return None if found is None else found.nome


async def _agendamento(connection: AsyncConnection, chave: str) -> str | None:
    found = await agendamento_by_id(connection, UUID(chave))
    return None if found is None else found.nome_agendamento


async def _documento(connection: AsyncConnection, chave: str) -> str | None:
    found = await documento_by_id(connection, UUID(chave))
    processo = await processo_by_id(connection, found.processo_id) if found is not None else None
    return None if processo is None else f"{processo.razao_social} {processo.mes_ano}"


async def _venda(connection: AsyncConnection, chave: str) -> str | None:
    found = await venda_vista(connection, UUID(chave))
    return None if found is None else " ".join(filter(None, (found.vendedor, found.venda.numero_pedido)))


async def _protocolo(_connection: AsyncConnection, chave: str) -> str | None:
    return chave


async def _resposta(_connection: AsyncConnection, chave: str) -> str | None:
    """As it is called up in a conversation."""
    return f"/r {chave}"


_NAMED = {
    "documento": _documento,
    "cliente": _cliente,
    "operadora": _operadora,
    "consultor": _consultor,
    "agendamento": _agendamento,
    "venda": _venda,
    "protocolo": _protocolo,
    "resposta": _resposta,
}


async def people(connection: AsyncConnection, limit: int) -> list[tuple[UUID, str, str]]:
    """Who did something, the last one first: id, name and phone."""
    return await people_who_acted(connection, limit)


async def acts(connection: AsyncConnection, limit: int) -> list[Ato]:
    """The kinds of acts there are, the last one first."""
    return [Ato(acao) for acao in await acts_done(connection, limit) if acao in set(Ato)]
