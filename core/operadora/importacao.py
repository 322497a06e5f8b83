"""What an operadoras file changes (contract §7). The same file again changes nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.auditoria.auditoria import LINHA_DE_COMANDO, Autor, registrar
from core.ids import new_id
from core.planilha.celulas import booleano, texto
from core.planilha.importacao import Importacao
from core.planilha.planilhas import Column
from storage.auditoria.tipos import Ato
from storage.operadora.operadoras import Operadora, add_operadora, change_operadora, operadoras_by_codigo
from storage.transaction import Transaction

# Paths of the robots that are no operadora's (contract §5).
_NO_CODES = ("SAT", "PAP")
_CODIGO = re.compile(r"[A-Z0-9_-]{1,40}")
# A page of the web: no `javascript:`, `data:` or `file:` that a tap would run or open.
ENDERECO = r"^(https?://[^\s/?#]+|[^\s:/?#]+\.[^\s:/?#]+(:[0-9]{1,5})?)([/?#]\S*)?$"
_SAID = ("nome", "possui_rpa", "url_portal", "classe_rpa", "status_ativo")


@dataclass(frozen=True, slots=True)
class OperadoraRow:
    """A row of an operadoras file. None: the file does not say, so what is stored stays."""

    linha: int
    nome: str
    codigo: str
    possui_rpa: bool | None = None
    url_portal: str | None = None
    classe_rpa: str | None = None
    status_ativo: bool | None = None


def codigo(cell: str) -> str:
    """A code as it is kept: upper case, letters, digits, `-` and `_`."""
    code = cell.upper()
    if not _CODIGO.fullmatch(code):
        raise ValueError("só letras sem acento, números, - e _, até 40")
    if code in _NO_CODES:
        raise ValueError("é o nome de outro robô")
    return code


def endereco(cell: str) -> str:
    """The address of a portal."""
    if not re.fullmatch(ENDERECO, cell):
        raise ValueError("não é um endereço da web, como https://portal.exemplo")
    return cell


OPERADORAS = (
    Column("nome", texto, required=True, key=lambda nome: nome),
    Column("codigo", codigo, required=True, key=lambda code: code),
    Column("possui_rpa", booleano),
    Column("url_portal", endereco),
    Column("classe_rpa", texto),
    Column("status_ativo", booleano),
)


async def import_operadoras(
    tx: Transaction,
    linhas: Sequence[OperadoraRow],
    before: Importacao,
    *,
    simular: bool = False,
    por: Autor = LINHA_DE_COMANDO,
) -> Importacao:
    """Add the operadoras that are new, change those that are known by their codigo; they are few.

    A nome that another one has refuses its row. With `simular` nothing is written, and the answer is the same.
    """
    known = {one.codigo: one for one in await operadoras_by_codigo(tx.connection, ())}
    names = {one.nome: one.codigo for one in known.values()} | _names_of(before)
    done = Importacao()
    for linha in linhas:
        if names.get(linha.nome, linha.codigo) != linha.codigo:
            done.recusadas.append((linha.linha, "nome: já é de outra operadora"))
            continue
        names[linha.nome] = linha.codigo
        done.vistos[linha.nome] = [linha.codigo]
        await _take(tx, linha, known.get(linha.codigo), done, simular=simular)
    if not simular and (done.criados or done.alterados):
        registrar(tx, Ato.IMPORTAR, por, o_que="operadoras", criados=done.criados, alterados=done.alterados)
    return done


def _names_of(before: Importacao) -> dict[str, str]:
    return {str(nome): str(codes[0]) for nome, codes in before.vistos.items()}


async def _take(
    tx: Transaction, linha: OperadoraRow, operadora: Operadora | None, done: Importacao, *, simular: bool
) -> None:
    said: dict[str, Any] = {name: getattr(linha, name) for name in _SAID if getattr(linha, name) is not None}
    if operadora is not None and not operadora.status_ativo and linha.status_ativo is None:
        done.desativadas.append(linha.linha)
    if operadora is None:
        if not simular and not await add_operadora(tx, {"id": new_id(tx.now), "codigo": linha.codigo, **said}):
            # Somebody made it at this same moment.
            done.recusadas.append((linha.linha, "codigo: já é de outra operadora"))
            return
        done.criados += 1
        done.linhas.append((linha.linha, ""))
    elif changes := {name: new for name, new in said.items() if new != getattr(operadora, name)}:
        if not simular and not await change_operadora(tx, operadora.id, **changes):
            done.recusadas.append((linha.linha, "codigo: a operadora não existe mais"))
            return
        done.alterados += 1
        done.linhas.append((linha.linha, ", ".join(changes)))
    else:
        done.sem_mudanca += 1
