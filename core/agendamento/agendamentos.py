"""Schedules made, changed, paused, run now and removed. Whoever asks has the right to; that is checked outside."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from core.agendamento.cron import check_cron
from core.agendamento.nomeados import that_there_are
from core.agendamento.parametros import check_parametros
from core.auditoria.auditoria import CRIADO, EXCLUIDO, LINHA_DE_COMANDO, Autor, registrar, registrar_cadastro
from core.auditoria.visto import Visto
from core.commands.agendamento import RunAgendamento
from core.commands.base import write_command
from storage.agendamento.agendamentos import (
    Agendamento,
    add_agendamento,
    agendamento_by_id,
    change_agendamento,
    lock_agendamento,
    name_is_taken,
    remove_agendamento,
)
from storage.agendamento.execucoes import ExecucaoAgendamento, add_execucao_agendamento, asked_since
from storage.agendamento.tipos import StatusExecucao, TipoAgendamento
from storage.auditoria.tipos import Ato
from storage.ocorrencias import record
from storage.transaction import Transaction

# What is usual, for `balcao agendamentos padrao`; the names are those that people see.
PADRAO: tuple[tuple[str, str, TipoAgendamento, dict[str, Any]], ...] = (
    ("Backup diário", "0 2 * * *", TipoAgendamento.BACKUP_DIARIO_BD, {}),
    ("Limpeza semanal", "0 3 * * 0", TipoAgendamento.LIMPEZA_LOGS, {}),
    ("Processos do mês", "0 6 1 * *", TipoAgendamento.CRIAR_PROCESSOS_MENSAIS, {}),
)

# What changes these begins anew: instants of before are not made up.
_BEGINS_ANEW = frozenset({"cron_expressao", "status_ativo"})


class AgendamentoRepetido(Exception):
    """Another schedule has this name."""


async def criar(tx: Transaction, values: dict[str, Any], por: Autor) -> Agendamento:
    """A new schedule, in force from now on. Raises InvalidCron, ParametroInvalido, AgendamentoRepetido."""
    row = _checked(values) | {"id": uuid4(), "criado_por": por.usuario_id}
    row["parametros_execucao"] = await that_there_are(tx, row["parametros_execucao"])
    if not await add_agendamento(tx, row):
        raise AgendamentoRepetido(row["nome_agendamento"])
    await record(tx, "agendamento_criado", str(row["id"]), por=_name(por))
    registrar_cadastro(tx, Ato.AGENDAMENTO, por, row["id"], [CRIADO])
    made = await agendamento_by_id(tx.connection, row["id"])
    assert made is not None
    return made


async def mudar(
    tx: Transaction, agendamento_id: UUID, values: dict[str, Any], por: Autor, visto: Visto | None = None
) -> Agendamento | None:
    """Change what is named; None when there is none. Raises as `criar` does; `MudouDepois` when it is not any more
    what whoever changes it saw.

    A new expression, or resuming, is in force from now on.
    """
    before = await lock_agendamento(tx, agendamento_id)
    if before is None:
        return None
    if visto is not None:
        visto.check(before)
    known = ("nome_agendamento", "descricao", "cron_expressao", "tipo_agendamento", "parametros_execucao")
    merged = {name: getattr(before, name) for name in (*known, "status_ativo")} | values
    if "tipo_agendamento" in values and "parametros_execucao" not in values:
        merged["parametros_execucao"] = {}
    row = _checked(merged)
    # Of what stays as it is, somebody may have left since: that is for a run to say.
    if "parametros_execucao" in values:
        row["parametros_execucao"] = await that_there_are(tx, row["parametros_execucao"])
    if await name_is_taken(tx, row["nome_agendamento"], agendamento_id):
        raise AgendamentoRepetido(row["nome_agendamento"])
    if any(row[name] != getattr(before, name) for name in _BEGINS_ANEW):
        row["em_vigor_desde"] = tx.now
    await change_agendamento(tx, agendamento_id, row)
    await record(tx, "agendamento_mudado", str(agendamento_id), por=_name(por), campos=sorted(values))
    if campos := sorted(name for name in merged if row[name] != getattr(before, name)):
        registrar_cadastro(tx, Ato.AGENDAMENTO, por, agendamento_id, campos)
    return await agendamento_by_id(tx.connection, agendamento_id)


async def excluir(tx: Transaction, agendamento_id: UUID, por: Autor) -> bool:
    """Remove it and its runs; whether it was there. A run that is being made ends, and nobody hears of it."""
    removed = await remove_agendamento(tx, agendamento_id)
    if removed:
        await record(tx, "agendamento_excluido", str(agendamento_id), por=_name(por))
        registrar_cadastro(tx, Ato.AGENDAMENTO, por, agendamento_id, [EXCLUIDO])
    return removed


async def executar_agora(tx: Transaction, agendamento_id: UUID, por: Autor) -> UUID | None:
    """Have it run now, paused or not; the run's id, None when there is no such schedule."""
    if await agendamento_by_id(tx.connection, agendamento_id) is None:
        return None
    execucao_id = uuid4()
    devido_em = tx.now
    row = {
        "id": execucao_id,
        "agendamento_id": agendamento_id,
        "status": StatusExecucao.PENDENTE,
        "pedida_por": por.usuario_id,
    }
    while not await add_execucao_agendamento(tx, row | {"devido_em": devido_em}):
        # It is due at this very moment, or somebody else asks for it in the same one.
        devido_em += timedelta(microseconds=1)
    await write_command(tx, RunAgendamento(agendamento_id, execucao_id))
    await record(tx, "agendamento_executado", str(agendamento_id), por=_name(por))
    registrar(tx, Ato.AGENDAMENTO, por, alvo=f"agendamento:{agendamento_id}", o_que="executar")
    return execucao_id


async def ja_pedida(tx: Transaction, agendamento_id: UUID, mostrado_em: datetime) -> ExecucaoAgendamento | None:
    """The run that somebody asked for since the button was shown: a second tap is no second wish.

    It locks the schedule, so that of two taps at once the later one sees what the first one did.
    """
    await lock_agendamento(tx, agendamento_id)
    return await asked_since(tx.connection, agendamento_id, mostrado_em)


async def criar_padrao(tx: Transaction, nomes: Collection[str] | None = None) -> list[Agendamento]:
    """Those of the usual ones whose names are free; with `nomes` no other ones."""
    made = []
    for nome, cron, tipo, parametros in PADRAO:
        if nomes is not None and nome not in nomes:
            continue
        values = {
            "nome_agendamento": nome,
            "cron_expressao": cron,
            "tipo_agendamento": tipo,
            "parametros_execucao": parametros,
        }
        try:
            made.append(await criar(tx, values, LINHA_DE_COMANDO))
        except AgendamentoRepetido:
            continue
    return made


def _name(por: Autor) -> str:
    return str(por.usuario_id or por.canal)


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    tipo = TipoAgendamento(values["tipo_agendamento"])
    return {
        **values,
        "cron_expressao": check_cron(values["cron_expressao"]),
        "tipo_agendamento": tipo.value,
        "parametros_execucao": check_parametros(tipo, dict(values.get("parametros_execucao") or {})),
    }
