"""Whether the chain of the audit holds: which row was changed by hand, which is missing, which is one too many."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.auditoria.auditoria import digest
from storage.auditoria.tipos import TipoQuebra
from storage.tables import auditoria, auditoria_cabeca

BEGINNING = "0" * 64
_BATCH = 2000
# As many are named; after that one knows.
NAMED = 20


@dataclass(frozen=True, slots=True)
class CabecaDaAuditoria:
    """How far the audit is: the number and the hash of its last row. With them, nothing before it changes unseen."""

    numero: int
    hash: str


@dataclass(frozen=True, slots=True)
class Quebra:
    """Rows `numero` to `ate`, and what is wrong with them."""

    tipo: TipoQuebra
    numero: int
    ate: int


@dataclass(slots=True)
class Conferencia:
    """How many rows were looked at, and where the chain is broken."""

    linhas: int = 0
    ultima: int = 0
    hash: str = BEGINNING
    quebras: list[Quebra] = field(default_factory=list)

    def take(self, row: Row[Any]) -> None:
        """Hold the next row against the one before it."""
        follows = row.numero == self.ultima + 1
        if not follows:
            self._note(TipoQuebra.FALTA, self.ultima + 1, row.numero - 1)
        if digest(row._asdict()) != row.hash:
            self._note(TipoQuebra.MUDADA, row.numero)
        elif follows and row.anterior != self.hash:
            # The one before was changed and sealed anew: only this one, which knew it as it was, can tell.
            self._note(TipoQuebra.MUDADA, self.ultima or row.numero)
        self.linhas += 1
        self.ultima, self.hash = row.numero, row.hash

    def ends(self, numero: int, hash_: str) -> None:
        """Hold the last row against what the head says."""
        if self.ultima < numero:
            self._note(TipoQuebra.FALTA, self.ultima + 1, numero)
        elif self.ultima > numero:
            self._note(TipoQuebra.SOBRA, numero + 1, self.ultima)
        elif self.hash != hash_:
            self._note(TipoQuebra.MUDADA, numero)

    def _note(self, tipo: TipoQuebra, numero: int, ate: int | None = None) -> None:
        found = Quebra(tipo, numero, numero if ate is None else ate)
        if found not in self.quebras and len(self.quebras) < NAMED:
            self.quebras.append(found)


async def head_of(connection: AsyncConnection) -> CabecaDaAuditoria:
    """The head of the audit at this moment."""
    head = (await connection.execute(select(auditoria_cabeca).where(auditoria_cabeca.c.id == 1))).first()
    return CabecaDaAuditoria(0, BEGINNING) if head is None else CabecaDaAuditoria(head.numero, head.hash)


async def check_chain(connection: AsyncConnection) -> Conferencia:
    """Read the whole audit, oldest first, in pieces: some 15,000 rows a second."""
    found = Conferencia()
    async for rows in _pieces(connection):
        for row in rows:
            found.take(row)
    head = await head_of(connection)
    # What was added between the last piece and this.
    async for rows in _pieces(connection, found.ultima, head.numero):
        for row in rows:
            found.take(row)
    found.ends(head.numero, head.hash)
    return found


async def _pieces(
    connection: AsyncConnection, after: int = 0, until: int | None = None
) -> AsyncIterator[Iterator[Row[Any]]]:
    statement = select(auditoria).order_by(auditoria.c.numero).limit(_BATCH)
    if until is not None:
        statement = statement.where(auditoria.c.numero <= until)
    while True:
        rows = (await connection.execute(statement.where(auditoria.c.numero > after))).all()
        if rows:
            yield iter(rows)
            after = rows[-1].numero
        if len(rows) < _BATCH:
            return
