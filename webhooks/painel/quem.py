"""Whose session it is, as core/processo knows people; and one's own or a delegated right, as it is read in a turn."""

from aiohttp import web

from core.auditoria.auditoria import Autor
from core.processo.quem import PAINEL as CANAL
from core.processo.quem import Quem
from webhooks.http.addresses import asker_of
from webhooks.painel.sessao import SESSAO

_USER_AGENT_LIMIT = 255


def autor_of(request: web.Request) -> Autor:
    """As the audit names them."""
    return Autor(CANAL, request[SESSAO].usuario_id)


def who(request: web.Request) -> Quem:
    """The person whose session it is."""
    sessao = request[SESSAO]
    agent = request.headers.get("User-Agent", "").encode("ascii", "replace").decode()[:_USER_AGENT_LIMIT]
    return Quem(CANAL, sessao.usuario_id, sessao.perfil_usuario, sessao.nome_completo, asker_of(request), agent)
