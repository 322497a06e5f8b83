"""What conversations keep from one turn to the next (`contatos.state_data`): its names, and the form each has.

Rows outlive releases. A question that this release does not know, or of which is kept less than its answer needs, is
let go; so is whatever has another form than it has now.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from core.prazos import PERGUNTAS
from core.processo.maquina import Acao
from core.venda.perguntas import TipoResposta
from storage.agendamento.tipos import TipoAgendamento
from storage.contatos.contatos import ASKED_AT, ASKED_BY, Contato
from storage.processo.status import StatusProcesso

# Named in the place of a question that is let go (dialogs/frame/state.py).
OF_ANOTHER_RELEASE = "de outra versão"


@dataclass(frozen=True)
class _Agendar:
    tipo: TipoAgendamento
    parametros: dict[str, Any] | None = None
    dias: str | None = None
    cron: str | None = None


@dataclass(frozen=True)
class _Delegar:
    para: UUID
    nome: str
    inicio: date | None = None
    fim: date | None = None


@dataclass(frozen=True)
class _Busca:
    palavras: list[str]
    competencia: str | None = None
    status: StatusProcesso | None = None


_Achado = tuple[TipoResposta, str, str, int, int, str]
_FORMS: Mapping[str, TypeAdapter[Any]] = {
    "about": TypeAdapter(UUID | None),
    "achados": TypeAdapter(list[_Achado]),
    "agendar": TypeAdapter(_Agendar),
    "arquivos_juntos": TypeAdapter(list[UUID]),
    "atendimento_id": TypeAdapter(int),
    "busca_processos": TypeAdapter(_Busca),
    "de": TypeAdapter(Literal["arq", "doc"]),
    "delegar": TypeAdapter(_Delegar),
    "dito": TypeAdapter(list[str]),
    "fila_dita_em": TypeAdapter(datetime),
    "faturas_que_faltam": TypeAdapter(list[UUID]),
    "lida": TypeAdapter(str | None),
    "lote_aprovacao": TypeAdapter(list[tuple[UUID, int]]),
    "lote_a_comecar": TypeAdapter(dict[UUID, int]),
    "lote_acao": TypeAdapter(Literal[Acao.BAIXAR, Acao.ENVIAR]),
    "mal_entendidos": TypeAdapter(int),
    "no_aplicativo": TypeAdapter(datetime),
    "ordens_retidas": TypeAdapter(list[tuple[str, str | None, int, str | None, datetime]]),
    "pergunta": TypeAdapter(int),
    "pergunta_na_tela": TypeAdapter(tuple[UUID, int]),
    "processo_id": TypeAdapter(UUID),
    "recusado_em": TypeAdapter(datetime),
    "repetido": TypeAdapter(list[tuple[int, datetime]]),
    "respondido_em": TypeAdapter(list[datetime]),
    "ultima_pergunta": TypeAdapter(tuple[str, datetime]),
    "ultimo_arquivo": TypeAdapter(datetime),
    "versao": TypeAdapter(int),
    "which": TypeAdapter(UUID),
}
# What an answer cannot do without, a name within another one after a dot.
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "Nota:texto": ("atendimento_id",),
    "Rejeitar:motivo": ("processo_id", "versao"),
    "Rejeitar:confirmacao": ("processo_id", "versao", "motivo"),
    "UsarMesmoAssim:motivo": ("processo_id", "versao"),
    "Senha:fatura": ("de", "which"),
    "AprovarVarias:confirmacao": ("lote_aprovacao",),
    "Comecar:confirmacao": ("lote_a_comecar", "lote_acao"),
    "Agendar:hora": ("agendar.dias",),
    "Agendar:cron": ("agendar",),
    "Agendar:confirmacao": ("agendar.cron",),
    "Delegar:inicio": ("delegar",),
    "Delegar:fim": ("delegar.inicio",),
    "Delegar:confirmacao": ("delegar.inicio", "delegar.fim"),
    "Robo:resposta": ("pergunta",),
}


def let_go_of_older(contato: Contato) -> str | None:
    """Forget what another release left in this conversation; `OF_ANOTHER_RELEASE` when it was the open question."""
    data = {name: value for name, value in contato.state_data.items() if _has_its_form(name, value)}
    state = contato.state
    known = state is None or (state in PERGUNTAS and all(_has(data, name) for name in _NEEDED.get(state, ())))
    if known and len(data) == len(contato.state_data):
        return None
    contato.state_data, contato.changed = data, True
    if known:
        return None
    contato.state, contato.state_data, contato.choices = None, {}, None
    return OF_ANOTHER_RELEASE


def _has_its_form(name: str, value: Any) -> bool:
    # Of every open question, so looked at in the shortest way.
    if name == ASKED_AT:
        return _is_moment(value)
    if name == ASKED_BY:
        return value is None or type(value) is int
    form = _FORMS.get(name)
    try:
        if form is not None:
            # As JSON, which is what it comes from: there a text may be a day, and a number may not.
            form.validate_json(json.dumps(value), strict=True)
    except ValidationError:
        return False
    return True


def _is_moment(value: Any) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None if isinstance(value, str) else False
    except ValueError:
        return False


def _has(data: Mapping[str, Any], name: str) -> bool:
    whole, _, part = name.partition(".")
    return whole in data and (not part or part in data[whole])
