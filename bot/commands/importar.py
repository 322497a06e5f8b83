"""`balcao importar`: a CSV file into the database, with progress, and the refused rows in a file beside it."""

import os
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from bot.commands.expected import CommandError
from bot.commands.turns import command_turns
from bot.turn import Turns
from core.consultor.importacao import ConsultorRow, import_consultores, read_consultores
from core.pessoa.importacao import import_usuarios
from core.planilha.importacao import Importacao
from core.planilha.planilhas import Planilha, PlanilhaError, UsuarioRow, read_usuarios
from storage.transaction import Transaction

# Rows of one turn: long enough to be fast, short enough that the running service hardly waits.
CHUNK = 2_000

Tell = Callable[[int], None]
T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)


class ImportRows(Protocol[T_contra]):
    """Puts rows into the database, or with `simular` says only what would happen; `before`: the earlier ones."""

    def __call__(
        self, tx: Transaction, linhas: Sequence[T_contra], before: Importacao, *, simular: bool = False
    ) -> Awaitable[Importacao]: ...


@dataclass(frozen=True, slots=True)
class Cadastro(Generic[T]):
    """A kind of file (contract §7): what its rows are called, how it is read, and what its rows change."""

    nome: str
    read: Callable[[bytes], Planilha[T]]
    import_rows: ImportRows[T]


USUARIOS: Cadastro[UsuarioRow] = Cadastro("usuários", read_usuarios, import_usuarios)
CONSULTORES: Cadastro[ConsultorRow] = Cadastro("consultores", read_consultores, import_consultores)


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a file, for whoever sent it."""

    summary: str
    refused: int


class _NotKept(Exception):
    """Rolls an import back, and carries what it would have done."""

    def __init__(self, done: Importacao) -> None:
        super().__init__()
        self.done = done


async def import_file(cadastro: Cadastro[T], path: Path, *, simular: bool, tudo_ou_nada: bool) -> Report:
    """Import a file of this kind.

    Rows go in by chunks, and what is refused keeps nothing else out. With `tudo_ou_nada` all rows are one
    transaction, of which nothing is kept when one is refused (on SQLite a running service waits for it: 100,000
    rows take seconds); with `simular` nothing is kept in any case.
    Refused rows go to `NAME.recusadas.csv`, readable by its owner only: a row may hold a password.
    Raises CommandError when the file cannot be read, or the refused rows cannot be written.
    """
    planilha = _read(cadastro, path)
    kept = not simular and not (tudo_ou_nada and planilha.recusadas)
    async with command_turns() as (_, turns):
        with _progress(cadastro.nome, len(planilha.linhas)) as tell:
            if tudo_ou_nada and kept:
                done, kept = await _import_at_once(turns, cadastro, planilha, tell)
            else:
                done = await _import_in_chunks(turns, cadastro, planilha, tell, simular=not kept)
    for numero, motivo in done.recusadas:
        planilha.refuse(numero, motivo)
    summary = _summary(done, len(planilha.recusadas), simular=simular, kept=kept)
    if planilha.recusadas:
        summary += f"; recusadas em {_write_refused(path, planilha, summary)}"
    return Report(summary, len(planilha.recusadas))


async def _import_in_chunks(
    turns: Turns, cadastro: Cadastro[T], planilha: Planilha[T], tell: Tell, *, simular: bool
) -> Importacao:
    total = Importacao()
    for start, rows in _chunks(planilha.linhas):
        total.add(await turns.run(lambda tx, rows=rows: cadastro.import_rows(tx, rows, total, simular=simular)))  # type: ignore[misc]
        tell(start + len(rows))
    return total


async def _import_at_once(
    turns: Turns, cadastro: Cadastro[T], planilha: Planilha[T], tell: Tell
) -> tuple[Importacao, bool]:
    """What was done, or would have been, and whether it was kept."""

    async def work(tx: Transaction) -> Importacao:
        total = Importacao()
        for start, rows in _chunks(planilha.linhas):
            total.add(await cadastro.import_rows(tx, rows, total))
            tell(start + len(rows))
        if total.recusadas:
            raise _NotKept(total)
        return total

    try:
        return await turns.run(work), True
    except _NotKept as rolled_back:
        return rolled_back.done, False


def _chunks(linhas: Sequence[T]) -> Iterator[tuple[int, Sequence[T]]]:
    for start in range(0, len(linhas), CHUNK):
        yield start, linhas[start : start + CHUNK]


def _read(cadastro: Cadastro[T], path: Path) -> Planilha[T]:
    try:
        return cadastro.read(path.read_bytes())
    except PlanilhaError as error:
        raise CommandError(f"{path}: {error}") from None


def _summary(done: Importacao, refused: int, *, simular: bool, kept: bool) -> str:
    counts = (
        _counted(done.criados, "criado", "criados"),
        _counted(done.alterados, "alterado", "alterados"),
        f"{done.sem_mudanca} sem mudança",
        _counted(refused, "recusado", "recusados"),
    )
    what = "simulação, nada foi gravado: " if simular else "" if kept else "nada foi gravado: seriam "
    return what + ", ".join(counts)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _write_refused(path: Path, planilha: Planilha[Any], summary: str) -> Path:
    """`pessoas.csv` has its refused rows in `pessoas.recusadas.csv`; one of an earlier import is replaced."""
    target = path.with_name(f"{path.stem if path.suffix.lower() == '.csv' else path.name}.recusadas.csv")
    new = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(planilha.recusadas_csv())
        new.replace(target)
    except OSError as error:
        raise CommandError(f"{summary}; {target} não pôde ser gravado: {error.strerror}") from None
    return target


@contextmanager
def _progress(nome: str, total: int) -> Iterator[Tell]:
    """Tells how many rows are through, on a terminal."""
    if not sys.stderr.isatty():
        yield lambda rows: None
        return
    # Here, because it costs start-up time that a pipe need not pay.
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(nome, total=total)
        yield lambda rows: progress.update(task, completed=rows)
