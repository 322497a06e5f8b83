"""Looks for the processo of a file that a person sent: the database's part of core/testemunha/procura.py."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from core.cliente.clientes import search_words
from core.exame.exames import titular_of
from core.testemunha.lido import Lido
from core.testemunha.meses import Mes
from core.testemunha.nomeados import name_of
from core.testemunha.procura import Achado, Candidato, Pistas, clues, find_processo
from core.testemunha.texto import Texto
from storage.cliente.achados import Vizinho, clientes_by_ids, clientes_called, clientes_named
from storage.processo.procura import Alvo, alvos_of, names_waiting
from storage.processo.status import StatusProcesso

_SHORTEST_NAME = 6
# Words of a caption that say what the file is, not whose.
_NO_NAMES = frozenset(
    {"fatura", "boleto", "conta", "nota", "cliente", "processo", "segue", "anexo", "referente", "servico", "arquivo"}
)
_SHORTEST_WORD = 4


async def procurar(connection: AsyncConnection, lido: Lido, legenda: str, na_tela: UUID | None) -> Achado:
    """Whose it is: named by the caption, on the screen, or what the bill itself says, the likeliest first."""
    pistas = clues(lido, legenda)
    ids = {UUID(hex=one) for one in pistas.processos} | ({na_tela} if na_tela is not None else set())
    named = await _named(connection, lido, legenda, pistas)
    months = [mes.competencia for mes in pistas.meses]
    alvos = await alvos_of(connection, [one.id for one in named], ids, months)
    known = {one.id: one for one in named}
    unknown = {alvo.cliente_id for alvo in alvos} - known.keys()
    known |= {one.id: one for one in await clientes_by_ids(connection, unknown)}
    candidatos = [_candidato(alvo, known[alvo.cliente_id]) for alvo in alvos if alvo.cliente_id in known]
    return find_processo(lido, candidatos, legenda, str(na_tela) if na_tela is not None else None)


async def _named(connection: AsyncConnection, lido: Lido, legenda: str, pistas: Pistas) -> Sequence[Vizinho]:
    """By number and CNPJ; by the name in the caption; when nothing else helps by the name in the bill."""
    found = await clientes_named(connection, pistas.chaves, pistas.cnpjs)
    words = [word for word in search_words(legenda) if _may_be_a_name(word)]
    if words:
        found += await clientes_called(connection, words)
    if found:
        return found
    text = Texto(lido.paginas).dobrado
    waiting = await names_waiting(connection)
    ids = [id_ for id_, nome in waiting.items() if len(name_of(nome)) >= _SHORTEST_NAME and name_of(nome) in text]
    return await clientes_by_ids(connection, ids)


def _may_be_a_name(word: str) -> bool:
    return word.isalpha() and len(word) >= _SHORTEST_WORD and word not in _NO_NAMES


def _candidato(alvo: Alvo, cliente: Vizinho) -> Candidato:
    waits = alvo.status_processo == StatusProcesso.AGUARDANDO_DOWNLOAD
    return Candidato(str(alvo.id), titular_of(cliente), Mes.of(alvo.mes_ano), waits)
