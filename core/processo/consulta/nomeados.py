"""Whom words name that stand in no name as a whole: the processos of whose names they have the most."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from core.fala.decisoes import named_in
from core.palavras import folded
from storage.operadora.operadoras import list_operadoras
from storage.pages import Pagina
from storage.processo.processos import Processo, list_processos

# A word that more of them have names nobody.
MOST = 30
# So many words of a sentence are looked for; a shorter one stands in too many names.
_WORDS, _SHORTEST = 8, 4
# As "Oi" is called.
_SHORTEST_CODE = 2
_SAYS_LITTLE = re.compile(
    r"\d+|(?:boletos?|faturas?|contas?|segunda|via|valor|vence\w*|vencimento|mes|hoje|amanha|ontem|favor|preciso"
    r"|quero|queria|gostaria|manda\w*|mostr\w+|cade|onde|como|quem|qual|quais|quando|quanto|porque|entao|agora|ainda"
    r"|tudo|todas?|todos?|essa|esse|isso|aquela|aquele|dele|dela|pode\w*|consegue|sobre|cliente|clientes|processos?"
    r"|obrigad[ao]|bom|boa|tarde|noite|aprov\w+|rejeit\w+|baix\w+|envi\w+|ltda|servicos?|comercio|mexeu|status"
    r"|operadora|situacao|fazer|falta\w*|para|pela|pelo|semana|passad[ao]|ultim[ao]|what|where|when|show|send)"
)


async def named(connection: AsyncConnection, words: Sequence[str], competencia: int | None = None) -> list[Processo]:
    """The newest processos of the clientes whose names have the most of these words; none where too many have them."""
    wanted = [one for one in words if len(one) >= _SHORTEST and not _SAYS_LITTLE.fullmatch(one)][:_WORDS]
    filters: dict[str, Any] = {"status_ativo": True} | ({"competencia": competencia} if competencia is not None else {})
    found: dict[str, Processo] = {}
    for word in wanted:
        some, total = await list_processos(connection, Pagina(MOST), (word,), MOST + 1, **filters)
        if total <= MOST:
            found |= {str(one.id): one for one in some}
    several = list(found.values())
    places, _rest = named_in(" ".join(wanted), [one.razao_social for one in several])
    return sorted((several[place] for place in places), key=lambda one: one.competencia, reverse=True)


async def of_operadora(connection: AsyncConnection, words: Sequence[str]) -> tuple[UUID, tuple[str, ...]] | None:
    """The one operadora that a word names ("faturas da vivo"), and the other words; None where none does."""
    for word in words:
        if len(word) < _SHORTEST_CODE:
            continue
        found, _total = await list_operadoras(connection, Pagina(MOST), busca=word)
        meant = [one for one in found if word in (folded(one.codigo), *folded(one.nome).split())]
        if len(meant) == 1:
            return meant[0].id, tuple(other for other in words if other != word)
    return None
