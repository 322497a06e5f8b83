"""What a clientes file changes (contract §7). The same file again changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from core.auditoria.auditoria import LINHA_DE_COMANDO, Autor, registrar
from core.cliente.clientes import CREDENTIALS, IDENTITY, busca_of, hash_unico
from core.cliente.planilha import ClienteRow
from core.ids import new_id
from core.palavras import folded
from core.planilha.importacao import Importacao
from storage.auditoria.tipos import Ato
from storage.cliente.importacao import CHANGEABLE, add_clientes, change_clientes, clientes_of_rows, lock_clientes
from storage.operadora.operadoras import Operadora, operadoras_by_codigo
from storage.secrets import SecretBox, SecretUnreadable
from storage.transaction import Transaction

_PLAIN = (
    "razao_social", "nome_sat", "cnpj", "unidade", "servico", "filtro", "dados_sat", "site_emissao", "login_portal",
    "cpf",
)  # fmt: skip


async def import_clientes(
    tx: Transaction,
    linhas: Sequence[ClienteRow],
    before: Importacao,
    *,
    simular: bool = False,
    por: Autor = LINHA_DE_COMANDO,
) -> Importacao:
    """Add the accounts that are new, change those that are known; a few thousand rows at a time.

    Which one a row is about: the one that its `hash` was kept with, else the one of its CNPJ, operadora, unidade,
    servico and filtro. By a hash even those may change, unless they are another's. Everything else follows the file
    where it says something; an empty cell leaves what is stored. A senha_portal is sealed anew only when it is another
    one, and a new login, senha or cpf lets robots try again where the portal had refused.
    `before` is what became of earlier rows of the same file. With `simular` nothing is written, and the answer is the
    same.
    """
    await lock_clientes(tx)
    batch = _Batch(tx.secrets, tx.now, _by_all_names(await operadoras_by_codigo(tx.connection, ())), before.vistos)
    accounts = [batch.account(linha) for linha in linhas]
    given = [linha.hash for linha in linhas if linha.hash]
    batch.know(await clientes_of_rows(tx, [one["hash_unico"] for one in accounts if one is not None], given))
    for linha, account in zip(linhas, accounts, strict=True):
        batch.take(linha, account)
    if not simular and (batch.new or batch.changed):
        await change_clientes(tx, batch.changed)
        await add_clientes(tx, batch.new)
        registrar(tx, Ato.IMPORTAR, por, o_que="clientes", criados=len(batch.new), alterados=len(batch.changed))
    done = Importacao(len(batch.new), len(batch.changed), batch.unchanged, batch.recusadas, vistos=batch.vistos)
    done.linhas, done.desativadas = batch.linhas, batch.desativadas
    return done


def _by_all_names(operadoras: Sequence[Operadora]) -> dict[str, Operadora]:
    """By name and by code; a code wins over somebody's name."""
    by_name = {folded(one.nome): one for one in operadoras}
    return by_name | {folded(one.codigo): one for one in operadoras}


@dataclass(slots=True)
class _Batch:
    secrets: SecretBox
    now: datetime
    operadoras: Mapping[str, Operadora]
    # The line of every account of earlier batches, by its id.
    before: Mapping[Any, Sequence[Any]]
    vistos: dict[Any, list[Any]] = field(default_factory=dict)
    by_hash: dict[str, Row[Any]] = field(default_factory=dict)
    by_given: dict[str, Row[Any]] = field(default_factory=dict)
    new: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    unchanged: int = 0
    recusadas: list[tuple[int, str]] = field(default_factory=list)
    linhas: list[tuple[int, str]] = field(default_factory=list)
    desativadas: list[int] = field(default_factory=list)

    def account(self, linha: ClienteRow) -> dict[str, Any] | None:
        """What tells its account apart, and its hash; None where its operadora is not known."""
        operadora = self.operadoras.get(folded(linha.operadora))
        if operadora is None:
            return None
        texts = {name: getattr(linha, name) or "" for name in ("unidade", "servico", "filtro")}
        found = {"cnpj": linha.cnpj, "operadora_id": operadora.id, **texts}
        return found | {"hash_unico": hash_unico(found)}

    def know(self, rows: Sequence[Row[Any]]) -> None:
        self.by_hash |= {row.hash_unico: row for row in rows}
        self.by_given |= {row.hash_planilha: row for row in rows if row.hash_planilha}

    def take(self, linha: ClienteRow, account: dict[str, Any] | None) -> None:
        """Decide what becomes of one row."""
        if account is None:
            self._refuse(linha, "operadora: não está cadastrada")
            return
        row = self.by_given.get(linha.hash) if linha.hash else None
        if row is not None:
            # What the file leaves empty stays, in what tells the account apart too.
            account |= {name: getattr(row, name) for name in IDENTITY if getattr(linha, name, "") is None}
            account["hash_unico"] = hash_unico(account)
        key = account["hash_unico"]
        same = self.by_hash.get(key)
        if row is not None and same is not None and same.id != row.id:
            self._refuse(linha, "hash: é de outro cliente, e esta conta já está cadastrada")
            return
        row = row or same
        if (earlier := self._seen(linha, key, row)) is not None:
            self._refuse(linha, f"é a mesma conta da linha {earlier}")
            return
        self._keep(linha, account, row)

    def _seen(self, linha: ClienteRow, key: str, row: Row[Any] | None) -> int | None:
        """The earlier line about the same account; from here on it is this one."""
        keys: list[Any] = [bytes.fromhex(key)]
        if row is not None:
            keys.append(row.id)
        for one in keys:
            if found := self.vistos.get(one) or self.before.get(one):
                return int(found[0])
        self.vistos |= {one: [linha.linha] for one in keys}
        return None

    def _keep(self, linha: ClienteRow, account: dict[str, Any], row: Row[Any] | None) -> None:
        if row is not None and not row.status_ativo:
            self.desativadas.append(linha.linha)
        if row is None:
            self.new.append(self._added(linha, account))
            self.linhas.append((linha.linha, ""))
        elif changes := self._changes(linha, account, row):
            kept = {name: getattr(row, name) for name in CHANGEABLE} | changes
            self.changed.append({"id": row.id, **kept, "busca": busca_of(kept)})
            self.linhas.append((linha.linha, ", ".join(name for name in changes if name not in _FOLLOWS)))
        else:
            self.unchanged += 1

    def _added(self, linha: ClienteRow, account: dict[str, Any]) -> dict[str, Any]:
        cliente_id = new_id(self.now)
        row = {name: getattr(linha, name) for name in _PLAIN} | account
        senha = self._sealed(cliente_id, linha.senha_portal) if linha.senha_portal else None
        row |= {"id": cliente_id, "hash_planilha": linha.hash, "senha_portal": senha, "busca": busca_of(row)}
        return row

    def _changes(self, linha: ClienteRow, account: dict[str, Any], row: Row[Any]) -> dict[str, Any]:
        said = {name: getattr(linha, name) for name in _PLAIN} | account | {"hash_planilha": linha.hash}
        changes = {name: new for name, new in said.items() if new is not None and new != getattr(row, name)}
        if linha.senha_portal and not self._is_senha(row, linha.senha_portal):
            changes["senha_portal"] = self._sealed(row.id, linha.senha_portal)
        if CREDENTIALS & changes.keys():
            changes["credencial_recusada_em"] = None
        return changes

    def _refuse(self, linha: ClienteRow, motivo: str) -> None:
        self.recusadas.append((linha.linha, motivo))

    def _sealed(self, cliente_id: UUID, senha: str) -> str:
        return self.secrets.seal(senha, "clientes", "senha_portal", cliente_id)

    def _is_senha(self, row: Row[Any], senha: str) -> bool:
        if row.senha_portal is None:
            return False
        try:
            return self.secrets.open(row.senha_portal, "clientes", "senha_portal", row.id) == senha
        except SecretUnreadable:
            return False


# They follow from what the file says.
_FOLLOWS = frozenset({"hash_unico", "credencial_recusada_em"})
