"""One processo: its file beside what the witnesses say of it, what may be done, its history, its robots."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from core.processo.consulta.acoes import acoes_agora
from core.processo.maquina import VIEWERS, Acao
from core.processo.processos import first_decision
from core.processo.quem import Quem
from core.processo.valores import usual, variation
from core.testemunha.parecer import Parecer
from storage.cliente.clientes import cliente_by_id
from storage.exame.exames import exame_of
from storage.processo.aprovacoes import Aprovacao, aprovacoes_of
from storage.processo.documentos import Documento, documentos_of
from storage.processo.execucoes import Execucao, last_execucoes_of
from storage.processo.historico import Passo, passos_of
from storage.processo.processos import Processo, processo_by_id, values_before
from storage.transaction import Transaction
from webhooks.http.answers import ApiError
from webhooks.http.parameters import uuid_in_path
from webhooks.painel.moldura import page
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.processo.lista import PATH
from webhooks.painel.quem import who

_NONE = ApiError(404, "no such processo")


@dataclass(frozen=True, slots=True)
class Cartao:
    """What the page shows, read in one turn: the rights are those of this moment."""

    processo: Processo
    acoes: list[Acao]
    documentos: list[Documento]
    veredito: str | None
    pareceres: list[Parecer]
    passos: list[Passo]
    execucoes: list[Execucao]
    aprovacoes: list[Aprovacao]
    decisao: Aprovacao | None
    usual: int | None
    cliente_ativo: bool

    @property
    def variacao(self) -> int | None:
        """Percent off the client's usual value."""
        return variation(self.processo.valor_centavos, self.usual)

    @property
    def aberta(self) -> Execucao | None:
        """The robot that is at work, or in line."""
        return next((one for one in self.execucoes if one.data_fim is None), None)


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel/processos/{id}`."""
    processo_id, quem = uuid_in_path(request), who(request)

    async def read(tx: Transaction) -> Cartao | None:
        processo = await processo_by_id(tx.connection, processo_id)
        return None if processo is None else await _gathered(tx, processo, quem)

    cartao = await request.app[PAINEL].run(read)
    if cartao is None:
        raise _NONE
    # A refused rejection comes back with what was written.
    return page(request, "processo/cartao.html", cartao=cartao, processo=cartao.processo)


async def _gathered(tx: Transaction, processo: Processo, quem: Quem) -> Cartao:
    connection = tx.connection
    exame = await exame_of(connection, processo.documento_id) if processo.documento_id else None
    campos: list[dict[str, Any]] = exame.campos if exame else []
    cliente = await cliente_by_id(connection, processo.cliente_id)
    return Cartao(
        processo,
        await acoes_agora(tx, processo, quem),
        await documentos_of(connection, processo.id),
        exame.veredito if exame else None,
        [Parecer.of_json(campo) for campo in campos],
        await passos_of(connection, processo.id),
        await last_execucoes_of(connection, processo.id),
        await aprovacoes_of(connection, processo.id, processo.versao),
        await first_decision(tx, processo),
        usual(await values_before(connection, processo.cliente_id, processo.competencia)),
        cliente is not None and cliente.status_ativo,
    )


TELAS = (Tela("GET", f"{PATH}/{{id}}", show, VIEWERS),)
