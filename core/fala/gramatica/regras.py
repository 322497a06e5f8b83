"""The grammar compiled to bits, and a sentence held against it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from core.fala.gramatica import clientes, consultores, conversa, notacao, retaguarda, vendas
from core.fala.intencoes import ACOES, CONVERSA, SIM_OU_NAO, Certeza, Intencao
from core.fala.leitura.leitura import Leitura, clauses, may_deny
from core.fala.lexico.lexico import LEXICO, bits

_MARKS = re.compile(r"(?P<only>=)?(?P<loose>%)?(?P<unsure>~)?(?P<any>\*)?(?:\+(?P<unknown>\d+) )?")


class Regra(NamedTuple):
    """One way of saying something: kinds that must be there (`core`, `size` of them), and kinds that may (`beside`).

    `unknown`: so many words we do not know do not matter. `ampla`: nothing else matters. `exata`: nothing else may
    stand there. `solta`: an offer, whatever stands beside it that turns nothing around.
    """

    intencao: Intencao
    core: int
    size: int
    beside: int
    unknown: int
    sure: bool
    ampla: bool
    exata: bool
    solta: bool


TALK = CONVERSA | SIM_OU_NAO
# What turns around a whole sentence.
_TURNS = bits("nao negar citacao se mas aspas terceiro ontem talvez sem nada")
_LIVRES = bits(notacao.LIVRES)
_SUAVES = bits(notacao.SUAVES)
_INDAGAR = bits(notacao.INDAGAR)
_RISO = bits("riso")
_DUROS = bits(notacao.DUROS)
_PERGUNTAM = bits(notacao.PERGUNTAM)
# "O cliente volta 13h", "a reunião é amanhã": no presence of whoever writes.
_PRESENCA = frozenset({Intencao.ONLINE, Intencao.OCUPADO, Intencao.AUSENTE, Intencao.OFFLINE})
# "Quantas faltam baixar?" asks for nothing that waits for approval.
# "Quero cancelar o plano" gives up no place in the queue.
_OF_WHAT_IS_SOLD = bits("plano assunto fatura comprar cancelarplano pedido venda")
_OF_ANOTHER_STAGE = bits("baixar sat")
# "Deu certo o backup?", "o sistema tá fora do ar?" ask nothing about a sale.
_OF_ANOTHER_ROOM = bits(
    "backup relatorio fechamento agendamento usuario token painel auditoria pool acesso fatura processo execucao"
    " atendimento ausente convite"
)
_OF_SALES = frozenset({Intencao.STATUS, Intencao.VENDAS})
_OF_WHO_STANDS_FIRST = frozenset({Intencao.DELEGAR, Intencao.PRESENCA, Intencao.POOL})
_ROBO = bits("robo")
_NOT_NOW_OR_ME = bits("cliente pessoa equipe amanha")


def _compiled(table: Mapping[Intencao, str]) -> tuple[Regra, ...]:
    return tuple(
        regra
        for intencao, lines in table.items()
        for line in lines.strip().replace("\n ", " ").splitlines()
        if line
        for regra in _line(intencao, line)
    )


def _line(intencao: Intencao, line: str) -> Iterator[Regra]:
    marks = _MARKS.match(line)
    assert marks is not None
    core, _, beside = line[marks.end() :].partition(":")
    kinds = [kind for kind in beside.split() if kind != "@"]
    may = bits(" ".join([*kinds, core.replace("/", " ")])) | (_INDAGAR if "@" in beside.split() else 0) | _LIVRES
    for chosen in product(*(part.split("/") for part in core.split())):
        must = bits(" ".join(chosen))
        unknown, sure, ampla = int(marks["unknown"] or 0), marks["unsure"] is None, marks["any"] is not None
        only, loose = marks["only"] is not None, marks["loose"] is not None
        yield Regra(intencao, must, must.bit_count(), may, unknown, sure and not loose, ampla, only, loose)


class Regras:
    """Rules in order. They are found by the kind of their core that the fewest rules have: a sentence has few kinds."""

    def __init__(self, regras: tuple[Regra, ...]) -> None:
        common = Counter(bit for regra in regras for bit in _each(regra.core))
        self._of_kind: dict[int, list[tuple[int, Regra]]] = {}
        for place, regra in enumerate(regras):
            self._of_kind.setdefault(min(_each(regra.core), key=common.__getitem__), []).append((place, regra))

    def holding(self, said: int) -> Iterator[tuple[int, Regra]]:
        """The place and the rule of every core that a sentence holds."""
        for bit in _each(said):
            for place, regra in self._of_kind.get(bit, ()):
                if said & regra.core == regra.core:
                    yield place, regra


def _each(kinds: int) -> Iterator[int]:
    while kinds:
        bit = kinds & -kinds
        yield bit
        kinds ^= bit


_EQUIPE = (
    _compiled(vendas.VENDAS)
    + _compiled(consultores.CONSULTORES)
    + _compiled(conversa.COMUM)
    + _compiled(retaguarda.RETAGUARDA)
)
_CONVERSA = _compiled(conversa.CONVERSA)
CLIENTE = Regras(_compiled(clientes.CLIENTE) + _CONVERSA)
NA_FILA = Regras(
    _compiled(clientes.NA_FILA) + tuple(regra for regra in _CONVERSA if regra.intencao is not Intencao.DESPEDIDA)
)


@lru_cache(maxsize=64)
def of_staff(allowed: frozenset[Intencao]) -> Regras:
    """The rules of what somebody may want. To whoever sees the robots at work "como tá o robô?" is about those."""
    regras = (regra for regra in _EQUIPE if regra.intencao in allowed)
    if Intencao.EXECUCOES in allowed:
        regras = (one for one in regras if one.intencao is not Intencao.STATUS or not one.core & _ROBO)
    return Regras(tuple(regras) + _CONVERSA)


@dataclass(frozen=True, slots=True)
class Achada:
    """The intention that fits best, and how sure it is; what another part of the sentence wants is `tambem`."""

    intencao: Intencao
    certeza: Certeza
    tambem: tuple[Intencao, ...] = ()


MOST_UNKNOWN = 4
"""Words we do not know in what is offered all the same."""
MOST = 3
"""Wishes of one message that are offered."""


def best(leitura: Leitura, regras: Regras) -> Achada | None:
    """The intention whose core says most of the sentence and leaves least over; a sure one before a probable one, then
    the first listed.
    """
    said = leitura.mascara
    chosen: Regra | None = None
    rank = (0, False, False, 0, 0, 0)
    for place, regra in regras.holding(said):
        rest = said & ~regra.beside
        certeza = _certeza(leitura, regra, rest)
        here = (certeza, not regra.solta, not regra.ampla, regra.size, -rest.bit_count(), -place)
        if certeza and here > rank:
            chosen, rank = regra, here
    if chosen is None:
        return None
    shown = _may_be_shown(leitura, chosen, said & ~chosen.beside)
    return Achada(chosen.intencao, Certeza.CERTA if shown else Certeza(rank[0]))


def wished(leitura: Leitura, regras: Regras) -> Achada | None:
    """What a sentence wants. Parts that want two things for sure count before a reading across them that is neither."""
    whole = best(leitura, regras)
    sure = whole is not None and whole.certeza is Certeza.CERTA
    if whole is not None and ((sure and not leitura.pausas) or whole.intencao in TALK):
        return whole
    parts = _best_of_clauses(leitura, regras)
    if whole is None or parts is None:
        return whole or parts
    if parts.certeza is Certeza.CERTA and parts.intencao is whole.intencao:
        return parts
    if parts.tambem and whole.intencao not in (parts.intencao, *parts.tambem):
        return parts
    return whole if sure else replace(whole, tambem=_sure_besides(leitura, regras, whole.intencao))


def _sure_besides(leitura: Leitura, regras: Regras, besides: Intencao) -> tuple[Intencao, ...]:
    """What a part of the sentence surely wants, too: "faz um backup e me passa a auditoria"."""
    found = [best(part, regras) for part in clauses(leitura)]
    sure = (one.intencao for one in found if one is not None and one.certeza is Certeza.CERTA)
    return tuple(dict.fromkeys(one for one in sure if one not in TALK and one is not besides))[: MOST - 1]


def _best_of_clauses(leitura: Leitura, regras: Regras) -> Achada | None:
    """What the parts of a sentence want, when the whole says nothing; nothing when one of them denies, quotes or
    makes a condition, reasons apart ("cancela, porque ele não quis"). Only parts that all say the same are sure.
    """
    parts = clauses(leitura)
    found = [best(part, regras) for part in parts]
    # "Cancela, digitei errado": what comes after a sure beginning may only make it unsure.
    first = found[0] if found else None
    sure_first = first is not None and first.certeza is Certeza.CERTA and first.intencao not in TALK
    turned = [bool(part.mascara & _TURNS) for part in parts]
    if not parts or turned[0] or (any(turned) and not sure_first):
        return None
    wishes = [one for one in found if one is not None and one.intencao not in TALK]
    intencoes = tuple(dict.fromkeys(one.intencao for one in wishes))
    if not intencoes:
        return None
    agree = len(intencoes) == 1 and len(wishes) > 1 and None not in found
    certain = [one.certeza is Certeza.CERTA for one in wishes]
    sure = agree and (all(certain) or (any(certain) and not leitura.mascara & _DUROS))
    return Achada(intencoes[0], Certeza.CERTA if sure else Certeza.PROVAVEL, intencoes[1:MOST])


def _certeza(leitura: Leitura, regra: Regra, rest: int) -> int:
    if regra.ampla:
        return Certeza.CERTA
    if regra.intencao is Intencao.DESISTIR and rest & _OF_WHAT_IS_SOLD:
        return Certeza.NENHUMA
    if regra.intencao is Intencao.PENDENTES and rest & _OF_ANOTHER_STAGE:
        return Certeza.NENHUMA
    # "Hugo aprova por mim até sexta", "Elisa tá online?": whoever is named stands first.
    if leitura.alheias and regra.intencao not in _OF_WHO_STANDS_FIRST and _begins_with_stranger(leitura, regra):
        return Certeza.NENHUMA
    if not rest and leitura.alheias <= regra.unknown:
        return Certeza.CERTA if regra.sure and not _is_doubtful(leitura, regra) else Certeza.PROVAVEL
    return Certeza.PROVAVEL if _may_be_meant(leitura, regra, rest) else Certeza.NENHUMA


def _may_be_shown(leitura: Leitura, regra: Regra, rest: int) -> bool:
    """What only shows something needs less: one unknown word, or one kind that is not its own."""
    # Another language than one speaks is a conversation that one cannot read.
    if (
        regra.intencao is Intencao.IDIOMA
        or regra.intencao in ACOES
        or regra.intencao in TALK
        or regra.size < 2
        or not regra.sure
        or regra.exata
    ):
        return False
    against = _DUROS | (_OF_ANOTHER_ROOM if regra.intencao in _OF_SALES else 0)
    return leitura.alheias + (rest & ~_SUAVES).bit_count() <= 1 and not rest & against and not leitura.inexata


def _is_doubtful(leitura: Leitura, regra: Regra) -> bool:
    """ "Que tá online" may be "quem tá online?" with a letter lost, "bao quero vender" a "não quero vender"."""
    if leitura.inexata or regra.intencao not in ACOES:
        return leitura.inexata
    # Whoever laughs may not mean it.
    laughs = regra.intencao not in SIM_OU_NAO and leitura.mascara & _RISO
    return bool(laughs) or leitura.itens[0].word == "que" or may_deny(leitura)


def _may_be_meant(leitura: Leitura, regra: Regra, rest: int) -> bool:
    """Whether what does not fit only makes it unsure."""
    if regra.exata or regra.intencao in SIM_OU_NAO or (regra.intencao in _PRESENCA and rest & _NOT_NOW_OR_ME):
        return False
    if regra.size == 1 and not regra.solta:
        return regra.sure and leitura.alheias <= regra.unknown and not rest & ~_SUAVES
    against = _DUROS | (_PERGUNTAM if regra.intencao in ACOES else 0)
    if regra.solta:
        return leitura.alheias <= MOST_UNKNOWN and not rest & against
    return leitura.alheias <= max(regra.unknown, 2) and not rest & against and (rest & ~_SUAVES).bit_count() <= 2


def _begins_with_stranger(leitura: Leitura, regra: Regra) -> bool:
    """Whether an unknown word stands before the core: most often somebody else, who does it."""
    for item in leitura.itens:
        if item.bit == LEXICO.outra:
            return True
        if item.bit & regra.core:
            return False
    return False
