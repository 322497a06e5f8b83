"""Which processo a PDF belongs to that a person sent: caption, then screen, then what the bill itself says.

A caption that names one processo decides, and so does the screen; what the bill says is suggested and confirmed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

from core.palavras import folded
from core.testemunha.conhecido import Titular
from core.testemunha.lido import Lido
from core.testemunha.meses import Mes
from core.testemunha.nomeados import Nomeados, Prova, name_of
from core.testemunha.texto import Texto

_UUID = re.compile(
    r"(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])|(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])"
)
_SHORTEST, _LONGEST = 6, 20
_MOST_NUMBERS = 2000
_NAME_WORD = 4


class Razao(IntEnum):
    """Why a processo is suggested, the stronger the higher; the dialogs have words for each."""

    MES = 1
    NOME = 2
    CNPJ = 3
    SERVICO = 4
    CONTA = 5
    TELA = 6
    LEGENDA = 7


_OF_PROOF = {Prova.CNPJ: Razao.CNPJ, Prova.SERVICO: Razao.SERVICO, Prova.CONTA: Razao.CONTA}


@dataclass(frozen=True, slots=True)
class Candidato:
    """A processo whose bill this may be. `espera`: it waits for its file."""

    processo_id: str
    titular: Titular
    mes: Mes
    espera: bool = True


@dataclass(frozen=True, slots=True)
class Pistas:
    """What to look candidates up by, before there are any. `numeros`: accounts and services, labelled ones first.

    `circuitos`: what may be the name of one.
    """

    processos: frozenset[str]
    numeros: tuple[str, ...]
    cnpjs: frozenset[str]
    meses: frozenset[Mes]
    circuitos: frozenset[str] = frozenset()

    @property
    def chaves(self) -> tuple[str, ...]:
        """All of them, as they are kept with clientes (storage/tables/chaves.py)."""
        return (*self.numeros, *sorted(self.circuitos))


@dataclass(frozen=True, slots=True)
class Sugestao:
    """A candidate with its reasons, the strongest first."""

    candidato: Candidato
    razoes: tuple[Razao, ...]


@dataclass(frozen=True, slots=True)
class Achado:
    """`certo`: the one that the caption or the screen names; else the first of `sugestoes` is asked about.

    `clientes`: ids of those whose own account or service the file shows; two of them are several bills in one
    file, and that is said.
    """

    certo: Sugestao | None
    sugestoes: tuple[Sugestao, ...]
    clientes: tuple[str, ...]

    @property
    def varios(self) -> bool:
        return len(self.clientes) > 1

    @property
    def contradiz(self) -> bool:
        """Whether the file shows another cliente's account or service, and none of the one that was named."""
        return (
            self.certo is not None
            and bool(self.clientes)
            and self.certo.candidato.titular.cliente_id not in self.clientes
        )


def clues(lido: Lido, legenda: str = "") -> Pistas:
    """What the caption and the bill name, for looking up who that could be."""
    text, typed = Texto(lido.paginas), Texto((_UUID.sub(" ", legenda.casefold()),))
    nota = lido.nota
    numbers = numbers_of(text, [*sorted(typed.numeros), *sorted(nota.numeros if nota else ())])
    cnpjs = {nota.cnpj} - {""} if nota else set()
    return Pistas(
        frozenset(_processos_in(legenda)),
        numbers,
        typed.cnpjs | text.cnpjs | cnpjs,
        _months_of(typed, legenda) or _shown_months(lido, text),
        typed.circuitos | text.circuitos,
    )


def numbers_of(text: Texto, first: Iterable[str] = ()) -> tuple[str, ...]:
    """The numbers that accounts and services can be, those first that are called so; not all of a list of calls."""
    ordered = dict.fromkeys([*first, *sorted(text.contas), *sorted(text.numeros)])
    return tuple(number for number in ordered if _SHORTEST <= len(number) <= _LONGEST)[:_MOST_NUMBERS]


def find_processo(lido: Lido, candidatos: Sequence[Candidato], legenda: str = "", na_tela: str | None = None) -> Achado:
    """The processo of a file. `na_tela`: the one on the person's screen, if any."""
    text, typed = Texto(lido.paginas), Texto((legenda,))
    in_bill, in_caption = Nomeados(lido, text), Nomeados(Lido(""), typed)
    months = _months_of(typed, legenda)
    said = {one.processo_id for one in _by_caption(candidatos, in_caption, legenda, months)}
    shown = months or _shown_months(lido, text)
    found = [_suggested(one, in_bill, said, na_tela, shown) for one in candidatos]
    ranked = sorted((one for one in found if set(one.razoes) - {Razao.MES}), key=_rank, reverse=True)
    return Achado(_certain(ranked, said, na_tela), tuple(ranked), _owners(candidatos, in_bill))


def _certain(ranked: Sequence[Sugestao], said: set[str], na_tela: str | None) -> Sugestao | None:
    """What the caption names, when that is one; a caption that names several leaves it to the person."""
    wanted = next(iter(said)) if len(said) == 1 else (na_tela if not said else None)
    return next((one for one in ranked if one.candidato.processo_id == wanted), None)


def _by_caption(
    candidatos: Iterable[Candidato], typed: Nomeados, legenda: str, months: frozenset[Mes]
) -> list[Candidato]:
    """Those that the caption names best, by id, account, service, CNPJ or name; of its month, if it says one."""
    ids = _processos_in(legenda)
    if ids:
        return [one for one in candidatos if _hex(one.processo_id) in ids]
    strength = {one: _named_by(typed, one.titular, legenda) for one in candidatos}
    best = max(strength.values(), default=0)
    named = [one for one, how in strength.items() if how == best and best]
    if months:
        return [one for one in named if one.mes in months]
    waiting = [one for one in named if one.espera]
    return waiting or named


def _named_by(typed: Nomeados, titular: Titular, legenda: str) -> int:
    proofs = typed.provas(titular)
    if proofs:
        return _OF_PROOF[max(proofs)]
    return Razao.NOME if _says_part_of(legenda, titular) else 0


def _says_part_of(legenda: str, titular: Titular) -> bool:
    """Whether a caption says the name as people do: its first two words of some length, or the one it has."""
    words = [word for word in re.findall(r"\w+", name_of(titular.razao_social)) if len(word) >= _NAME_WORD]
    typed = set(re.findall(r"\w+", folded(legenda)))
    return bool(words) and set(words[:2]) <= typed


def _suggested(one: Candidato, bill: Nomeados, said: set[str], na_tela: str | None, months: frozenset[Mes]) -> Sugestao:
    reasons = {_OF_PROOF[proof] for proof in bill.provas(one.titular)}
    reasons |= {Razao.NOME} if bill.says_name(one.titular) else set()
    reasons |= {Razao.LEGENDA} if one.processo_id in said else set()
    reasons |= {Razao.TELA} if one.processo_id == na_tela else set()
    reasons |= {Razao.MES} if one.mes in months else set()
    return Sugestao(one, tuple(sorted(reasons, reverse=True)))


def _rank(one: Sugestao) -> tuple[int, int, bool, bool, Mes]:
    """The strongest reason, how many, the month, whether it waits; then the newest."""
    reasons = [reason for reason in one.razoes if reason != Razao.MES]
    return reasons[0], len(reasons), Razao.MES in one.razoes, one.candidato.espera, one.candidato.mes


def _owners(candidatos: Iterable[Candidato], bill: Nomeados) -> tuple[str, ...]:
    """Clientes whose account the file shows, else whose service; proofs that two of them share name neither."""
    proofs = {one.titular.cliente_id: bill.provas(one.titular) for one in candidatos}
    for proof in (Prova.CONTA, Prova.SERVICO):
        values = [shown[proof] for shown in proofs.values() if proof in shown]
        owners = [owner for owner, shown in proofs.items() if proof in shown and values.count(shown[proof]) == 1]
        if owners:
            return tuple(owners)
    return ()


def _months_of(typed: Texto, legenda: str) -> frozenset[Mes]:
    """The months that a caption names, with a label or bare."""
    bare = re.findall(r"(?<![0-9/])((?:0[1-9]|1[0-2])/20[0-9]{2})(?![0-9])", legenda)
    return typed.referencias | {Mes.of(one) for one in bare}


def _shown_months(lido: Lido, text: Texto) -> frozenset[Mes]:
    """The months that the bill says it is for, in print or in its note."""
    return text.referencias | ({lido.nota.competencia} if lido.nota and lido.nota.competencia else set())


def _processos_in(legenda: str) -> set[str]:
    return {_hex(found) for found in _UUID.findall(legenda.casefold())}


def _hex(text: str) -> str:
    """An id as it is compared, with or without hyphens."""
    try:
        return UUID(text).hex
    except ValueError:
        return text
