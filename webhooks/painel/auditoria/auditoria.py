"""Auditoria: who did what, the newest first, by person, act and day."""

from datetime import UTC, date, datetime, time
from uuid import UUID

from aiohttp import web

from core.auditoria.leitura import acts, people, read_page
from core.direitos.direitos import QUEM, Direito
from storage.auditoria.auditoria import Filtro
from storage.auditoria.tipos import Ato
from webhooks.painel.formatos import com
from webhooks.painel.moldura import page
from webhooks.painel.painel import PAINEL, Tela

PAGE = 50
CHOICES = 200
_PATH = "/painel/auditoria"


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel/auditoria`."""
    chosen = {name: request.query.get(name, "") for name in ("quem", "acao", "desde")}
    filtro = Filtro(_uuid(chosen["quem"]), _ato(chosen["acao"]), _beginning(request, chosen["desde"]), _below(request))
    async with request.app[PAINEL].database.read() as connection:
        linhas, more = await read_page(connection, filtro, PAGE)
        pessoas, atos = await people(connection, CHOICES), await acts(connection, CHOICES)
    older = com(_PATH, {**chosen}, depois=linhas[-1].linha.numero) if more else None
    return page(
        request,
        "auditoria/auditoria.html",
        linhas=linhas,
        pessoas=pessoas,
        atos=atos,
        escolhido=chosen,
        proxima=older,
        filtrada=any(chosen.values()),
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _ato(text: str) -> str | None:
    return text if text in set(Ato) else None


def _beginning(request: web.Request, text: str) -> datetime | None:
    """Of that day, where the operation is."""
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    if day is None:
        return None
    return datetime.combine(day, time(), request.app[PAINEL].zone).astimezone(UTC)


def _below(request: web.Request) -> int | None:
    text = request.query.get("depois", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


TELAS = (Tela("GET", _PATH, show, QUEM[Direito.AUDITAR], menu="auditoria"),)
