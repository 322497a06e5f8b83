"""The administrators of the first start: who is there before anybody could have registered anybody."""

from collections.abc import Sequence
from uuid import uuid4

import structlog

from core.auditoria.auditoria import CONFIGURACAO, CRIADO, registrar_usuario
from core.telefones import same_person_forms
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import add_usuario_if_new, usuario_by_id, usuario_by_phone
from storage.transaction import Transaction

log = structlog.get_logger()


async def ensure_administradores(tx: Transaction, telefones: Sequence[str]) -> None:
    """Register the owner of each phone (digits with country code) as ADMINISTRADOR, unless they are registered.

    Somebody registered stays as they are, another perfil or a disabled account too: a start must not undo what
    an administrator decided. That is logged, because the setting then says what is not so.
    """
    for telefone in telefones:
        usuario_id = await usuario_by_phone(tx, same_person_forms(telefone))
        if usuario_id is None:
            await _add(tx, telefone)
            continue
        usuario = await usuario_by_id(tx.connection, usuario_id)
        if usuario is not None and not (usuario.status_ativo and usuario.perfil_usuario == Perfil.ADMINISTRADOR):
            log.warning("admin_telefones_not_administrador", usuario_id=str(usuario_id))


async def _add(tx: Transaction, telefone: str) -> None:
    usuario_id = uuid4()
    row = {
        "id": usuario_id,
        "nome_completo": "Administrador",
        "telefone": telefone,
        "perfil_usuario": Perfil.ADMINISTRADOR,
    }
    if await add_usuario_if_new(tx, row, same_person_forms(telefone)):
        registrar_usuario(tx, CONFIGURACAO, usuario_id, [CRIADO])
