"""Auditoria: who did what, the newest first, by person, act and day."""

from datetime import UTC, datetime, time

from aiohttp import web

from core.auditoria.leitura import acts, people, read_page
from core.direitos.direitos import QUEM, Direito
from core.pessoa.nomes import told_apart
from storage.auditoria.auditoria import Filtro
from storage.auditoria.tipos import Ato
from webhooks.painel.endereco import day_of, number_of, uuid_of, word_of
from webhooks.painel.formatos import com
from webhooks.painel.moldura import page
from webhooks.painel.painel import PAINEL, Tela

PAGE = 50
CHOICES = 200
_PATH = "/painel/auditoria"


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel/auditoria`."""
    chosen = {name: request.query.get(name, "") for name in ("quem", "acao", "desde")}
    quem, acao, depois = uuid_of(request, "quem"), word_of(request, "acao", Ato), number_of(request, "depois")
    filtro, day = Filtro(quem, acao, _beginning(request), depois), day_of(request, "desde")
    # As a date field shows it, however it was written.
    chosen["desde"] = "" if day is None else day.isoformat()
    async with request.app[PAINEL].database.read() as connection:
        linhas, more = await read_page(connection, filtro, PAGE)
        acted, atos = await people(connection, CHOICES), await acts(connection, CHOICES)
    names = told_apart([(nome, telefone) for _id, nome, telefone in acted])
    pessoas = {one[0]: name for name, one in zip(names, acted, strict=True)}
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


def _beginning(request: web.Request) -> datetime | None:
    """Of the day from which, where the operation is."""
    day = day_of(request, "desde")
    if day is None:
        return None
    return datetime.combine(day, time(), request.app[PAINEL].zone).astimezone(UTC)


TELAS = (
    Tela(
        "GET",
        _PATH,
        show,
        QUEM[Direito.AUDITAR],
        menu="auditoria",
        nomes=frozenset({"quem", "acao", "desde", "depois"}),
    ),
)
