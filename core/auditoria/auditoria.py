"""What people did that counts, written down where it is done; the rows are chained when the turn ends."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from core.secret_names import without_numbers
from storage.auditoria.auditoria import acted_since, note
from storage.auditoria.tipos import Ato
from storage.transaction import Transaction

MOTIVO_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Autor:
    """Who does it, and by which channel; without `usuario_id` the command line or the clock."""

    canal: str
    usuario_id: UUID | None = None


LINHA_DE_COMANDO = Autor("linha_de_comando")
# The settings of this installation.
CONFIGURACAO = Autor("configuracao")
# A program with an api-key.
API = Autor("api")
# Of what is handed to robots: `Autor(ROBO, …)`.
ROBO = "rpa"
# Opened again before that, it is the same reading: pages load themselves anew.
MESMA_LEITURA = timedelta(hours=1)

# In the place of the changed columns of what is new, and of what is gone.
CRIADO = "criado"
EXCLUIDO = "excluido"


def registrar(
    tx: Transaction,
    ato: Ato,
    autor: Autor,
    *,
    alvo: str | None = None,
    motivo: str | None = None,
    **detalhe: str | int | bool | Sequence[str] | None,
) -> None:
    """Write one act down, with the turn or not at all.

    `alvo`: what it is done to, as `usuario:UUID`. Nothing of it is a secret or a phone: people are named by their id,
    and a reason that somebody typed loses its long numbers.
    """
    said = {name: value for name, value in detalhe.items() if value is not None}
    note(
        tx,
        usuario_id=autor.usuario_id,
        canal=autor.canal,
        acao=ato.value,
        alvo=alvo,
        motivo=None if motivo is None else without_numbers(motivo.strip())[:MOTIVO_LIMIT],
        # As it is read again.
        detalhe=json.loads(json.dumps(said)) or None,
    )


async def abriu_ha_pouco(connection: AsyncConnection, autor: Autor, alvo: str, now: datetime) -> bool:
    """Whether the audit has it already that this person opened it."""
    who = autor.usuario_id
    return who is not None and await acted_since(connection, who, Ato.ABRIR, alvo, now - MESMA_LEITURA)


async def registrar_abertura(tx: Transaction, autor: Autor, alvo: str, o_que: str) -> None:
    """Somebody opens what is another person's: before any of it is shown, and once for one reading."""
    if not await abriu_ha_pouco(tx.connection, autor, alvo, tx.now):
        registrar(tx, Ato.ABRIR, autor, alvo=alvo, o_que=o_que)


def registrar_cadastro(tx: Transaction, ato: Ato, autor: Autor, alvo: UUID | int, campos: Sequence[str]) -> None:
    """Something of the registers was made (`[CRIADO]`) or changed: which columns, never what they hold."""
    registrar(tx, ato, autor, alvo=f"{ato.value.lower()}:{alvo}", campos=list(campos))


def registrar_usuario(tx: Transaction, autor: Autor, usuario_id: UUID, campos: Sequence[str]) -> None:
    """Somebody was registered (`[CRIADO]`) or changed."""
    registrar_cadastro(tx, Ato.USUARIO, autor, usuario_id, campos)
