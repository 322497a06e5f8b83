"""What robots say, without the passwords that they were given: the one door of all their texts."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from core.commands.base import read_command
from core.commands.processo import StartExecucao
from core.commands.venda import StartRobot
from core.secret_names import Valores
from core.venda.robo import STARTS, RobotEvent
from storage.robo.segredos import Selada, seladas_of_execucoes, seladas_of_vendas, starts_under_way
from storage.secrets import SecretUnreadable
from storage.transaction import Transaction

# What a robot names and we hand back or follow, and what a result is read from: what is there by chance has to stay.
_READ = frozenset(
    {"pergunta_id", "id", "tipo", "url", "s3_key", "nome_arquivo", "valor", "data_vencimento", "numero_pedido"}
    | {"timestamp", "level", "codigo", "percentual"}
)


async def hidden(tx: Transaction, event: RobotEvent) -> RobotEvent:
    """The event as it may be kept, logged and shown: known passwords are masked wherever they stand."""
    if not event.data:
        return event
    valores = Valores(_opened(tx, await _given(tx, event)))
    return replace(event, data=_without(event.data, valores)) if valores else event


async def _given(tx: Transaction, event: RobotEvent) -> list[Selada]:
    """What this robot was given; of a job that is unknown, what those have that are being started."""
    given: list[Selada] = []
    if event.execucao_id is None:
        given += await seladas_of_vendas(tx, [event.venda_id] if event.venda_id else [], event.job_id)
    if not given or event.execucao_id is not None:
        given += await seladas_of_execucoes(tx, [event.execucao_id] if event.execucao_id else [], event.job_id)
    return given or await _of_starts(tx)


async def _of_starts(tx: Transaction) -> list[Selada]:
    params = await starts_under_way(tx, [(kind.target, kind.method) for kind in STARTS])
    vendas = [read_command(StartRobot, one).venda_id for one in params if "venda_id" in one]
    execucoes = [read_command(StartExecucao, one).execucao_id for one in params if "execucao_id" in one]
    given = await seladas_of_vendas(tx, vendas) if vendas else []
    return given + (await seladas_of_execucoes(tx, execucoes) if execucoes else [])


def _opened(tx: Transaction, seladas: Sequence[Selada]) -> set[str]:
    """One that no key opens was given to nobody."""
    opened = set()
    for one in seladas:
        if one.texto is None:
            continue
        with suppress(SecretUnreadable):
            opened.add(tx.secrets.open(one.texto, one.tabela, one.coluna, one.id))
    return opened


def _without(said: Any, valores: Valores, name: str = "") -> Any:
    if isinstance(said, dict):
        return {valores.hidden_in(key): _without(one, valores, key) for key, one in said.items()}
    if isinstance(said, list):
        return [_without(one, valores, name) for one in said]
    if isinstance(said, bool) or not isinstance(said, str | int | float):
        return said
    hidden_ = valores.hidden_in(str(said), read_by_us=name in _READ)
    return said if hidden_ == str(said) else hidden_
