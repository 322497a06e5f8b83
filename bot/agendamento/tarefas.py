"""What the types of schedules do. Each returns what it did, for the run's row and for whoever is told."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.agendamento.limpeza import clean_up
from bot.backup.copies import Backups
from bot.turn import Turns
from core.agendamento.relatorios import Enviados, enviar_relatorios, periodo_de
from core.commands.backup import ProveBackup
from core.commands.base import write_command
from core.processo.downloads import paradas, pedir_lote
from core.processo.mensais import criar_lote, month_of
from core.relatorio.pedido import Assunto
from core.testemunha.meses import Mes
from dialogs.agendamento.frases import no_robot, nobody_to_tell
from dialogs.backup import frases
from storage.agendamento.tipos import TipoAgendamento
from storage.backup.problems import BackupError
from storage.contatos.conversas import mark_event
from storage.objects import ObjectStoreError
from storage.operadora.operadoras import operadoras_by_codigo
from storage.processo.downloads import count_downloads
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Corrida:
    """A run. By its id one that is done again finds what it did.

    `devido_em`: the day, the week, the month that it is about are those of this moment, however late it is done.
    """

    id: UUID
    devido_em: datetime


Tarefa = Callable[[dict[str, Any], Corrida], Awaitable[dict[str, Any]]]


class TarefaFalhou(Exception):
    """It did not work, and another try would not change that; the text is for people."""


def make_tarefas(
    turns: Turns, backups: Backups, zone: ZoneInfo, retencao: Mapping[str, int]
) -> Mapping[TipoAgendamento, Tarefa]:
    """Who does what; a type without anybody is one whose runs fail and say so."""

    async def backup(parametros: dict[str, Any], _run: Corrida) -> dict[str, Any]:
        return await _backup(turns, backups, restaurar=parametros.get("restaurar", True))

    async def limpeza(parametros: dict[str, Any], _run: Corrida) -> dict[str, Any]:
        gone = await clean_up(turns, parametros.get("dias"), retencao)
        return {"apagadas": sum(gone.values()), **gone}

    async def processos(parametros: dict[str, Any], run: Corrida) -> dict[str, Any]:
        mes_ano, competencia = month_of(parametros["mes"], run.devido_em, zone)
        made, after, codigos = 0, None, parametros["operadoras"]
        while True:
            count, after = await turns.run(
                lambda tx, after=after: criar_lote(tx, mes_ano, competencia, codigos, after)  # type: ignore[misc]
            )
            made += count
            if after is None:
                break
        return {"mes": mes_ano, "criados": made}

    async def downloads(parametros: dict[str, Any], run: Corrida) -> dict[str, Any]:
        return await _downloads(turns, zone, parametros, run)

    async def relatorios(parametros: dict[str, Any], run: Corrida) -> dict[str, Any]:
        return await _relatorios(turns, zone, parametros, run)

    return {
        TipoAgendamento.ENVIAR_RELATORIOS: relatorios,
        TipoAgendamento.EXECUTAR_DOWNLOADS: downloads,
        TipoAgendamento.CRIAR_PROCESSOS_MENSAIS: processos,
        TipoAgendamento.BACKUP_DADOS: backup,
        TipoAgendamento.BACKUP_DIARIO_BD: backup,
        TipoAgendamento.LIMPEZA_LOGS: limpeza,
    }


async def _downloads(turns: Turns, zone: ZoneInfo, parametros: dict[str, Any], run: Corrida) -> dict[str, Any]:
    """Robots for what waits. What was counted is said: asked for, there already, and why others were not asked for."""
    codigos, now = parametros["operadoras"], turns.now()
    known = await turns.run(lambda tx: operadoras_by_codigo(tx.connection, codigos))
    with_robot = [one for one in known if one.possui_rpa and one.status_ativo]
    if not with_robot:
        raise TarefaFalhou(no_robot(codigos))
    mes = Mes.of(month_of(parametros.get("mes", "atual"), run.devido_em, zone)[0])
    janela = timedelta(minutes=parametros["janela_minutos"])
    before = await turns.run(lambda tx: count_downloads(tx.connection, mes.competencia, codigos))
    asked, after = 0, None
    while True:
        lote = await turns.run(lambda tx, after=after: pedir_lote(tx, mes, codigos, now, janela, after))  # type: ignore[misc]
        asked, after = asked + lote.pedidos, lote.ultimo
        if after is None:
            break
    return {
        "mes": str(mes),
        "pedidos": asked,
        "ja_baixadas": before.ja_baixadas,
        "em_andamento": before.em_andamento,
        "login_recusado": before.recusadas,
        "em_pausa": paradas(with_robot, now),
        "sem_robo": sorted({*codigos} - {one.codigo for one in with_robot}),
    }


async def _relatorios(turns: Turns, zone: ZoneInfo, parametros: dict[str, Any], run: Corrida) -> dict[str, Any]:
    """What is reported of is said with the run, and of when. Asked for once, however often the run is done."""
    # Schedules of before there were others know no `assunto`.
    assunto = Assunto(parametros.get("assunto", Assunto.FATURAS))
    periodo = periodo_de(parametros["periodo"], assunto, run.devido_em.astimezone(zone).date())

    async def send(tx: Transaction) -> Enviados:
        is_first = await mark_event(tx, "agendamento", f"relatorios:{run.id}")
        return await enviar_relatorios(tx, assunto, periodo, parametros["para"], counted_only=not is_first)

    sent = await turns.run(send)
    if not sent.pessoas:
        raise TarefaFalhou(nobody_to_tell(parametros["para"]))
    which = {"mes": str(periodo)} if assunto is Assunto.FATURAS else {"assunto": assunto.value, "periodo": str(periodo)}
    return which | {name: getattr(sent, name) for name in Enviados.__slots__}


async def _backup(turns: Turns, backups: Backups, *, restaurar: bool) -> dict[str, Any]:
    try:
        manifest = await backups.make()
    except BackupError as error:
        raise TarefaFalhou(frases.failed(error)) from error
    done: dict[str, Any] = {"nome": manifest.nome, "linhas": manifest.total, "bytes": manifest.tamanho_selado}
    if not restaurar:
        return done
    try:
        proved = await backups.prove(manifest)
    except BackupError as error:
        raise TarefaFalhou(frases.not_proved(error)) from error
    except ObjectStoreError as error:
        # Kept, and not made again for that: it is proved once the store is back.
        await turns.run(lambda tx: write_command(tx, ProveBackup(manifest.nome)))
        raise TarefaFalhou(frases.not_proved_yet()) from error
    assert proved.prova is not None
    old = []
    # What is left goes with the next one.
    with suppress(ObjectStoreError):
        old = await backups.forget_old()
    return done | {"restaurado_em_segundos": proved.prova.segundos, "apagados": len(old)}
