"""One engine for imports: a file read a piece at a time, each piece a turn; what is refused keeps nothing else out."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Generic, Self, TypeVar

from bot.importacao.cadastros import Cadastro
from bot.turn import Turns
from core.auditoria.auditoria import LINHA_DE_COMANDO, Autor
from core.planilha.abertura import open_file
from core.planilha.importacao import Importacao
from core.planilha.planilhas import Linha, Planilha
from storage.transaction import Transaction

CHUNK = 2_000
"""Rows of one turn: long enough to be fast, short enough that the running service hardly waits."""

Tell = Callable[[int, int], None]
"""Hears how many rows are through, and about how many there are; 0 where nobody knows."""
OnPiece = Callable[[Planilha[Any], Importacao], None]
"""Gets each piece with its refused rows, and what became of the others; what it does not keep is gone."""
OnWay = Callable[[int], Awaitable[None]]
"""Hears between two pieces how many rows are through."""
Keep = Callable[[Transaction, int, "Feito"], Awaitable[bool]]
"""Writes down, in the transaction of a piece, that this many pieces were in before it, and what this one brings."""
T = TypeVar("T")


class BroughtByAnother(Exception):
    """Somebody else goes on with this import."""


@dataclass(slots=True)
class Feito:
    """What an import did, or would have done. `kept`: whether it did."""

    criados: int = 0
    alterados: int = 0
    sem_mudanca: int = 0
    recusadas: int = 0
    # Of those that are known: deactivated before, and still.
    desativados: int = 0
    # Hidden in the file.
    ocultas: int = 0
    kept: bool = True
    cabecalho: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.criados + self.alterados + self.sem_mudanca + self.recusadas


class _NotKept(Exception):
    """Rolls an import back."""


@dataclass(slots=True)
class Motor:
    """Imports files of one service. `turns`: whoever makes turns here."""

    turns: Turns

    async def run(
        self,
        cadastro: Cadastro[T],
        file: BinaryIO,
        *,
        simular: bool = False,
        tudo_ou_nada: bool = False,
        por: Autor = LINHA_DE_COMANDO,
        on_piece: OnPiece = lambda planilha, done: None,
        tell: Tell = lambda rows, total: None,
        on_way: OnWay | None = None,
        keep: Keep | None = None,
        pecas: int = 0,
    ) -> Feito:
        """Import the file, or with `simular` say what would come of it.

        `on_way` hears of each piece when it is through. `keep` hears of it within its transaction, and says False when
        another process has brought it: then `BroughtByAnother` is raised. `pecas`: how many an earlier run brought;
        they are read again, and not written.
        With `tudo_ou_nada` all rows are one transaction, of which nothing is kept when one is refused (on SQLite a
        running service waits for it: 100,000 rows take seconds). Raises PlanilhaError.
        """
        job = _Job(cadastro, file, por, on_piece, tell, keep, pecas)
        if tudo_ou_nada and not simular:
            if await asyncio.to_thread(job.has_refused):
                return await self._in_pieces(job, simular=True)
            return await self._at_once(job)
        return await self._in_pieces(job, simular=simular, on_way=on_way)

    async def _in_pieces(self, job: "_Job[Any]", *, simular: bool, on_way: OnWay | None = None) -> Feito:
        async with _Ahead(job.opened()) as pieces:
            while (piece := await pieces.next()) is not None:
                part = await self.turns.run(lambda tx, piece=piece: job.bring(tx, piece, simular=simular))  # type: ignore[misc]
                job.done(piece, part)
                if on_way is not None:
                    await on_way(job.feito.total)
        job.feito.kept = not simular
        return job.feito

    async def _at_once(self, job: "_Job[Any]") -> Feito:
        async def work(tx: Transaction) -> None:
            pieces = job.opened()
            while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
                job.done(piece, await job.import_rows(tx, piece, simular=False))
            if job.feito.recusadas:
                raise _NotKept

        try:
            await self.turns.run(work)
        except _NotKept:
            job.feito.kept = False
        return job.feito


class _Ahead:
    """Reads the next piece in a thread while the one before it is written: the database and we work at once."""

    def __init__(self, pieces: Iterator[Planilha[Linha]]) -> None:
        self._pieces = pieces

    async def __aenter__(self) -> Self:
        self._coming = self._read()
        return self

    async def __aexit__(self, *error: object) -> None:
        # The file may be closed when this returns: nobody reads it any more.
        await asyncio.gather(self._coming, return_exceptions=True)

    async def next(self) -> Planilha[Linha] | None:
        """The next piece; None behind the last. Raises PlanilhaError."""
        piece = await self._coming
        if piece is not None:
            self._coming = self._read()
        return piece

    def _read(self) -> asyncio.Future[Planilha[Linha] | None]:
        return asyncio.get_running_loop().run_in_executor(None, lambda: next(self._pieces, None))


class _Job(Generic[T]):
    """One import on its way: what is through, and what later rows have to know of it."""

    def __init__(
        self,
        cadastro: Cadastro[T],
        file: BinaryIO,
        por: Autor,
        on_piece: OnPiece,
        tell: Tell,
        keep: Keep | None,
        before: int,
    ) -> None:
        self._keep = keep
        self._brought_before = before
        self._through = 0
        self.feito = Feito()
        self._cadastro = cadastro
        self._file = file
        self._por = por
        self._on_piece = on_piece
        self._tell = tell

    def opened(self) -> Iterator[Planilha[Linha]]:
        """The file from its first row; a turn that is made again begins anew."""
        self._file.seek(0)
        leitura = open_file(self._file, self._cadastro.columns)
        self._total = leitura.total
        self.feito, self._before = Feito(cabecalho=leitura.cabecalho), Importacao()
        return leitura.chunks(CHUNK)

    def has_refused(self) -> bool:
        """Whether a row of the file cannot even be read."""
        return any(piece.recusadas for piece in self.opened())

    async def import_rows(self, tx: Transaction, piece: Planilha[Linha], *, simular: bool) -> Importacao:
        rows = [self._cadastro.row(linha.numero, **linha.valores) for linha in piece.linhas]
        return await self._cadastro.import_rows(tx, rows, self._before, simular=simular, por=self._por)

    async def bring(self, tx: Transaction, piece: Planilha[Linha], *, simular: bool) -> Importacao:
        """The piece, where no earlier run has brought it. Raises `BroughtByAnother`."""
        before = self._through < self._brought_before
        part = await self.import_rows(tx, piece, simular=simular or before)
        if self._keep is not None and not (simular or before):
            refused = len(piece.recusadas) + len(part.recusadas)
            brings = Feito(part.criados, part.alterados, part.sem_mudanca, refused)
            if not await self._keep(tx, self._through, brings):
                raise BroughtByAnother
        return part

    def done(self, piece: Planilha[Linha], part: Importacao) -> None:
        """This piece is through."""
        self._through += 1
        for numero, motivo in part.recusadas:
            piece.refuse(numero, motivo)
        feito = self.feito
        feito.criados += part.criados
        feito.alterados += part.alterados
        feito.sem_mudanca += part.sem_mudanca
        feito.recusadas += len(piece.recusadas)
        feito.desativados += len(part.desativadas)
        feito.ocultas += piece.ocultas
        self._on_piece(piece, part)
        # What was refused is with whoever wants it.
        part.recusadas = []
        self._before.add(part)
        self._tell(feito.total, self._total)
