"""Atendimento: who waits and who is spoken with now, and what was before, by protocolo or phone."""

from dataclasses import dataclass

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from core.consultor.protocolos import id_do_numero, numero_de
from core.conversa.transcricao import may_read
from core.direitos.direitos import Direito, tem
from core.telefones import digits_of, same_person_forms
from storage.atendimento.atendimentos import atendimento_by_protocolo, queue
from storage.consultor.consultores import consultor_of_usuario
from storage.conversa.em_curso import under_way
from storage.conversa.transcricao import Passado, customers_of_phone, past_of
from storage.pessoa.perfil import ATENDENTES
from storage.servico.servico import pessoa_by_id
from webhooks.painel.atendimento.conversa import PATH, readable
from webhooks.painel.hoje.equipe import equipe
from webhooks.painel.moldura import go, page
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.quem import abre
from webhooks.painel.sessao import SESSAO

_SHOWN = 50
_FOUND = 30
# What is longer is a phone, unless its `#` says otherwise.
_LONGEST_NUMBER = 9
# The id of no consultor.
_NOBODY = 0


@dataclass(frozen=True, slots=True)
class Busca:
    """What was looked for: one atendimento, or those of a phone."""

    um: int | None = None
    varios: list[Passado] | None = None


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel/atendimento`: consultores see whom they attend, and the queue; administrators everybody."""
    painel, sessao = request.app[PAINEL], request[SESSAO]
    busca = request.query.get("busca", "").strip()[:40]
    sees_all = tem(sessao.perfil_usuario, Direito.VER_TODOS_OS_ATENDIMENTOS)
    async with painel.database.read() as connection:
        found = await _found(request, connection, busca) if busca else Busca()
        if found.um is not None:
            return go(f"{PATH}/{found.um}")
        own = None if sees_all else await consultor_of_usuario(connection, sessao.usuario_id)
        fila, na_fila = await queue(connection, _SHOWN)
        whose = None if sees_all else own.id if own is not None else _NOBODY
        conversas, em_curso = await under_way(connection, whose, _SHOWN)
        time = await equipe(connection, painel, painel.clock())
    if found.varios:
        await abre(request, f"protocolo:{numero_de(found.varios[0].protocolo_id)}", "historico")
    return page(
        request,
        "atendimento/agora.html",
        fila=fila,
        na_fila=na_fila,
        conversas=conversas,
        em_curso=em_curso,
        equipe=time,
        busca=busca,
        achados=found.varios,
        ve_todos=sees_all,
        numero_de=numero_de,
    )


async def _found(request: web.Request, connection: AsyncConnection, busca: str) -> Busca:
    """Only what this person may read; what is not theirs looks like what is not there."""
    protocolo_id = id_do_numero(busca)
    if protocolo_id is not None and (busca.startswith("#") or len(busca) <= _LONGEST_NUMBER):
        atendimento = await atendimento_by_protocolo(connection, protocolo_id)
        if atendimento is None or not await readable(request, connection, atendimento):
            return Busca(varios=[])
        return Busca(um=atendimento.id)
    try:
        forms = same_person_forms(digits_of(busca))
    except ValueError:
        return Busca(varios=[])
    contatos = await customers_of_phone(connection, forms)
    pessoa = await pessoa_by_id(connection, request[SESSAO].usuario_id)
    if not contatos or not await may_read(connection, pessoa, contatos):
        return Busca(varios=[])
    return Busca(varios=(await past_of(connection, contatos, 0, _FOUND))[0])


TELAS = (Tela("GET", PATH, show, ATENDENTES, menu="atendimento", nomes=frozenset({"busca"})),)
