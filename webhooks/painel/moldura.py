"""The frame around every page: templates, what all of them are given, redirects with a word of what was done."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qs, quote

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from core.idiomas import SOURCE, Catalogo
from core.planilha.motivos import in_language
from core.testemunha.leitura import Recusa
from storage.pessoa.perfil import Perfil
from webhooks.painel import formatos
from webhooks.painel.estaticos import address_of
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.sessao import SESSAO, form_token

# The sentences of the templates in the language of whoever reads them.
_FRASES = Catalogo("webhooks.painel", "painel")
TELAS: web.AppKey[tuple[Tela, ...]] = web.AppKey("telas", tuple)
# What the page says at its top after something was done: a name in templates/avisos.html, and facts for it.
AVISO = "feito"
# The way back of it (desfazer.py).
DESFAZ = "desfaz"
SAID_ONCE = frozenset({AVISO, DESFAZ, "n", "de", "nome", "alterados", "recusadas", "porque"})


def make_environment() -> Environment:
    """Everything is escaped, and a name that is not there is an error, not a blank."""
    folder = str(files("webhooks.painel") / "templates")
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(_FRASES.text, _FRASES.text_of_count, newstyle=True)  # type: ignore[attr-defined]
    for same in (formatos.cnpj, formatos.mascarado, formatos.sem_numeros):
        environment.filters[same.__name__] = same
    for written in (formatos.numero, formatos.reais, formatos.dia, formatos.tamanho, formatos.dito):
        environment.filters[written.__name__] = _as_read_now(written)
    environment.filters["motivo"] = lambda motivo: in_language(motivo, _FRASES.language)
    environment.globals["navegador"] = formatos.navegador
    environment.globals["com"] = formatos.com
    environment.globals["estatico"] = address_of
    return environment


def _as_read_now(written: Callable[..., str]) -> Callable[..., str]:
    """In the language of whoever reads the page."""
    return lambda *what: written(*what, english=_FRASES.language == "en")


_ENVIRONMENT = make_environment()


def page(
    request: web.Request, template: str, status: int = 200, headers: Mapping[str, str] | None = None, **facts: Any
) -> web.Response:
    """One page, in the language of whoever opened it."""
    sessao = request.get(SESSAO)
    with _FRASES.written_in(sessao.idioma if sessao else SOURCE):
        text = _ENVIRONMENT.get_template(template).render(_frame(request) | facts)
    return web.Response(text=text, status=status, content_type="text/html", charset="utf-8", headers=headers)


def go(path: str, feito: str = "", desfaz: str = "", **facts: object) -> web.Response:
    """On to another page, which says at its top what was done (templates/avisos.html), and offers the way back."""
    said = {AVISO: feito} if feito else {}
    where = formatos.com(path.partition("?")[0], _query(path), **said, **facts, **{DESFAZ: desfaz})
    return web.Response(status=303, headers={"Location": where})


def back(request: web.Request, default: str, given: str = "") -> str:
    """The page of ours that a form (`given`) or the address names as `volta`; else the default. Never another host."""
    wanted = given or request.query.get("volta", "")
    return wanted if _is_ours(wanted) else default


def today(request: web.Request) -> date:
    """The business day."""
    painel = request.app[PAINEL]
    return painel.clock().astimezone(painel.zone).date()


def beginning_of(request: web.Request, day: date) -> datetime:
    """The moment in which that day begins where the operation is."""
    return datetime.combine(day, time(), request.app[PAINEL].zone).astimezone(UTC)


def _is_ours(path: str) -> bool:
    return path.startswith("/painel") and "\\" not in path and quote(path, safe="/?=&%+:,.-_~") == path


def _query(path: str) -> dict[str, object]:
    return {name: values for name, values in parse_qs(path.partition("?")[2]).items() if name not in SAID_ONCE}


def _frame(request: web.Request) -> dict[str, Any]:
    painel, sessao = request.app[PAINEL], request.get(SESSAO)
    now = painel.clock()
    day = now.astimezone(painel.zone).date()

    def momento(when: datetime | None) -> str:
        return formatos.momento(when, painel.zone, day, english=_FRASES.language == "en")

    def recusa(motivo: str) -> str:
        """Of a file; "" for what is no reason."""
        return painel.recusa(motivo, _FRASES.language) if motivo in set(Recusa) else ""

    return {
        "sessao": sessao,
        "recusa": recusa,
        "alcance": _reach(request, sessao.perfil_usuario) if sessao else set(),
        "csrf": form_token(request) if sessao else "",
        "aqui": request.path.rstrip("/") or "/",
        "endereco": request.rel_url.raw_path_qs,
        "sem_pagina": {name: value for name, value in request.query.items() if name not in SAID_ONCE | {"depois"}},
        "continua": "depois" in request.query,
        "aviso": request.query.get(AVISO, ""),
        "aviso_de": request.query,
        "aqui_sem_aviso": formatos.com(
            request.path, {name: request.query.getall(name) for name in request.query if name not in SAID_ONCE}
        ),
        "agora": now,
        "hoje": day,
        "zona": painel.zone.key,
        "momento": momento,
        "hora": lambda when: when.astimezone(painel.zone).strftime("%H:%M:%S"),
    }


def _reach(request: web.Request, perfil: str) -> set[str]:
    """The entries of the menu that this perfil may open."""
    return {tela.menu for tela in request.app[TELAS] if tela.menu and Perfil(perfil) in tela.perfis}
