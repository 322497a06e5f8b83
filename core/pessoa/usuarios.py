"""People as administrators register and change them one by one; many at once come by a file (importacao.py)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row

from core.auditoria.auditoria import CRIADO, Autor, registrar_usuario
from core.auditoria.visto import Visto
from core.consultor.consultores import follow_service
from core.telefones import same_person_forms
from storage.pessoa.importacao import owners_of_emails
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import (
    active_of_perfil,
    add_usuario,
    change_usuario,
    lock_usuarios,
    owners_of_phones,
    usuario_by_id,
)
from storage.transaction import Transaction

_PHONES = ("telefone", "tel_whatsapp")
_SERVICE = frozenset({"status_ativo", "perfil_usuario"})
_LOGIN = frozenset({"senha_pap", "matricula_pap"})


class Ocupado(Exception):
    """What `campo` says is somebody else's: theirs is the name and the id."""

    def __init__(self, campo: str, usuario_id: UUID) -> None:
        super().__init__(f"{campo}: usuario {usuario_id} has it")
        self.campo = campo
        self.usuario_id = usuario_id


class OutroTelefone(Exception):
    """Another telefone is another person."""


class SemAdministrador(Exception):
    """Nobody would be left who may undo it."""


async def criar(tx: Transaction, values: Mapping[str, Any], por: Autor) -> Row[Any]:
    """Somebody new; `senha_pap` comes in clear and is sealed here. Raises `Ocupado`."""
    await lock_usuarios(tx)
    usuario_id = uuid4()
    await _check_free(tx, usuario_id, values)
    await add_usuario(tx, {**values, "id": usuario_id} | _sealed(tx, usuario_id, values))
    registrar_usuario(tx, por, usuario_id, [CRIADO])
    return await _stored(tx, usuario_id)


async def alterar(
    tx: Transaction, usuario_id: UUID, values: Mapping[str, Any], por: Autor, visto: Visto | None = None
) -> Row[Any] | None:
    """Change what is named; None when there is no such person.

    Rights are lost at once: they are read anew in every turn and call. A new login is tried again.
    Raises `Ocupado`, `OutroTelefone`, `SemAdministrador`; `MudouDepois` when they are not any more as they were seen.
    """
    await lock_usuarios(tx)
    usuario = await usuario_by_id(tx.connection, usuario_id)
    if usuario is None:
        return None
    if visto is not None:
        visto.check(usuario)
    said = dict(values)
    telefone = said.pop("telefone", usuario.telefone)
    if telefone not in _forms(usuario.telefone):
        raise OutroTelefone
    changes = {name: new for name, new in said.items() if name == "senha_pap" or new != usuario._mapping[name]}
    await _check_free(tx, usuario_id, changes)
    await _check_administrators(tx, usuario, changes)
    if changes:
        row = changes | _sealed(tx, usuario_id, changes)
        row |= {"login_recusado_em": None} if _LOGIN & changes.keys() else {}
        await change_usuario(tx, usuario_id, **row)
        if _SERVICE & changes.keys():
            await follow_service(tx, [usuario_id])
        registrar_usuario(tx, por, usuario_id, sorted(changes))
    return await _stored(tx, usuario_id)


async def _check_free(tx: Transaction, usuario_id: UUID, values: Mapping[str, Any]) -> None:
    for campo in _PHONES:
        forms = _forms(values.get(campo))
        for owner, _nome in (await owners_of_phones(tx, forms)).values() if forms else ():
            if owner != usuario_id:
                raise Ocupado(campo, owner)
    if email := values.get("email"):
        owner = (await owners_of_emails(tx, [email])).get(email, usuario_id)
        if owner != usuario_id:
            raise Ocupado("email", owner)


async def _check_administrators(tx: Transaction, usuario: Row[Any], changes: Mapping[str, Any]) -> None:
    """Somebody has to stay who may register people."""
    stays = changes.get("status_ativo", True) and changes.get("perfil_usuario", usuario.perfil_usuario) == (
        Perfil.ADMINISTRADOR
    )
    if usuario.perfil_usuario != Perfil.ADMINISTRADOR or not usuario.status_ativo or stays:
        return
    others = await active_of_perfil(tx.connection, Perfil.ADMINISTRADOR, 2)
    if all(one.id == usuario.id for one in others):
        raise SemAdministrador


async def _stored(tx: Transaction, usuario_id: UUID) -> Row[Any]:
    usuario = await usuario_by_id(tx.connection, usuario_id)
    assert usuario is not None
    return usuario


def _sealed(tx: Transaction, usuario_id: UUID, values: Mapping[str, Any]) -> dict[str, Any]:
    senha = values.get("senha_pap")
    return {"senha_pap": tx.secrets.seal(senha, "usuarios", "senha_pap", usuario_id)} if senha else {}


def _forms(digits: str | None) -> list[str]:
    return [digits, *same_person_forms(digits)] if digits else []
