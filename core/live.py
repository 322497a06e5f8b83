"""Live events: what dashboards and attendants' screens hear of while it happens, and who may see what.

An event is a call of the outbox like any other, so it is heard of if and only if its turn commits.
`bot/senders/live.py` puts it on the bus (storage/live.py), and every web process hands it to its readers
(webhooks/live/endpoints.py). Events are news, not the truth: whoever missed some reads the state again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from core.commands.base import write_command
from core.commands.live import PublishEvent, PublishEvents
from core.direitos.direitos import QUEM, Direito
from storage.pessoa.perfil import Perfil
from storage.processo.execucoes import Execucao
from storage.processo.processos import Processo
from storage.transaction import Transaction


class Assunto(StrEnum):
    """What an event is about; decides who may see it."""

    PRESENCA = "PRESENCA"
    DIGITACAO = "DIGITACAO"
    ATENDIMENTO = "ATENDIMENTO"
    VENDA = "VENDA"
    POOL = "POOL"
    PROCESSO = "PROCESSO"
    EXECUCAO = "EXECUCAO"


_BACK_OFFICE = QUEM[Direito.VER_PROCESSOS]
_ATTENDANTS = QUEM[Direito.ATENDER]

# Typing and atendimentos name customers, so only those who attend them see these.
SEEN_BY: dict[Assunto, frozenset[Perfil]] = {
    Assunto.PRESENCA: frozenset(Perfil),
    Assunto.DIGITACAO: _ATTENDANTS,
    Assunto.ATENDIMENTO: _ATTENDANTS,
    Assunto.VENDA: QUEM[Direito.VER_TODAS_AS_VENDAS],
    Assunto.POOL: QUEM[Direito.VER_ACESSOS],
    Assunto.PROCESSO: _BACK_OFFICE,
    Assunto.EXECUCAO: _BACK_OFFICE,
}


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may see an event: people of these perfis, and these people whatever their perfil (a venda's seller)."""

    perfis: frozenset[Perfil] = frozenset()
    usuario_ids: frozenset[UUID] = frozenset()

    @classmethod
    def of(cls, assunto: Assunto, *usuario_ids: UUID) -> "Audience":
        """The perfis that may see this subject, and whom the event is about."""
        return cls(SEEN_BY[assunto], frozenset(usuario_ids))

    def includes(self, usuario_id: UUID, perfil: Perfil) -> bool:
        return perfil in self.perfis or usuario_id in self.usuario_ids


async def publish(tx: Transaction, event: str, data: dict[str, Any], *, audience: Audience, lane: str) -> None:
    """Have an event heard of when this turn commits. Events of one lane keep their order.

    `data` is ready for JSON. `lane` begins with `live:` and names what the event is about by an id of ours, never by
    a phone: the lane's name passes through Redis when a worker is woken.
    """
    await write_command(tx, _event(event, data, audience), lane=lane)


def _event(event: str, data: dict[str, Any], audience: Audience) -> PublishEvent:
    perfis, usuario_ids = tuple(sorted(audience.perfis)), tuple(sorted(audience.usuario_ids))
    # Not the outbox's own number: a database that was restored gives those again.
    return PublishEvent(uuid4().hex, event, data, perfis, usuario_ids)


@lru_cache(4096)
def as_timestamp(moment: datetime, to_the: str = "seconds") -> str:
    """A moment as events carry it: `2025-10-11T21:00:00Z` (reference: presenca-atendente, section 5).

    Most are written again and again (since when somebody is registered), and to write one takes ten times as long as to
    look it up.
    """
    return moment.astimezone(UTC).isoformat(timespec=to_the).replace("+00:00", "Z")


async def publish_venda(tx: Transaction, event: str, venda_id: UUID, vendedor_id: UUID, **data: Any) -> None:
    """An event of a venda. What the robot asks and what the seller answers is never part of it."""
    body = {"venda_id": str(venda_id), "vendedor_id": str(vendedor_id), **data, "timestamp": as_timestamp(tx.now)}
    audience = Audience.of(Assunto.VENDA, vendedor_id)
    await publish(tx, event, body, audience=audience, lane=f"live:venda:{venda_id}")


async def publish_logins(tx: Transaction, event: str, logins: Iterable[tuple[UUID, dict[str, Any]]]) -> None:
    """The same event of BackOffice logins of the pool, with what each has to say; all of them are one call."""
    timestamp, perfis = as_timestamp(tx.now), tuple(sorted(SEEN_BY[Assunto.POOL]))
    # Not a random one for each: the kernel is asked for every one of them.
    chave = uuid4().hex
    events = tuple(
        PublishEvent(f"{chave}.{n}", event, {"bo_usuario_id": str(login_id), **data, "timestamp": timestamp}, perfis)
        for n, (login_id, data) in enumerate(logins)
    )
    if events:
        await write_command(tx, PublishEvents(events), lane="live:pool")


async def publish_processo(tx: Transaction, event: str, processo: Processo, **data: Any) -> None:
    """An event of a processo: where it stands, and never what its file says."""
    body = {
        "processo_id": str(processo.id),
        "cliente_id": str(processo.cliente_id),
        "mes_ano": processo.mes_ano,
        "operadora": processo.operadora,
        "status_processo": processo.status_processo,
        "versao": processo.versao,
        **data,
        "timestamp": as_timestamp(tx.now),
    }
    await publish(tx, event, body, audience=Audience.of(Assunto.PROCESSO), lane=f"live:processo:{processo.id}")


async def publish_execucao(tx: Transaction, event: str, execucao: Execucao, **data: Any) -> None:
    """An event of an execucao. What a robot asks and what it is answered is never part of it."""
    body = {
        "execucao_id": str(execucao.id),
        "processo_id": str(execucao.processo_id),
        "tipo_execucao": execucao.tipo_execucao,
        "numero_tentativa": execucao.numero_tentativa,
        "job_id": execucao.job_id,
        **data,
        "timestamp": as_timestamp(tx.now),
    }
    await publish(tx, event, body, audience=Audience.of(Assunto.EXECUCAO), lane=f"live:processo:{execucao.processo_id}")
