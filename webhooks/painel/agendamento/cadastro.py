"""Schedules made and changed: said in words or as cron, rehearsed as often as one likes, then kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiohttp import web

from core.agendamento.agendamentos import AgendamentoRepetido, criar
from core.agendamento.cron import InvalidCron, check_cron, next_runs
from core.agendamento.espalhar import Ensaio
from core.agendamento.falado.entender import quando
from core.agendamento.falado.frase import Perguntar
from core.agendamento.nomeados import NinguemAssim
from core.agendamento.parametros import FORMAS, ParametroInvalido, check_parametros
from core.auditoria.visto import MudouDepois, Visto, visto_of
from core.direitos.direitos import QUEM, Direito
from core.processo.ensaio import ensaiar
from storage.agendamento.agendamentos import Agendamento
from storage.agendamento.tipos import TipoAgendamento
from webhooks.http.answers import ApiError
from webhooks.painel.agendamento.agendamentos import NEXT, PATH, REGISTRO
from webhooks.painel.guarda import FORM
from webhooks.painel.moldura import go, page
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.quem import autor_of
from webhooks.painel.sessao import SESSAO

_SHOWN = ("nome_agendamento", "cron_expressao", "parametros_execucao")
_LISTS = frozenset({"operadoras", "para"})
_NUMBERS = frozenset({"janela_minutos", "dias"})
_YES = {"sim": True, "nao": False}
# Parts of signs, names of days and months among them; how many there have to be is said where there are others.
_PART = "(?:[0-9*/,?#LW-]|SUN|MON|TUE|WED|THU|FRI|SAT|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)+"
_EXPRESSION = re.compile(rf"[0-9*/,-]+(?:\s+{_PART}){{3,6}}", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Ensaiado:
    """What would happen: when, and what a first run would download."""

    quando: str
    proximas: list[datetime]
    downloads: Ensaio | None


async def show_new(request: web.Request) -> web.StreamResponse:
    """`GET /painel/agendamentos/novo`; `?tipo=` what it does."""
    tipo = _tipo(request.query.get("tipo", TipoAgendamento.EXECUTAR_DOWNLOADS))
    return _form(request, None, tipo, {"nome": "", "quando": ""} | _texts(check_parametros(tipo, {})))


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel/agendamentos/{id}`."""
    agendamento = await REGISTRO.stored(request)
    return _form(request, agendamento, _tipo(agendamento.tipo_agendamento), _kept(agendamento))


async def create(request: web.Request) -> web.StreamResponse:
    """`POST /painel/agendamentos`; with `ensaiar` nothing is kept, and what it would do is shown."""
    tipo, por = _tipo(str(request[FORM].get("tipo", ""))), autor_of(request)
    typed = _typed(request, tipo)
    values, erros = _read(typed, tipo)
    if erros or request[FORM].get("ensaiar"):
        return await _shown_again(request, None, tipo, typed, values, erros)
    try:
        made: Agendamento = await request.app[PAINEL].run(
            lambda tx: criar(tx, values | {"tipo_agendamento": tipo.value}, por)
        )
    except AgendamentoRepetido:
        return await _shown_again(request, None, tipo, typed, values, {"nome": "ocupado"}, 409)
    except NinguemAssim as wrong:
        return await _shown_again(request, None, tipo, typed, values, _unknown(wrong))
    return go(PATH, "agendamento_criado", desfaz=await REGISTRO.made(request, made.id, made))


async def change(request: web.Request) -> web.StreamResponse:
    """`POST /painel/agendamentos/{id}`: unless somebody else changed it since; a new rule is in force from now on."""
    agendamento = await REGISTRO.stored(request)
    tipo, soma = _tipo(agendamento.tipo_agendamento), str(request[FORM].get("visto", ""))
    typed = _typed(request, tipo)
    values, erros = _read(typed, tipo)
    if erros or request[FORM].get("ensaiar"):
        return await _shown_again(request, agendamento, tipo, typed, values, erros)
    try:
        desfaz = await REGISTRO.change(request, agendamento.id, values, Visto(_SHOWN, soma) if soma else None)
    except AgendamentoRepetido:
        return await _shown_again(request, agendamento, tipo, typed, values, {"nome": "ocupado"}, 409)
    except NinguemAssim as wrong:
        return await _shown_again(request, agendamento, tipo, typed, values, _unknown(wrong))
    except MudouDepois:
        now = await REGISTRO.stored(request)
        return _form(request, now, tipo, typed, status=409, agora_guardado=_kept(now))
    return go(PATH, "agendamento_mudado", desfaz=desfaz)


def _tipo(text: str) -> TipoAgendamento:
    try:
        return TipoAgendamento(text)
    except ValueError:
        raise ApiError(422, "tipo") from None


def _fields(tipo: TipoAgendamento) -> list[str]:
    return list(FORMAS[tipo].model_fields)


def _typed(request: web.Request, tipo: TipoAgendamento) -> dict[str, str]:
    form = request[FORM]
    return {name: str(form.get(name, "")).strip() for name in ("nome", "quando", *_fields(tipo))}


def _kept(agendamento: Agendamento) -> dict[str, str]:
    parametros = check_parametros(agendamento.tipo_agendamento, agendamento.parametros_execucao)
    return {"nome": agendamento.nome_agendamento, "quando": agendamento.cron_expressao} | _texts(parametros)


def _texts(parametros: Mapping[str, Any]) -> dict[str, str]:
    def text(value: Any) -> str:
        if isinstance(value, bool):
            return "sim" if value else "nao"
        return ", ".join(value) if isinstance(value, list) else str(value or "")

    return {name: text(value) for name, value in parametros.items()}


def _read(typed: Mapping[str, str], tipo: TipoAgendamento) -> tuple[dict[str, Any], dict[str, str]]:
    """What is to be kept, and what is wrong at which field."""
    erros = {name: "falta" for name in ("nome", "quando") if not typed[name]}
    values: dict[str, Any] = {"nome_agendamento": typed["nome"][:120]}
    try:
        values["cron_expressao"] = _cron_of(typed["quando"])
    except (InvalidCron, Perguntar):
        erros.setdefault("quando", "quando")
    try:
        values["parametros_execucao"] = check_parametros(tipo, _parametros(typed, tipo))
    except ParametroInvalido as wrong:
        erros[wrong.campo.partition(".")[0]] = "invalido"
    return values, erros


def _unknown(wrong: NinguemAssim) -> dict[str, str]:
    campo = wrong.campo.partition(".")[0]
    return {campo: f"{campo}_que_nao_ha"}


def _cron_of(text: str) -> str:
    """An expression, or a name of one (`@daily`); anything else is words."""
    is_cron = text.startswith("@") or _EXPRESSION.fullmatch(text) is not None
    return check_cron(text if is_cron else quando(text))


def _why_not(request: web.Request, text: str) -> str:
    """What is wrong with it, in words."""
    try:
        _cron_of(text)
    except (InvalidCron, Perguntar) as wrong:
        return request.app[PAINEL].por_que_nao(wrong, request[SESSAO].idioma)
    return ""


def _parametros(typed: Mapping[str, str], tipo: TipoAgendamento) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name in _fields(tipo):
        text = typed[name]
        if not text:
            continue
        if name in _LISTS:
            said[name] = [one.strip() for one in text.split(",") if one.strip()]
        elif name in _NUMBERS:
            said[name] = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else text
        else:
            said[name] = _YES.get(text, text) if name == "restaurar" else text
    return said


async def _shown_again(
    request: web.Request,
    agendamento: Agendamento | None,
    tipo: TipoAgendamento,
    typed: Mapping[str, str],
    values: Mapping[str, Any],
    erros: Mapping[str, str],
    status: int = 422,
) -> web.Response:
    """As it was typed, with what is wrong; or, where nothing is, with what it would do."""
    if erros:
        return _form(request, agendamento, tipo, typed, erros=erros, status=status)
    painel = request.app[PAINEL]
    now, cron = painel.clock(), str(values["cron_expressao"])
    runs, downloads = next_runs(cron, now, painel.zone, NEXT), None
    if tipo is TipoAgendamento.EXECUTAR_DOWNLOADS:
        async with painel.database.read(patient=True) as connection:
            of_what = dict(values["parametros_execucao"])
            downloads = await ensaiar(connection, of_what, runs[0], now, painel.zone, painel.processo_limits)
    said = painel.em_palavras(cron, request[SESSAO].idioma)
    return _form(request, agendamento, tipo, typed, ensaio=Ensaiado(said, runs, downloads))


def _form(
    request: web.Request,
    agendamento: Agendamento | None,
    tipo: TipoAgendamento,
    dado: Mapping[str, str],
    *,
    erros: Mapping[str, str] | None = None,
    status: int = 200,
    ensaio: Ensaiado | None = None,
    agora_guardado: Mapping[str, str] | None = None,
) -> web.Response:
    saw = str(request[FORM].get("visto", "")) if FORM in request and agora_guardado is None else ""
    now = "" if agendamento is None else visto_of(agendamento, _SHOWN).soma
    return page(
        request,
        "agendamento/agendamento.html",
        status,
        agendamento=agendamento,
        tipo=tipo.value,
        campos=_fields(tipo),
        dado=dado,
        erros=erros or {},
        ditos={"quando": _why_not(request, dado["quando"])} if (erros or {}).get("quando") == "quando" else {},
        ensaio=ensaio,
        visto=saw or now,
        agora_guardado=agora_guardado,
    )


_ADMIN = QUEM[Direito.AGENDAR]
TELAS = (
    Tela("GET", f"{PATH}/novo", show_new, _ADMIN, nomes=frozenset({"tipo"})),
    Tela("POST", PATH, create, _ADMIN),
    Tela("GET", f"{PATH}/{{id}}", show, _ADMIN),
    Tela("POST", f"{PATH}/{{id}}", change, _ADMIN),
)
