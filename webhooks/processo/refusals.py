"""Who asks, and how what could not be done is answered."""

from aiohttp import web

from core.live import as_timestamp
from core.processo.quem import API, Quem
from core.processo.resultado import Resultado, Saida
from storage.processo.aprovacoes import Aprovacao
from webhooks.auth import USUARIO
from webhooks.given import RUN, Work
from webhooks.http.addresses import asker_of
from webhooks.http.answers import ApiError

_USER_AGENT_LIMIT = 255
_STATUSES = {
    Saida.NAO_EXISTE: (404, "Processo não encontrado"),
    Saida.CLIENTE: (404, "Cliente não encontrado"),
    Saida.SEM_DIREITO: (403, "needs another perfil"),
    Saida.MES: (422, "mes_ano: not a month as MM/AAAA"),
    # A month like any other, only not today.
    Saida.MES_LONGE: (409, "mes_ano: more than 24 months ahead"),
    Saida.SEM_MOTIVO: (422, "motivo: needed"),
}


def who(request: web.Request) -> Quem:
    """The person whose token it is."""
    usuario = request[USUARIO]
    agent = request.headers.get("User-Agent", "").encode("ascii", "replace").decode()[:_USER_AGENT_LIMIT]
    return Quem(API, usuario.id, usuario.perfil_usuario, usuario.nome_completo, asker_of(request), agent)


async def done(request: web.Request, work: Work) -> Resultado:
    """The turn's result. Raises the `ApiError` that says why it could not be done."""
    resultado: Resultado = await request.app[RUN](work)
    if not resultado.is_done:
        raise refused(resultado)
    return resultado


def refused(resultado: Resultado) -> ApiError:
    """404, 403 and 422 for what is not there, not theirs, or wrong; 409 for where it stands now."""
    if found := _STATUSES.get(resultado.saida):
        return ApiError(*found)
    if resultado.decisao is not None:
        return ApiError(409, _decision(resultado.decisao))
    where = "" if resultado.processo is None else f": {resultado.processo.status_processo}"
    return ApiError(409, f"{resultado.saida}{where}")


def _decision(decisao: Aprovacao) -> str:
    """Who decided, what, when, by which channel."""
    return f"{decisao.decisao} por {decisao.nome} em {as_timestamp(decisao.quando)} ({decisao.canal})"
