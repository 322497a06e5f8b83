"""Phones that several usuarios have: a mobile with its ninth digit and without it is one."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import usuarios


@dataclass(frozen=True, slots=True)
class Dono:
    """Somebody who has the phone, as it stands in their row."""

    nome: str
    telefone: str
    ativo: bool


async def phones_of_several(connection: AsyncConnection) -> list[list[Dono]]:
    """The people of each such phone, who is active first."""
    columns = usuarios.c
    everyone = union_all(
        *(
            select(
                columns.id,
                columns.nome_completo,
                columns.status_ativo,
                phone.label("telefone"),
                _short(phone).label("short"),
            ).where(phone.is_not(None))
            for phone in (columns.telefone, columns.tel_whatsapp)
        )
    ).cte()
    owned = everyone.c
    several = select(owned.short).group_by(owned.short).having(func.count(owned.id.distinct()) > 1)
    rows = await connection.execute(
        select(everyone)
        .where(owned.short.in_(several))
        .order_by(owned.short, owned.status_ativo.desc(), owned.nome_completo, owned.id, owned.telefone)
    )
    return [
        # Whoever has it in both of their columns is one of them.
        list({row.id: Dono(row.nome_completo, row.telefone, bool(row.status_ativo)) for row in found}.values())
        for _, found in groupby(rows, key=lambda row: row.short)
    ]


def _short(phone: ColumnElement[Any]) -> ColumnElement[str]:
    """Without the ninth digit, where there is one (`same_person_forms` of core/telefones.py)."""
    has_it = and_(func.length(phone) == 13, phone.like("55__9%"), func.substr(phone, 6, 1).in_(("6", "7", "8", "9")))
    return case((has_it, func.substr(phone, 1, 4).concat(func.substr(phone, 6))), else_=phone)
