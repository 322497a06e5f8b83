"""`balcao importar`: a file into the database, with progress, and the refused rows in a file beside it."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.commands.expected import CommandError
from bot.commands.turns import command_turns
from bot.importacao.cadastros import Cadastro
from bot.importacao.motor import Feito, Motor, Tell
from core.planilha.importacao import Importacao
from core.planilha.planilhas import OURS, CsvFile, Planilha, PlanilhaError

STDIN = Path("-")


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a file, for whoever sent it; the refused rows are in `refused_in`."""

    summary: str
    refused: int
    refused_in: Path | None = None


async def import_file(cadastro: Cadastro[Any], path: Path, *, simular: bool, tudo_ou_nada: bool) -> Report:
    """Import a CSV or a workbook of this kind, a piece at a time.

    What is refused keeps nothing else out; with `tudo_ou_nada` nothing is kept when a row is refused, with `simular`
    in no case. Refused rows go to `NAME.recusadas.csv`, readable by its owner only: a row may hold a password.
    Raises CommandError when the file cannot be read, or the refused rows cannot be written.
    """
    refused = Refused(path)
    try:
        with path.open("rb") as file:
            async with command_turns() as (_, turns):
                with _progress(cadastro.nome) as tell:
                    feito = await Motor(turns).run(
                        cadastro, file, simular=simular, tudo_ou_nada=tudo_ou_nada, on_piece=refused.take, tell=tell
                    )
    except PlanilhaError as error:
        raise CommandError(f"{path}: {error}") from None
    finally:
        refused.close()
    summary = summary_of(feito, simular=simular)
    return Report(summary, feito.recusadas, refused.keep(summary) if feito.recusadas else None)


async def import_piped(cadastro: Cadastro[Any], path: Path, *, simular: bool, tudo_ou_nada: bool) -> Report:
    """The same of what is piped in (`-`, a FIFO): its refused rows are printed, since there is no place beside it.

    So a container takes a file whose disk is read-only.
    """
    with _spooled(path) as whole:
        report = await import_file(cadastro, whole, simular=simular, tudo_ou_nada=tudo_ou_nada)
        if report.refused_in is not None:
            sys.stdout.buffer.write(report.refused_in.read_bytes())
            sys.stdout.buffer.flush()
    return report


@contextmanager
def _spooled(path: Path) -> Iterator[Path]:
    """All that comes, as a file in a folder of its own: a workbook is read from its end."""
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "entrada"
        with whole.open("wb") as file, nullcontext(sys.stdin.buffer) if path == STDIN else path.open("rb") as coming:
            shutil.copyfileobj(coming, file)
        yield whole


def summary_of(feito: Feito, *, simular: bool) -> str:
    """The counts, and whether they are true."""
    counts = [
        _counted(feito.criados, "criado", "criados"),
        _counted(feito.alterados, "alterado", "alterados"),
        f"{feito.sem_mudanca} sem mudança",
        _counted(feito.recusadas, "recusado", "recusados"),
    ]
    if not feito.total:
        return "o arquivo tem o cabeçalho e nenhuma linha abaixo dele"
    if feito.desativados:
        counts.append(_counted(feito.desativados, "continua desativado", "continuam desativados"))
    if feito.ocultas:
        counts.append(_counted(feito.ocultas, "estava oculto na planilha", "estavam ocultos na planilha"))
    what = "simulação, nada foi gravado: " if simular else "" if feito.kept else "nada foi gravado: seriam "
    return what + ", ".join(counts)


class Refused:
    """The refused rows of one import, written as they come; `pessoas.csv` has them in `pessoas.recusadas.csv`."""

    def __init__(self, path: Path) -> None:
        self._target = path.with_name(f"{path.stem if path.suffix.lower() == '.csv' else path.name}.recusadas.csv")
        self._new = self._target.with_name(f".{self._target.name}.{os.getpid()}")
        self._file: CsvFile | None = None
        self._error: OSError | None = None

    def take(self, planilha: Planilha[Any], part: Importacao) -> None:
        """Those of one piece. A disk that takes none keeps the import from nothing; it is said at the end."""
        if not planilha.recusadas or self._error is not None:
            return
        try:
            if self._file is None:
                self._file = CsvFile(self._new)
                self._file.write([*OURS, *planilha.cabecalho])
            for cells in planilha.recusadas_cells():
                self._file.write(cells)
        except OSError as error:
            self._error = error

    def close(self) -> None:
        if self._file is not None:
            try:
                self._file.close()
            except OSError as error:
                self._error = error

    def keep(self, summary: str) -> Path:
        """The file in its place; one of an earlier import is replaced. Raises CommandError."""
        try:
            if self._error is not None:
                raise self._error
            self._new.replace(self._target)
        except OSError as error:
            self._new.unlink(missing_ok=True)
            raise CommandError(f"{summary}; {self._target} não pôde ser gravado: {error.strerror}") from None
        return self._target


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


@contextmanager
def _progress(nome: str) -> Iterator[Tell]:
    """Tells how many rows are through, on a terminal."""
    if not sys.stderr.isatty():
        yield lambda rows, total: None
        return
    # Here, because it costs start-up time that a pipe need not pay.
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(nome, total=None)
        yield lambda rows, total: progress.update(task, completed=rows, total=max(rows, total) or None)
