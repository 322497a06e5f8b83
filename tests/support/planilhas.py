"""A file of rows that is read to its end and held: an import reads it a piece at a time."""

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from core.pessoa.planilha import USUARIOS, UsuarioRow
from core.planilha.abertura import open_file
from core.planilha.planilhas import OURS, Column, Linha, Planilha, csv_bytes

_ALL = 10**6


def read_rows(data: bytes, columns: Sequence[Column]) -> Planilha[Linha]:
    """Everything as one piece."""
    leitura = open_file(io.BytesIO(data), columns)
    return next(leitura.chunks(_ALL), Planilha(leitura.cabecalho))


def read_usuarios(data: bytes) -> Planilha[Any]:
    """The same of a usuarios file, its rows as an import gets them."""
    planilha: Planilha[Any] = read_rows(data, USUARIOS)
    return replace(planilha, linhas=[UsuarioRow(one.numero, **one.valores) for one in planilha.linhas])


def recusadas_csv(planilha: Planilha[Any]) -> bytes:
    """What is given back of it."""
    return csv_bytes([*OURS, *planilha.cabecalho], planilha.recusadas_cells())
