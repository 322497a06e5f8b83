"""Many usuarios in few statements: what an import asks and writes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update

from storage.painel.acesso import end_lost_sessoes
from storage.pessoa.usuarios import changed_people
from storage.tables import usuarios
from storage.transaction import Transaction

# What an import may change of somebody known; `telefone` says who it is.
CHANGEABLE = (
    "nome_completo",
    "perfil_usuario",
    "email",
    "tel_whatsapp",
    "matricula_pap",
    "senha_pap",
    "autorizar_venda_sem_auditoria",
    "status_ativo",
    "login_recusado_em",
)

_INSERT = insert(usuarios)
_UPDATE = (
    update(usuarios)
    .where(usuarios.c.id == bindparam("b_id"))
    .values({name: bindparam(f"b_{name}", type_=usuarios.c[name].type) for name in (*CHANGEABLE, "atualizado_em")})
)


async def owners_of_emails(tx: Transaction, emails: Sequence[str]) -> dict[str, UUID]:
    """Whose each of these addresses is, of those that are somebody's."""
    rows = await tx.execute(select(usuarios.c.email, usuarios.c.id).where(usuarios.c.email.in_(emails)))
    return {row.email: row.id for row in rows}


async def change_usuarios(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Write each row's `CHANGEABLE` values, in this order, to the Usuario of its `id`."""
    if rows:
        await tx.execute(
            _UPDATE,
            [
                {"b_id": row["id"], "b_atualizado_em": tx.now} | {f"b_{name}": row[name] for name in CHANGEABLE}
                for row in rows
            ],
        )
        changed = {row["id"] for row in rows}
        changed_people.of(tx).update(changed)
        await end_lost_sessoes(tx, changed)


async def add_usuarios(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all have the same columns; `senha_pap` comes sealed."""
    if rows:
        await tx.execute(_INSERT, [{**row, "criado_em": tx.now, "atualizado_em": tx.now} for row in rows])
