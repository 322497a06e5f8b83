"""What a robot tells us, by callback or when asked, and what it changes in the sale."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from core.commands.base import params_of, read_command, write_command
from core.commands.processo import StartExecucao
from core.commands.venda import HandleRobotEvent, StartRobot, StopRobot, TellEnd
from core.doors.robot_reports import STAGE_LIMIT, log_line, percentage, words
from core.live import publish_venda
from core.secret_names import without_secrets
from core.venda import pool
from core.venda.passos import note, note_question
from core.venda.respostas import Pergunta
from core.venda.venda import cancel_sale, end_sale, job_started, keep_login
from core.venda.vendedor import goes_on
from storage.ocorrencias import record
from storage.transaction import Transaction
from storage.venda import vendas
from storage.venda.early_callbacks import keep_early, take_early
from storage.venda.logs import add_log
from storage.venda.passos import PassoVenda
from storage.venda.status import StatusVenda
from storage.venda.vendas import Venda

_TERMINAL = {
    "job.completed": StatusVenda.CONCLUIDO,
    "job.failed": StatusVenda.FALHOU,
    "job.cancelled": StatusVenda.CANCELADO,
}
_AT_WORK = frozenset({"job.progress", "job.heartbeat", "job.question"})
# Characters of a result that are worth keeping: it is read by people.
_RESULT_LIMIT = 100_000
# In a venda's resultado: the number of an order that the robot named when another one was known already.
OUTRO_NUMERO = "outro_numero_pedido"
# In a venda's progresso: the place, among its robot's events, of the question that was asked last.
_ASKED_AT = "seq_pergunta"
# What starts robots: an event of an unknown job may belong to one of these that has no answer yet.
STARTS = (StartRobot, StartExecucao)
EVENTS = frozenset({*_TERMINAL, *_AT_WORK, "job.log"})


# Of a line, a step, an error. Not of a result: its addresses have to stay whole.
_TOLD = ("message", "mensagem", "etapa")


@dataclass(frozen=True, slots=True)
class RobotEvent:
    """One event of a job: what a callback brings, or what a poll was found to mean."""

    event: str
    job_id: str
    data: dict[str, Any]
    seq: int | None = None
    # Which venda the callback address was given out for.
    venda_id: UUID | None = None
    # Or which execucao (core/processo/robo.py).
    execucao_id: UUID | None = None

    def __post_init__(self) -> None:
        """What a robot tells of its work may repeat the password that it was given: nothing of ours keeps that."""
        told = {name: without_secrets(text) for name in _TOLD if isinstance(text := self.data.get(name), str)}
        object.__setattr__(self, "data", self.data | told)

    def as_payload(self) -> dict[str, Any]:
        """What is kept of it when it cannot be applied; with it, it can be applied later."""
        names = {"venda_id": self.venda_id, "execucao_id": self.execucao_id}
        kept = {name: None if one is None else str(one) for name, one in names.items()}
        return kept | {"event": self.event, "job_id": self.job_id, "data": self.data, "seq": self.seq}

    @classmethod
    def of_payload(cls, payload: dict[str, Any]) -> "RobotEvent":
        """What was kept."""
        names = {name: UUID(payload[name]) if payload[name] else None for name in ("venda_id", "execucao_id")}
        return cls(payload["event"], payload["job_id"], payload["data"], payload["seq"], **names)


class Noticia(StrEnum):
    """What the seller should hear of."""

    PROGRESSO = "PROGRESSO"
    PERGUNTA = "PERGUNTA"
    ENCERRADA = "ENCERRADA"
    PEDIDO_TARDIO = "PEDIDO_TARDIO"
    OUTRO_PEDIDO = "OUTRO_PEDIDO"


async def find_venda(tx: Transaction, event: RobotEvent) -> Venda | None:
    """The venda this event is about. The address that we gave out decides: robots may count their jobs anew.

    So a callback that overtook the answer to the start is matched, too.
    """
    venda = await vendas.venda_by_id(tx.connection, event.venda_id) if event.venda_id is not None else None
    if venda is None:
        return await vendas.venda_by_job(tx, event.job_id)
    if venda.job_id is None:
        if await vendas.bind_job(tx, venda.id, event.job_id):
            return replace(venda, job_id=event.job_id)
        # At this same moment the answer to its start has said which job it is.
        venda = await vendas.venda_by_id(tx.connection, venda.id)
    return venda if venda is not None and venda.job_id in (None, event.job_id) else None


async def keep_for_start(tx: Transaction, event: RobotEvent) -> bool:
    """Keep an event of an unknown job, if it may belong to a start that is being made; False when none is."""
    kept = HandleRobotEvent(event.event, event.job_id, event.data, event.seq)
    return await keep_early(tx, event.job_id, params_of(kept), starts=[(kind.target, kind.method) for kind in STARTS])


async def started(tx: Transaction, venda_id: UUID, job_id: str) -> None:
    """The robots took the job: what came of it before their answer is handled, in order, in turns of its own."""
    await job_started(tx, venda_id, job_id)
    for kept in await take_early(tx, job_id):
        await write_command(tx, read_command(HandleRobotEvent, kept))


async def apply(tx: Transaction, venda: Venda, event: RobotEvent, *, ttl: timedelta) -> Noticia | None:
    """Let one event change the venda. Its conversation must be open in this turn already.

    Callback or poll, first or fifth time: what was applied once is not applied again.
    """
    if event.event == "job.log":
        await add_log(tx, venda.id, log_line(event.data, event.seq, tx.now))
    if venda.encerrada_em is not None:
        return await _after_the_end(tx, venda, event)
    if event.event in _TERMINAL:
        return await _end(tx, venda, event)
    if venda.status_venda == StatusVenda.CANCELANDO:
        return None
    if not await goes_on(tx, venda):
        if await cancel_sale(tx, venda) is StatusVenda.CANCELADO:
            await write_command(tx, TellEnd(venda.id))
        return None
    if not await keep_login(tx, venda, ttl):
        return None
    if event.event == "job.question":
        return await _ask(tx, venda, event)
    if event.event == "job.progress":
        return await _progress(tx, venda, event)
    await vendas.note_sign(tx, venda.id)
    return None


def events_of_poll(job_id: str, venda: Venda, answer: dict[str, Any]) -> list[RobotEvent]:
    """The events that `GET /jobs/{job_id}` amounts to, for what we know of the venda. Malformed parts are left out."""
    if (ending := ending_of_poll(job_id, answer)) is not None:
        return [ending]
    events = []
    progresso = answer.get("progresso")
    if isinstance(progresso, dict) and progresso.get("etapa") not in (None, "", (venda.progresso or {}).get("etapa")):
        events.append(RobotEvent("job.progress", job_id, progresso))
    if _is_news(venda, answer.get("pergunta")):
        events.append(RobotEvent("job.question", job_id, answer["pergunta"]))
    return events


def ending_of_poll(job_id: str, answer: Mapping[str, Any]) -> RobotEvent | None:
    """The end that `GET /jobs/{job_id}` tells of; None while the job goes on."""
    status = answer.get("status")
    if status == "completed":
        return RobotEvent("job.completed", job_id, {"resultado": answer.get("resultado")})
    if status == "failed":
        return RobotEvent("job.failed", job_id, _object(answer.get("erro")))
    return RobotEvent("job.cancelled", job_id, {}) if status == "cancelled" else None


def _is_news(venda: Venda, pergunta: object) -> bool:
    """Whether a poll shows a question that the seller has not seen: an old one is no sign of life."""
    try:
        return not _was_asked(venda, Pergunta.parse(pergunta))
    except ValueError:
        return False


def _was_asked(venda: Venda, pergunta: Pergunta) -> bool:
    """Whether the seller has seen this very question: the same id with another text is another question."""
    if venda.respondida in (pergunta.marca, pergunta.pergunta_id):
        return True
    aberta = venda.pergunta or {}
    return pergunta.pergunta_id == str(aberta.get("pergunta_id")) and pergunta.texto == aberta.get("texto")


async def _ask(tx: Transaction, venda: Venda, event: RobotEvent) -> Noticia | None:
    pergunta = Pergunta.parse(event.data)
    progresso = venda.progresso or {}
    if _was_asked(venda, pergunta) or (event.seq is not None and event.seq < progresso.get(_ASKED_AT, event.seq)):
        # A robot has one question at a time: one of before its last was answered, whoever told us of it.
        return None
    values: dict[str, Any] = {} if event.seq is None else {"progresso": progresso | {_ASKED_AT: event.seq}}
    changed = await vendas.change_open(
        tx,
        venda.id,
        status_venda=StatusVenda.AGUARDANDO_RESPOSTA,
        pergunta=pergunta.to_json(),
        perguntas_feitas=venda.perguntas_feitas + 1,
        **values,
    )
    if not changed:
        return None
    await note_question(tx, venda.id, pergunta)
    values = {"status_venda": StatusVenda.AGUARDANDO_RESPOSTA, "tipo": pergunta.tipo}
    await publish_venda(tx, "venda_pergunta_feita", venda.id, venda.usuario_id, **values)
    return Noticia.PERGUNTA


async def _progress(tx: Transaction, venda: Venda, event: RobotEvent) -> Noticia | None:
    known = venda.progresso or {}
    if event.seq is not None and event.seq <= known.get("seq", -1):
        return None
    etapa = words(event.data.get("etapa"))[:STAGE_LIMIT]
    etapas = [*known.get("etapas", []), etapa][-12:] if etapa and etapa != known.get("etapa") else known.get("etapas")
    progresso = known | {
        "percentual": percentage(event.data.get("percentual")),
        "etapa": etapa,
        "etapas": etapas or [],
        "seq": event.seq if event.seq is not None else known.get("seq", -1),
    }
    status = StatusVenda.AGUARDANDO_RESPOSTA if venda.pergunta else StatusVenda.EXECUTANDO
    if not await vendas.change_open(tx, venda.id, status_venda=status, progresso=progresso):
        return None
    if etapa and etapa != known.get("etapa"):
        await note(tx, venda.id, PassoVenda.ETAPA, etapa=etapa)
    values = {"status_venda": status, "percentual": progresso["percentual"], "etapa": etapa}
    await publish_venda(tx, "venda_progrediu", venda.id, venda.usuario_id, **values)
    return Noticia.PROGRESSO


async def _end(tx: Transaction, venda: Venda, event: RobotEvent) -> Noticia | None:
    values: dict[str, Any] = {}
    if event.event == "job.completed":
        values = _result(event)
    elif event.event == "job.failed":
        values["erro"] = _error(event)
        await _spare_the_login(tx, venda, values["erro"])
    ended = await end_sale(tx, venda, _TERMINAL[event.event], **values)
    return Noticia.ENCERRADA if ended else None


async def _spare_the_login(tx: Transaction, venda: Venda, erro: dict[str, Any]) -> None:
    """A password the portal refused is not tried a second time: some portals lock the login after three."""
    if erro["codigo"] == "CREDENCIAL_RECUSADA" and venda.bo_usuario_id and venda.epoch is not None:
        await pool.set_login_aside(tx, venda.bo_usuario_id, venda.epoch, erro["mensagem"])


async def _after_the_end(tx: Transaction, venda: Venda, event: RobotEvent) -> Noticia | None:
    """The first ending counts. A late order number is kept and told; a contradiction is recorded.

    A robot that works on, because it never heard that it should stop, is told so again.
    """
    if event.event in _AT_WORK and venda.status_venda != StatusVenda.CONCLUIDO:
        await write_command(tx, StopRobot(venda.id))
    if event.event == "job.failed" and venda.status_venda in (StatusVenda.CANCELADO, StatusVenda.TIMEOUT):
        # Nobody waited for it: the login is back in the pool, and would fail for who gets it next.
        await _spare_the_login(tx, venda, _error(event))
    ending = _TERMINAL.get(event.event)
    result = _result(event) if ending is StatusVenda.CONCLUIDO else {}
    numero = result.get("numero_pedido")
    if ending is None or _was_told_to_stop(venda, ending) or (ending == venda.status_venda and _knows(venda, numero)):
        return None
    await record(tx, "callback_depois_do_fim", str(venda.id), evento=event.event, status_venda=venda.status_venda)
    if not result or (venda.resultado is not None and _knows(venda, numero)):
        return None
    another = venda.numero_pedido is not None
    if another:
        # The first one stays: it was told, and may be in somebody's hands.
        result = {"resultado": (venda.resultado or {}) | {OUTRO_NUMERO: numero}}
    await vendas.amend_closed(tx, venda.id, **result)
    await note(tx, venda.id, PassoVenda.CORRECAO)
    values = {"status_venda": venda.status_venda, "numero_pedido": venda.numero_pedido or numero}
    await publish_venda(tx, "venda_corrigida", venda.id, venda.usuario_id, **values)
    return Noticia.OUTRO_PEDIDO if another else Noticia.PEDIDO_TARDIO


def _knows(venda: Venda, numero: str | None) -> bool:
    """Whether this order's number is nothing new of a sale that has ended."""
    return numero in (None, venda.numero_pedido, (venda.resultado or {}).get(OUTRO_NUMERO))


def _was_told_to_stop(venda: Venda, ending: StatusVenda) -> bool:
    return ending == StatusVenda.CANCELADO and venda.status_venda == StatusVenda.TIMEOUT


def _result(event: RobotEvent) -> dict[str, Any]:
    resultado = _object(event.data.get("resultado"))
    numero = words(resultado.get("numero_pedido"))[:200] or None
    if len(str(resultado)) > _RESULT_LIMIT:
        resultado = {"numero_pedido": numero}
    return {"resultado": resultado, "numero_pedido": numero}


def _error(event: RobotEvent) -> dict[str, Any]:
    data = event.data
    return {
        "codigo": words(data.get("codigo"))[:100] or "DESCONHECIDO",
        "mensagem": words(data.get("mensagem"))[:500],
        "definitivo": bool(data.get("definitivo")),
    }


def _object(value: Any) -> dict[str, Any]:
    """Where robots should give an object, some give only its message."""
    return value if isinstance(value, dict) else {"mensagem": words(value)} if words(value) else {}
