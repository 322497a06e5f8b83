"""The demonstration staff of the sandbox: people with phones on its page, and logins to lend."""

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from bot.wiring import Wiring
from core.perfis import Perfil
from sandbox import Person
from storage.transaction import Transaction
from storage.usuarios import add_usuario, usuario_by_id

PEOPLE = (
    Person("Ana Souza", "whatsapp", "5531988804000", "vendedora", ("VENDER", "STATUS", "VENDAS")),
    Person("Bruno Lima", "telegram", "5531988804001", "vendedor", ("VENDER", "STATUS", "VENDAS")),
    Person("Carla Dias", "telegram", "5531988804002", "administradora", ("POOL", "USUARIOS", "MENU")),
    Person("Davi Alves", "whatsapp", "5531988804003", "consultor", ("ONLINE", "PRESENCA")),
    Person("Elisa Costa", "telegram", "5531988804004", "consultora", ("ONLINE", "PRESENCA")),
)
_SELLER = {"perfil_usuario": Perfil.VENDEDOR, "autorizar_venda_sem_auditoria": True}
_STAFF: tuple[dict[str, Any], ...] = (
    {"nome_completo": "Ana Souza", "telefone": "5531988804000", "matricula_pap": "V1001", **_SELLER},
    {"nome_completo": "Bruno Lima", "telefone": "5531988804001", "matricula_pap": "V1002", **_SELLER},
    {"nome_completo": "Carla Dias", "telefone": "5531988804002", "perfil_usuario": Perfil.ADMINISTRADOR},
    {"nome_completo": "Davi Alves", "telefone": "5531988804003", "perfil_usuario": Perfil.CONSULTOR},
    {"nome_completo": "Elisa Costa", "telefone": "5531988804004", "perfil_usuario": Perfil.CONSULTOR},
    {"nome_completo": "Acesso BackOffice 1", "telefone": "5531988804101", "matricula_pap": "BO2001"},
    {"nome_completo": "Acesso BackOffice 2", "telefone": "5531988804102", "matricula_pap": "BO2002"},
)


async def seed(wiring: Wiring) -> None:
    """Register the demonstration staff, once."""
    await wiring.turns.run(_seed)


async def _seed(tx: Transaction) -> None:
    for person in _STAFF:
        usuario_id = _id_of(person)
        if await usuario_by_id(tx.connection, usuario_id) is not None:
            continue
        row = {"id": usuario_id, "perfil_usuario": Perfil.BACKOFFICE, **person}
        if row["perfil_usuario"] is Perfil.BACKOFFICE:
            row["senha_pap"] = tx.secrets.seal("demonstracao", "usuarios", "senha_pap", usuario_id)
        await add_usuario(tx, row)


def _id_of(person: dict[str, Any]) -> UUID:
    """The same id on every start."""
    return uuid5(NAMESPACE_URL, f"balcao:demonstracao:{person['telefone']}")
