"""What a file of rows would change: the counts, the first rows for a message, every row for a file."""

from pathlib import Path
from typing import Any

from core.planilha.importacao import Importacao
from core.planilha.planilhas import OURS, CsvFile, Linha, Planilha
from dialogs.importacao.frases import LinhaVista, Vista, columns_of, headers, outcome_of, why

# Rows in the message: of those that change something, and of those that are refused.
SHOWN, REFUSED_SHOWN = 4, 3
_NAMES = ("razao_social", "nome_completo", "nome")
_LONGEST_NAME = 40


def rows_of(planilha: Planilha[Linha], part: Importacao) -> list[LinhaVista]:
    """What would become of each row of one piece, by line."""
    changed, off = dict(part.linhas), set(part.desativadas)
    refused = {one.numero for one in planilha.recusadas}
    rows = [LinhaVista(one.numero, motivo=one.motivo) for one in planilha.recusadas]
    rows += [
        LinhaVista(linha.numero, _name_of(linha), changed.get(linha.numero), desativado=linha.numero in off)
        for linha in planilha.linhas
        if linha.numero not in refused
    ]
    return sorted(rows, key=lambda row: row.numero)


class FirstRows:
    """Keeps the first rows of a file that are worth showing."""

    def __init__(self, vista: Vista) -> None:
        self._vista = vista

    def take(self, planilha: Planilha[Any], part: Importacao) -> None:
        """Those of one piece, as long as there is room."""
        shown = self._vista.linhas
        self._vista.desativados += len(part.desativadas)
        self._vista.ocultas += planilha.ocultas
        for row in rows_of(planilha, part):
            same = sum(1 for one in shown if bool(one.motivo) == bool(row.motivo))
            says = row.motivo or row.desativado or row.colunas is not None
            if says and same < (REFUSED_SHOWN if row.motivo else SHOWN):
                shown.append(row)


class EveryRow:
    """Writes every row of a file into another one: its line, what becomes of it, and why or which columns."""

    def __init__(self, path: Path) -> None:
        self._file = CsvFile(path)
        self._file.write(headers())

    def take(self, planilha: Planilha[Any], part: Importacao) -> None:
        """Those of one piece."""
        for row in rows_of(planilha, part):
            self._file.write([str(row.numero), outcome_of(row), why(row.motivo) or columns_of(row), row.nome])

    def close(self) -> None:
        self._file.close()


class RefusedRows:
    """Writes the refused rows of a file into another one, as they came; there is none while none is refused."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: CsvFile | None = None

    @property
    def any(self) -> bool:
        return self._file is not None

    def take(self, planilha: Planilha[Any], part: Importacao) -> None:
        """Those of one piece."""
        if not planilha.recusadas:
            return
        if self._file is None:
            self._file = CsvFile(self.path)
            self._file.write([*OURS, *planilha.cabecalho])
        for numero, motivo, *cells in planilha.recusadas_cells():
            self._file.write([numero, why(motivo), *cells])

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def _name_of(linha: Linha) -> str:
    name = next((linha.valores[column] for column in _NAMES if linha.valores.get(column)), "")
    return str(name)[:_LONGEST_NAME]
