"""What may change about a consultor, and the person behind one.

A consultor with a `telefone` is the Usuario of that phone. Their `status_online` then is that person's presence, told
by core/presenca/mudancas.py; of a consultor without a phone it is what was last set. It reads false while they, or
their person, are out of service.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from core.auditoria.auditoria import CRIADO, Autor, registrar_cadastro, registrar_usuario
from core.auditoria.visto import Visto
from core.presenca.mudancas import choose
from core.telefones import same_person_forms
from storage.auditoria.tipos import Ato
from storage.consultor.consultores import (
    Consultor,
    add_consultor,
    change_consultor,
    consultor_by_id,
    consultor_of_usuario,
    consultores_like,
    lock_consultores,
)
from storage.pessoa.perfil import ATENDENTES, Perfil
from storage.pessoa.usuarios import add_usuario_if_new, lock_usuario, usuario_by_id, usuario_by_phone
from storage.presenca.presenca import lock_presenca, lock_presencas
from storage.presenca.status import StatusPresenca, Via
from storage.transaction import Transaction


class ConsultorRepetido(Exception):
    """Another consultor is the person of that phone already."""

    def __init__(self, consultor_id: int) -> None:
        super().__init__(f"consultor {consultor_id} has this telefone")
        self.consultor_id = consultor_id


class TelefoneDeOutroPerfil(Exception):
    """The person of that phone is somebody who does not attend: they could not answer what they are shown."""

    def __init__(self, nome: str, perfil: str) -> None:
        super().__init__(f"{nome} is {perfil}")
        self.nome = nome
        self.perfil = perfil


async def create_consultor(tx: Transaction, values: Mapping[str, Any], por: Autor) -> Consultor:
    """A new consultor, offline unless the person of their `telefone` is online now.

    Raises ConsultorRepetido when another consultor has that phone, TelefoneDeOutroPerfil when its owner attends nobody.
    """
    row = dict(values) | {"status_online": False}
    if telefone := row.get("telefone"):
        row |= await _person(tx, telefone, row["nome"], None, por)
    consultor_id = await add_consultor(tx, row)
    await change_consultor(tx, consultor_id, {})
    registrar_cadastro(tx, Ato.CONSULTOR, por, consultor_id, [CRIADO])
    return await _read(tx, consultor_id)


async def edit_consultor(
    tx: Transaction,
    consultor_id: int,
    changes: Mapping[str, Any],
    zone: ZoneInfo,
    por: Autor,
    visto: Visto | None = None,
) -> Consultor | None:
    """Change what `changes` names; None when there is no such consultor.

    `telefone` None: they are nobody's phone any more. `status_online`: as `set_connection`, when it is another one.
    Raises ConsultorRepetido when another consultor has that phone, TelefoneDeOutroPerfil when its owner attends nobody,
    MudouDepois when they are not any more as whoever changes them saw.
    """
    consultor = await consultor_by_id(tx.connection, consultor_id)
    if consultor is None:
        return None
    if visto is not None:
        visto.check((await lock_consultores(tx, [consultor_id]))[consultor_id])
    row = dict(changes)
    online = row.pop("status_online", None)
    if "telefone" in row and row["telefone"] is None:
        row["usuario_id"] = None
    elif "telefone" in row and row["telefone"] != consultor.telefone:
        row |= await _person(tx, row["telefone"], row.get("nome", consultor.nome), consultor_id, por)
    await change_consultor(tx, consultor_id, row)
    # `status_online` is no fact about somebody: where they are is told by their presence.
    if campos := sorted(name for name in changes if name in row and row[name] != getattr(consultor, name)):
        registrar_cadastro(tx, Ato.CONSULTOR, por, consultor_id, campos)
    changed = await _read(tx, consultor_id)
    # What was read may be sent back as it is.
    if (
        online is None
        or online == consultor.status_online
        or (changed.status_ativo and online == changed.status_online)
    ):
        return changed
    return await _connect(tx, changed, online, zone)


async def set_connection(tx: Transaction, consultor_id: int, online: bool, zone: ZoneInfo) -> Consultor | None:
    """Another system says whether this consultor is there: their person's presence, when they are one's.

    None when there is no such consultor.
    """
    consultor = await consultor_by_id(tx.connection, consultor_id)
    return None if consultor is None else await _connect(tx, consultor, online, zone)


async def follow_service(tx: Transaction, usuario_ids: Collection[UUID]) -> None:
    """Some of these people were taken out of service, or are back: as consultores they are what their presence says."""
    consultores = await consultores_like(tx, usuario_ids=usuario_ids)
    presencas = await lock_presencas(tx, [one.usuario_id for one in consultores if one.usuario_id is not None])
    online = {one.usuario_id for one in presencas if one.announced == StatusPresenca.ONLINE}
    for one in consultores:
        if one.status_online or one.usuario_id in online:
            await change_consultor(tx, one.id, {"status_online": one.usuario_id in online})


async def _connect(tx: Transaction, consultor: Consultor, online: bool, zone: ZoneInfo) -> Consultor:
    if consultor.usuario_id is None:
        await change_consultor(tx, consultor.id, {"status_online": online})
    else:
        status = StatusPresenca.ONLINE if online else StatusPresenca.OFFLINE
        await choose(tx, consultor.usuario_id, status, "", Via.CONSULTORES, zone=zone)
    return await _read(tx, consultor.id)


async def _person(tx: Transaction, telefone: str, nome: str, consultor_id: int | None, por: Autor) -> dict[str, Any]:
    """The columns that tie a consultor to the person of a phone, who is registered when nobody knew them."""
    usuario_id = await _usuario_of(tx, telefone, nome, por)
    # Two who ask for the same phone come here one after the other.
    await lock_usuario(tx, usuario_id)
    pessoa = await usuario_by_id(tx.connection, usuario_id)
    assert pessoa is not None
    if pessoa.perfil_usuario not in ATENDENTES:
        raise TelefoneDeOutroPerfil(pessoa.nome_completo, pessoa.perfil_usuario)
    other = await consultor_of_usuario(tx.connection, usuario_id)
    if other is not None and other.id != consultor_id:
        raise ConsultorRepetido(other.id)
    presenca = await lock_presenca(tx, usuario_id)
    online = presenca is not None and presenca.announced == StatusPresenca.ONLINE
    return {"telefone": telefone, "usuario_id": usuario_id, "status_online": online}


async def _usuario_of(tx: Transaction, telefone: str, nome: str, por: Autor) -> UUID:
    forms = same_person_forms(telefone)
    usuario_id = await usuario_by_phone(tx, forms)
    if usuario_id is not None:
        return usuario_id
    new_one = uuid4()
    row = {"id": new_one, "nome_completo": nome, "telefone": telefone, "perfil_usuario": Perfil.CONSULTOR}
    if await add_usuario_if_new(tx, row, forms):
        registrar_usuario(tx, por, new_one, [CRIADO])
    usuario_id = await usuario_by_phone(tx, forms)
    assert usuario_id is not None
    return usuario_id


async def _read(tx: Transaction, consultor_id: int) -> Consultor:
    consultor = await consultor_by_id(tx.connection, consultor_id)
    assert consultor is not None
    return consultor
