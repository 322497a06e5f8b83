"""The kinds of files there are (contract §7): what their columns are, and what their rows change."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Generic, Protocol, TypeVar

from core.auditoria.auditoria import LINHA_DE_COMANDO, Autor
from core.cliente.importacao import import_clientes
from core.cliente.planilha import CLIENTES as COLUMNS_OF_CLIENTES
from core.cliente.planilha import ClienteRow
from core.consultor.importacao import CONSULTORES as COLUMNS_OF_CONSULTORES
from core.consultor.importacao import ConsultorRow, import_consultores
from core.operadora.importacao import OPERADORAS as COLUMNS_OF_OPERADORAS
from core.operadora.importacao import OperadoraRow, import_operadoras
from core.pessoa.importacao import import_usuarios
from core.pessoa.planilha import USUARIOS as COLUMNS_OF_USUARIOS
from core.pessoa.planilha import UsuarioRow
from core.planilha.abertura import header_of
from core.planilha.cabecalho import known_names
from core.planilha.importacao import Importacao
from core.planilha.planilhas import OURS, Column
from storage.transaction import Transaction

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)


class ImportRows(Protocol[T_contra]):
    """Puts rows into the database; with `simular` it says only what would happen. `before`: the earlier ones."""

    def __call__(
        self,
        tx: Transaction,
        linhas: Sequence[T_contra],
        before: Importacao,
        *,
        simular: bool = False,
        por: Autor = LINHA_DE_COMANDO,
    ) -> Awaitable[Importacao]: ...


@dataclass(frozen=True, slots=True)
class Cadastro(Generic[T]):
    """A kind of file: what it is called, its columns, what a row is, and what rows change.

    `row` is made of its line in the file and, by name, the value or None of each column.
    """

    nome: str
    columns: Sequence[Column]
    row: Callable[..., T]
    import_rows: ImportRows[T]


USUARIOS: Cadastro[UsuarioRow] = Cadastro("usuários", COLUMNS_OF_USUARIOS, UsuarioRow, import_usuarios)
CONSULTORES: Cadastro[ConsultorRow] = Cadastro("consultores", COLUMNS_OF_CONSULTORES, ConsultorRow, import_consultores)
OPERADORAS: Cadastro[OperadoraRow] = Cadastro("operadoras", COLUMNS_OF_OPERADORAS, OperadoraRow, import_operadoras)
CLIENTES: Cadastro[ClienteRow] = Cadastro("clientes", COLUMNS_OF_CLIENTES, ClienteRow, import_clientes)

CADASTROS: dict[str, Cadastro[Any]] = {
    "usuarios": USUARIOS,
    "consultores": CONSULTORES,
    "operadoras": OPERADORAS,
    "clientes": CLIENTES,
}
"""By the word that names them in a command."""


def kinds_of(file: BinaryIO) -> list[str]:
    """What a file may be, by its header: the kinds that know every name in it and miss none that they need.

    Where none does, those whose needed columns are there, so that what is wrong with the others can be said. The file
    is read again from its begin afterwards. Raises PlanilhaError.
    """
    every = [column for cadastro in CADASTROS.values() for column in cadastro.columns]
    header = [name for name in header_of(file, every) if name and name not in OURS]
    file.seek(0)
    needed, whole = [], []
    for word, cadastro in CADASTROS.items():
        names = known_names(cadastro.columns)
        has = {names[name].name for name in header if name in names}
        if all(column.name in has for column in cadastro.columns if column.required):
            needed.append(word)
            if all(name in names for name in header):
                whole.append(word)
    return whole or needed


def needed_columns() -> dict[str, list[str]]:
    """The columns that each kind cannot do without."""
    return {
        word: [column.name for column in cadastro.columns if column.required] for word, cadastro in CADASTROS.items()
    }
