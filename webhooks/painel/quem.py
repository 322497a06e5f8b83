"""Whose session it is, as core/processo and the audit know people; and that they open what is another's."""

from aiohttp import web

from core.auditoria.auditoria import Autor, abriu_ha_pouco, registrar_abertura
from core.processo.quem import PAINEL as CANAL
from core.processo.quem import Quem
from webhooks.http.addresses import asker_of
from webhooks.painel.painel import PAINEL
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


async def abre(request: web.Request, alvo: str, o_que: str) -> None:
    """What is another person's is opened by this one: it is in the audit before any of it is shown."""
    painel, autor = request.app[PAINEL], autor_of(request)
    async with painel.database.read() as connection:
        if await abriu_ha_pouco(connection, autor, alvo, painel.clock()):
            return
    await painel.run(lambda tx: registrar_abertura(tx, autor, alvo, o_que))
