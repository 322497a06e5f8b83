"""To whom a schedule sends a report, and of when: people of a perfil, or those whose phones it names."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from core.commands.base import write_command
from core.commands.relatorio import MakeRelatorioEquipe, MakeRelatorioMes
from core.relatorio.pedido import Assunto
from core.relatorio.periodo import Periodo
from core.telefones import same_person_forms
from core.testemunha.meses import Mes
from storage.contatos.contatos import newest_contato_of
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import active_of_perfil, active_perfis, usuarios_by_phones
from storage.transaction import Transaction

MOST = 100
"""People of one perfil who get it."""


@dataclass(slots=True)
class Enviados:
    """`pessoas`: whose report is being made. `sem_conversa`: registered, and never seen on a channel."""

    pessoas: int = 0
    sem_conversa: int = 0
    desconhecidos: list[str] = field(default_factory=list)


async def enviar_relatorios(
    tx: Transaction, assunto: Assunto, periodo: Periodo, para: Sequence[str], *, counted_only: bool = False
) -> Enviados:
    """Have the report made for each of them, once, where they were last seen; that of FATURAS is of a month.

    `counted_only`: it was asked for before, and only who they are is not known any more.
    """
    done = Enviados()
    for usuario_id in await _people(tx, para, done):
        contato = await newest_contato_of(tx, usuario_id)
        if contato is None:
            done.sem_conversa += 1
            continue
        if not counted_only:
            await write_command(tx, _command(contato.id, contato.idioma, assunto, periodo))
        done.pessoas += 1
    return done


def periodo_de(quando: str, assunto: Assunto, hoje: date) -> Periodo:
    """What a schedule reports of: the day, week or month before. Of invoices the month that lives, unless by month."""
    if quando == "mensal":
        return Periodo.of_month(Mes.of_date(hoje).plus(-1))
    if assunto is Assunto.FATURAS:
        return Periodo.of_month(Mes.of_date(hoje))
    yesterday = hoje - timedelta(days=1)
    return Periodo.of_week(hoje - timedelta(weeks=1)) if quando == "semanal" else Periodo(yesterday, yesterday)


def _command(
    contato_id: int, idioma: str, assunto: Assunto, periodo: Periodo
) -> MakeRelatorioMes | MakeRelatorioEquipe:
    if assunto is Assunto.FATURAS:
        return MakeRelatorioMes(contato_id, idioma, str(Mes.of_date(periodo.de)), agendado=True)
    return MakeRelatorioEquipe(contato_id, idioma, assunto.value, periodo.de, periodo.ate)


async def _people(tx: Transaction, para: Sequence[str], done: Enviados) -> list[UUID]:
    """Everybody who is named, in order, each once; only people who are active."""
    found: dict[UUID, None] = {}
    for named in para:
        if named.upper() in Perfil.__members__:
            found |= dict.fromkeys(row.id for row in await active_of_perfil(tx.connection, named.upper(), MOST))
            continue
        rows = await usuarios_by_phones(tx, [named, *same_person_forms(named)])
        ids = [row.id for row in rows.values()]
        active = await active_perfis(tx.connection, ids)
        if not active:
            done.desconhecidos.append(named)
        found |= dict.fromkeys(active)
    return list(found)
