"""What was said of a file, read back with the names of whom it points at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from core.testemunha.parecer import Campo, Parecer, Veredito
from storage.exame.exames import Guardado, exame_of
from storage.exame.nomes import names_of


@dataclass(frozen=True, slots=True)
class Visto:
    """The verdict, its fields, and what those are called that it points at; None: nobody has examined the file."""

    veredito: str | None
    campos: tuple[Parecer, ...]
    nomes: Mapping[str, str]

    def __getitem__(self, campo: Campo) -> Parecer | None:
        return next((one for one in self.campos if one.campo == campo), None)


async def seen(connection: AsyncConnection, documento_id: UUID | None) -> Visto:
    """What was said of a file."""
    kept = await exame_of(connection, documento_id) if documento_id is not None else None
    if kept is None:
        return Visto(None, (), {})
    campos = pareceres_of(kept)
    return Visto(kept.veredito, campos, await names_of(connection, _referred(campos)))


async def diverges(connection: AsyncConnection, documento_id: UUID | None) -> bool:
    """Whether a witness in this file contradicts the others, the cliente or the month: whoever uses it says why."""
    kept = await exame_of(connection, documento_id) if documento_id is not None else None
    return kept is not None and kept.veredito == Veredito.DIVERGE


def pareceres_of(kept: Guardado) -> tuple[Parecer, ...]:
    """The verdicts on the fields, in their order."""
    return tuple(Parecer.of_json(one) for one in kept.campos)


def agrees(kept: Guardado) -> bool:
    """Whether every witness agrees: on value and client, on the month, and nobody differs on anything.

    The month is asked for beyond the verdict on the whole: a bill of the neighbouring month has every code right.
    """
    found = {one.campo: one.veredito for one in pareceres_of(kept)}
    return kept.veredito == Veredito.CONFERE and found.get(Campo.MES) == Veredito.CONFERE


def _referred(campos: Iterable[Parecer]) -> set[UUID]:
    return {UUID(one) for parecer in campos for one in parecer.refere}
