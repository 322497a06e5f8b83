"""Clientes: one account of one company at one operadora, and what tells two of them apart."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from core.auditoria.auditoria import CRIADO, Autor, registrar_cadastro
from core.auditoria.visto import Visto
from core.ids import new_id
from core.palavras import folded
from storage.auditoria.tipos import Ato
from storage.cliente.clientes import (
    Cliente,
    add_cliente,
    change_cliente,
    cliente_by_id,
    clientes_by_hash,
    lock_cliente,
)
from storage.secrets import SecretBox
from storage.tables.chaves import chaves_of
from storage.transaction import Transaction

# What says which account it is: one CNPJ has many.
IDENTITY = ("cnpj", "operadora_id", "unidade", "servico", "filtro")
# Of a search: more say no more.
_MOST_WORDS = 8
# Not at an underscore: accounts are written with it.
_APART = re.compile(r"\W+")
_CNPJ_WRITTEN = re.compile(r"[0-9a-z]{2}\.[0-9a-z]{3}(?![0-9a-z])")
_NEVER_NULL = ("unidade", "servico", "filtro")
_SEARCHED = ("razao_social", "nome_sat", "cnpj", "filtro", "servico", "unidade")
CREDENTIALS = frozenset({"login_portal", "senha_portal", "cpf"})


class SameAccount(Exception):
    """Another cliente is this account already; `cliente_id` says which."""

    def __init__(self, cliente_id: UUID | None) -> None:
        super().__init__("another cliente has this CNPJ, operadora, unidade, servico and filtro")
        self.cliente_id = cliente_id


def hash_unico(values: Mapping[str, Any]) -> str:
    """SHA-256 of what tells an account apart, in hex."""
    return hashlib.sha256("\x1f".join(str(values.get(name) or "") for name in IDENTITY).encode()).hexdigest()


def busca_of(values: Mapping[str, Any]) -> str:
    """What searches compare: without accents or case, one space between the parts."""
    return folded(" ".join(str(values[name]) for name in _SEARCHED if values.get(name)))


def search_words(text: str) -> list[str]:
    """The words that a search text must hold, as they are compared.

    A CNPJ, or its beginning, is looked for without its points and bars, as it is kept; other words in their parts, so
    that "d'ávila" is found however its apostrophe is written.
    """
    found: list[str] = []
    for word in folded(text).split():
        parts = [_APART.sub("", word)] if _CNPJ_WRITTEN.match(word) else _APART.split(word)
        found += [part for part in parts if part]
    return found[:_MOST_WORDS] or folded(text).split()[:1]


async def criar(tx: Transaction, values: Mapping[str, Any], por: Autor) -> Cliente:
    """A new cliente; `senha_portal` comes in clear and is sealed here. Raises `SameAccount`."""
    cliente_id = new_id(tx.now)
    row = dict.fromkeys(_NEVER_NULL, "") | {name: value for name, value in values.items() if value is not None}
    row |= {"id": cliente_id, "hash_unico": hash_unico(row), "busca": busca_of(row)} | chaves_of(row)
    if row.get("senha_portal"):
        row["senha_portal"] = _sealed(tx, cliente_id, row["senha_portal"])
    if not await add_cliente(tx, row):
        raise SameAccount(await _who_has(tx, row["hash_unico"]))
    registrar_cadastro(tx, Ato.CLIENTE, por, cliente_id, [CRIADO])
    cliente = await cliente_by_id(tx.connection, cliente_id)
    assert cliente is not None
    return cliente


async def alterar(
    tx: Transaction, cliente_id: UUID, values: Mapping[str, Any], por: Autor, visto: Visto | None = None
) -> Cliente | None:
    """Change what is named; None when there is no such cliente. With new credentials robots try again.

    Raises `SameAccount`; `MudouDepois` when it is not any more what whoever changes it saw.
    """
    cliente = await lock_cliente(tx, cliente_id)
    if cliente is None:
        return None
    if visto is not None:
        visto.check(cliente)
    known = {name: getattr(cliente, name) for name in Cliente.__dataclass_fields__}
    row = dict(values)
    after = known | row
    row |= {"hash_unico": hash_unico(after), "busca": busca_of(after)} | chaves_of(after)
    if row["hash_unico"] != cliente.hash_unico and (other := await _who_has(tx, row["hash_unico"])):
        raise SameAccount(other)
    if row.get("senha_portal"):
        row["senha_portal"] = _sealed(tx, cliente.id, row["senha_portal"])
    if CREDENTIALS & set(values):
        # Only here: the others who share the login still have the password that was refused.
        row["credencial_recusada_em"] = None
    changed = await change_cliente(tx, cliente.id, **row)
    assert changed, "it is locked"
    # A password that is given again is a new one, as far as anybody can see.
    if campos := sorted(name for name, new in values.items() if name == "senha_portal" or new != known[name]):
        registrar_cadastro(tx, Ato.CLIENTE, por, cliente.id, campos)
    return await cliente_by_id(tx.connection, cliente.id)


def open_password(secrets: SecretBox, cliente_id: UUID, sealed: str) -> str:
    """The portal password in clear. Raises `SecretUnreadable`."""
    return secrets.open(sealed, "clientes", "senha_portal", cliente_id)


def _sealed(tx: Transaction, cliente_id: UUID, senha: str) -> str:
    return tx.secrets.seal(senha, "clientes", "senha_portal", cliente_id)


async def _who_has(tx: Transaction, hash_: str) -> UUID | None:
    found = (await clientes_by_hash(tx, [hash_])).get(hash_)
    return None if found is None else found.id
