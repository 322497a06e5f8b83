"""To whom a schedule sends the month's report: people of a perfil, or those whose phones it names."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from core.commands.base import write_command
from core.commands.relatorio import MakeRelatorioMes
from core.telefones import same_person_forms
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


async def enviar_relatorios(tx: Transaction, mes_ano: str, para: Sequence[str]) -> Enviados:
    """Have the report made for each of them, once, where they were last seen."""
    done = Enviados()
    for usuario_id in await _people(tx, para, done):
        contato = await newest_contato_of(tx, usuario_id)
        if contato is None:
            done.sem_conversa += 1
            continue
        await write_command(tx, MakeRelatorioMes(contato.id, contato.idioma, mes_ano, agendado=True))
        done.pessoas += 1
    return done


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
