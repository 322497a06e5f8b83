"""Getting into the panel without a password: a link from the chat, used once, or Telegram's own word for who it is."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from core.auditoria.auditoria import Autor, registrar
from core.direitos.direitos import Direito, tem
from core.ids import new_id
from core.prazos import LINK_DO_PAINEL, SESSAO_DO_PAINEL
from storage.auditoria.tipos import Ato
from storage.ocorrencias import record
from storage.painel.acesso import add_link, add_sessao, end_sessao, end_sessoes, use_link, usuario_on
from storage.pessoa.usuarios import active_perfis
from storage.transaction import Transaction

INICIO = "/painel"
MINI_APP = "miniapp"
_USER_AGENT_LIMIT = 255


@dataclass(frozen=True, slots=True)
class Entrada:
    """Somebody came in, and goes on to this page."""

    usuario_id: UUID
    destino: str


def hash_of(token: str) -> str:
    """What is kept of a link's or a cookie's token."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


async def oferecer_link(
    tx: Transaction, usuario_id: UUID, token: str, *, canal: str, idioma: str, destino: str = INICIO
) -> None:
    """From now on that token lets this person in, once, within `LINK_DO_PAINEL`. `destino`: a page of the panel."""
    values = {"token_hash": hash_of(token), "usuario_id": usuario_id, "canal": canal, "idioma": idioma}
    await add_link(tx, values | {"destino": destino, "expira_em": tx.now + LINK_DO_PAINEL})


async def entrar(tx: Transaction, link: str, cookie: str, user_agent: str) -> Entrada | None:
    """Use a link up and begin the session that `cookie` will hold; None when the link lets nobody in (any more)."""
    used = await use_link(tx, hash_of(link))
    if used is None:
        return None
    began = await _begin(tx, used.usuario_id, cookie, used.canal, used.idioma, user_agent)
    return Entrada(used.usuario_id, used.destino) if began else None


async def entrar_pelo_telegram(tx: Transaction, telegram_id: int, cookie: str, user_agent: str) -> Entrada | None:
    """Begin a session of whoever is known by that Telegram id, which Telegram vouched for; None: nobody of ours."""
    known = await usuario_on(tx, "telegram", str(telegram_id))
    if known is None:
        return None
    began = await _begin(tx, known.usuario_id, cookie, MINI_APP, known.idioma, user_agent)
    return Entrada(known.usuario_id, INICIO) if began else None


async def sair(tx: Transaction, usuario_id: UUID, sessao_id: UUID) -> bool:
    """End one session of this person's."""
    return await end_sessao(tx, usuario_id, sessao_id)


async def sair_de_tudo(tx: Transaction, usuario_id: UUID) -> int:
    """End every session of this person's; how many there were."""
    ended = await end_sessoes(tx, usuario_id)
    await record(tx, "painel_saiu_de_tudo", str(usuario_id), sessoes=ended)
    return ended


async def _begin(tx: Transaction, usuario_id: UUID, cookie: str, canal: str, idioma: str, user_agent: str) -> bool:
    """Whoever is not active, or not of the staff any more, gets none."""
    perfil = (await active_perfis(tx.connection, [usuario_id])).get(usuario_id)
    if not tem(perfil, Direito.ENTRAR_NO_PAINEL):
        return False
    values = {
        "id": new_id(tx.now),
        "token_hash": hash_of(cookie),
        "usuario_id": usuario_id,
        "perfil_usuario": perfil,
        "canal": canal,
        "idioma": idioma,
        "user_agent": user_agent[:_USER_AGENT_LIMIT],
        "expira_em": tx.now + SESSAO_DO_PAINEL,
    }
    await add_sessao(tx, values)
    registrar(tx, Ato.ENTRAR, Autor(canal, usuario_id))
    return True
