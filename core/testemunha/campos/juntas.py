"""Files that a person looks at: two bills saved as one PDF, pages held against each other; one that is cropped."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from core.testemunha.lido import Lido
from core.testemunha.nfcom import keys_in
from core.testemunha.parecer import Motivo, Parecer, Veredito
from core.testemunha.texto import Texto

# A slip repeats some of its bill; two lines of one bill have notes or accounts of their own. Never both and more.
_ENOUGH = 2


def looked_at_when_two(valor: Parecer, paginas: tuple[str, ...]) -> Parecer:
    """The verdict on the amount, which nobody approves without a look when there is another bill behind the first."""
    if valor.veredito != Veredito.CONFERE or not _are_two(paginas):
        return valor
    return replace(valor, veredito=Veredito.SEM_TESTEMUNHA, motivos=(*valor.motivos, Motivo.DUAS_FATURAS))


def looked_at_when_hidden(valor: Parecer, lido: Lido) -> Parecer:
    """Likewise where some of the file is cropped away: who approves it would not see what was read."""
    if valor.veredito != Veredito.CONFERE or not lido.escondido:
        return valor
    return replace(valor, veredito=Veredito.SEM_TESTEMUNHA, motivos=(*valor.motivos, Motivo.PARTE_ESCONDIDA))


def _are_two(paginas: tuple[str, ...]) -> bool:
    return any(
        sum(bool(ours and theirs and not ours & theirs) for ours, theirs in zip(one, other, strict=True)) >= _ENOUGH
        for one, other in combinations(tuple(_heads(paginas)), 2)
    )


def _heads(paginas: tuple[str, ...]) -> Iterator[tuple[frozenset[object], ...]]:
    """What tells bills apart, of each page that begins one, or is the slip of one."""
    for page in paginas:
        text = Texto((page,))
        if text.valores and text.vencimentos:
            chaves = frozenset(keys_in(page))
            yield text.valores, text.vencimentos, text.referencias, text.contas, chaves
