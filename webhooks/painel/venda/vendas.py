"""Vendas: the list with its filters, one with what happened in it. Sellers see their own."""

from datetime import timedelta
from typing import Any

from aiohttp import web

from core.auditoria.auditoria import Autor
from core.direitos import direitos
from core.direitos.direitos import Direito, tem
from core.pessoa.nomes import told_apart
from core.processo.quem import PAINEL as CANAL
from core.venda.parada import Parada, may_see, stop_by_hand
from storage.robo.linhas import Fonte, Trabalho, estados_of
from storage.venda.lista import FiltroVendas, list_vendas, venda_vista, who_sold
from storage.venda.logs import linhas_of_venda
from storage.venda.passos import passos_of
from storage.venda.status import StatusVenda
from webhooks.http.answers import ApiError
from webhooks.http.parameters import uuid_in_path
from webhooks.painel.endereco import day_of, flag_of, texts_of, uuid_of, word_of
from webhooks.painel.linhas import BUSCA_LIMIT, follow_lines, those_with
from webhooks.painel.moldura import beginning_of, go, page
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.sessao import SESSAO

PATH = "/painel/vendas"
QUEM = direitos.QUEM[Direito.VENDER]
_SHOWN = 50
_LINES = 150
_NUMBER_LIMIT = 200
# What sales fail by: the robots' codes (contract, section 5), ours, and no sign of life; robots may have others.
MOTIVOS = (
    "NEGADO", "DADOS_INVALIDOS", "CREDENCIAL_RECUSADA", "PORTAL_FORA", "TEMPO_ESGOTADO", "ROBO_INDISPONIVEL",
    "INICIO_RECUSADO", "SEM_DIREITO", "TIMEOUT", "DESCONHECIDO",
)  # fmt: skip
_FEITO = {
    Parada.PARANDO: "venda_parando",
    Parada.ENCERRADA: "venda_encerrada",
    Parada.JA_TERMINOU: "nao_venda_terminou",
}


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel/vendas`."""
    filtro, address = _asked(request)
    depois = uuid_of(request, "depois")
    every = _sees_all(request)
    async with request.app[PAINEL].database.read() as connection:
        found, total = await list_vendas(connection, filtro, _SHOWN + 1, depois)
        sold = await who_sold(connection, filtro.usuario_id) if every else []
    names = told_apart([(nome, telefone) for _id, nome, telefone in sold])
    vendedores = {one[0]: name for name, one in zip(names, sold, strict=True)}
    shown = found[:_SHOWN]
    return page(
        request,
        "venda/lista.html",
        vendas=shown,
        total=total,
        depois=shown[-1].venda.id if len(found) > _SHOWN else None,
        endereco_de=address,
        filtrada=any(address.values()),
        vendedores=vendedores,
        statuses=list(StatusVenda),
        motivos=(*MOTIVOS, filtro.motivo) if filtro.motivo not in ("", *MOTIVOS) else MOTIVOS,
        de_todos=every,
    )


async def show_one(request: web.Request) -> web.StreamResponse:
    """`GET /painel/vendas/{id}`: whose it is not finds nothing."""
    venda_id, sessao = uuid_in_path(request), request[SESSAO]
    busca, trabalho = request.query.get("busca", "").strip()[:BUSCA_LIMIT], Trabalho(Fonte.VENDA, venda_id)
    async with request.app[PAINEL].database.read() as connection:
        vista = await venda_vista(connection, venda_id)
        passos = await passos_of(connection, venda_id)
        estado = (await estados_of(connection, [trabalho])).get(trabalho)
        linhas = await linhas_of_venda(connection, venda_id, _LINES)
    if vista is None or not may_see(vista.venda, sessao.usuario_id, sessao.perfil_usuario):
        raise _none()
    venda = vista.venda
    return page(
        request,
        "venda/uma.html",
        vista=vista,
        venda=venda,
        passos=passos,
        linhas=those_with(linhas, busca) if busca else linhas,
        ultima=estado.linha if estado is not None else 0,
        busca=busca,
        de_todos=_sees_all(request),
        minha=venda.usuario_id == sessao.usuario_id,
        parar=venda.encerrada_em is None and venda.status_venda != StatusVenda.CANCELANDO,
    )


async def show_lines(request: web.Request) -> web.StreamResponse:
    """`GET /painel/vendas/{id}/linhas`: what the robot says, as it says it."""
    venda_id = uuid_in_path(request)
    async with request.app[PAINEL].database.read() as connection:
        vista = await venda_vista(connection, venda_id)
    if vista is None:
        raise _none()
    trabalho, admins = Trabalho(Fonte.VENDA, venda_id), direitos.QUEM[Direito.VER_TODAS_AS_VENDAS]
    return await follow_lines(request, trabalho, admins, vista.venda.usuario_id)


async def stop(request: web.Request) -> web.StreamResponse:
    """`POST /painel/vendas/{id}/parar`."""
    venda_id, sessao = uuid_in_path(request), request[SESSAO]
    por = Autor(CANAL, sessao.usuario_id)
    parada: Parada = await request.app[PAINEL].run(
        lambda tx: stop_by_hand(tx, venda_id, por, sessao.perfil_usuario),
    )
    if parada is Parada.NAO_E_SUA:
        raise _none()
    return go(f"{PATH}/{venda_id}", _FEITO[parada])


def _asked(request: web.Request) -> tuple[FiltroVendas, dict[str, object]]:
    """The filters, for the database and as the address has them."""
    query = request.query
    desde, ate = day_of(request, "desde"), day_of(request, "ate")
    if desde is not None and ate is not None and ate < desde:
        raise ApiError(422, "ate")
    status = word_of(request, "status", StatusVenda)
    numero = query.get("pedido", "").strip().lstrip("#")[:_NUMBER_LIMIT]
    motivo, abertas = texts_of(request, "motivo")["motivo"], flag_of(request, "abertas")
    vendedor = uuid_of(request, "vendedor") if _sees_all(request) else request[SESSAO].usuario_id
    filtro = FiltroVendas(
        usuario_id=vendedor,
        status=status,
        abertas=abertas,
        motivo=motivo,
        desde=None if desde is None else beginning_of(request, desde),
        antes=None if ate is None else beginning_of(request, ate + timedelta(days=1)),
        numero_pedido=numero,
    )
    address: dict[str, Any] = {
        "abertas": "1" if abertas else "",
        "motivo": motivo,
        "vendedor": vendedor if _sees_all(request) else None,
        "status": status,
        "desde": desde,
        "ate": ate,
        "pedido": numero,
    }
    return filtro, address


def _sees_all(request: web.Request) -> bool:
    return tem(request[SESSAO].perfil_usuario, Direito.VER_TODAS_AS_VENDAS)


def _none() -> ApiError:
    return ApiError(404, "no such venda")


_NOMES = frozenset({"pedido", "vendedor", "status", "motivo", "desde", "ate", "abertas", "depois"})
TELAS = (
    Tela("GET", PATH, show, QUEM, menu="vendas", nomes=_NOMES),
    Tela("GET", f"{PATH}/{{id}}", show_one, QUEM, nomes=frozenset({"busca"})),
    Tela("GET", f"{PATH}/{{id}}/linhas", show_lines, QUEM, nomes=frozenset({"depois"})),
    Tela("POST", f"{PATH}/{{id}}/parar", stop, QUEM),
)
