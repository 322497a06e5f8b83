"""Which of the shown options somebody means: number, label, the part only one has, ordinal, price or speed."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from core.fala.intencoes import Certeza, Intencao
from core.fala.leitura.leitura import Leitura, read
from core.fala.lexico.lexico import LEXICO
from core.fala.lexico.texto import Kind, Token, cleaned, listed, plain, tokens
from core.fala.respostas.numeros import ORDINALS, SMALL, number_of
from core.fala.respostas.rotulos import MONEY, SPEEDS, parts_in, parts_of_label, price, speed, stands_in
from core.fala.respostas.sim_nao import yes_or_no
from core.palavras import folded, trimmed
from core.venda.respostas import Opcao

# What stands around a choice and says nothing of which one it is.
_AROUND = frozenset(
    listed("""
    a o as os um uma de do da dos das no na nos nas em e eh que pra para pro pros pelo pela por com ao aos eu me
    meu minha ele ela cliente clientes quero queria gostaria prefiro prefere preferem preferimos quer querem
    escolho escolhe escolheu vou vai ir ser pode poder seria fica ficar fico ficamos opcao opcoes lista numero num nr n
    favor pfv pf please option number the one i ll take want choose like prefer quiero quisiera la el lo los las
    esse essa isso este esta mesmo mesma entao plano planos periodo parte turno horario dia todo dias vencimento
    data pagar pagamento pago forma passa passar manda mandar coloca coloque bota bote marca marque deixa deixe
    seleciona selecionar selecione escolha sim ok oi ola hi hello acho creio melhor obrigado obrigada obg valeu
    thanks gracias aquele aquela aqui ai bora vamos fechar fecha fechamos fechado item resposta alternativa
    nao deles delas dele dela endereco enderecos ponto pontos via titular cedo pediu colocar botar marcar
    deixar selecionar escolher passar bom bem otimo vence
    mostra mostrar mostre abre abrir abra exibe exibir detalha detalhe detalhes olhar vejo veja
    vencendo vencer somente apenas so hj agora ja to estou ta falar
    """)
)
# Who says one of these refuses, asks back, or names several.
_AGAINST = frozenset(
    listed("""
    nao nem menos exceto sem ou or entre tirando nunca jamais talvez maybe acaso depende mas porem but pero se if
    qual quais which what quem quando quanto quantos quanta pq porque como onde tem ha existe posso diferenca
    ambos both tanto qualquer outro outra another ontem ainda depois antes cade disse falou perguntou not
    dont
    """)
)
_NONE = frozenset({"nenhum", "nenhuma"})
_SEVERAL = re.compile(
    r"\b(?:os dois|as duas|os tres|as tres|ambos|ambas|tod[oa]s|both|all of them|tanto faz|tanto fez"
    r"|qualquer (?:um|uma)|qlqr um|cualquiera|los dos|las dos|whatever|any of them|either|(?:voce|vc) escolhe"
    r"|escolhe (?:voce|vc|ai))\b"
)
_PAIRS_AGAINST = frozenset(
    {("boa", "tarde"), ("boa", "noite"), ("bom", "dia"), ("mais", "tarde"), ("mais", "cedo")}
    | {(article, number) for article in ("os", "as") for number in ("dois", "duas", "tres")}
)
_HUNDREDS = frozenset(
    listed("cem duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos mil")
)
_DOUBT = frozenset({"acho", "creio"})
_MIDDLE = frozenset({"meio", "middle", "medio"})
_WHICH = re.compile(r"\b(?:qual|quais|which|cual|e|eh|seria|is|es|sai|deles|delas)\b|[?¿]")
# The cheapest, the dearest, the fastest: by what, and whether the highest is meant.
_RANKS: dict[str, tuple[Callable[[Sequence[str]], float | None], bool]] = {
    **dict.fromkeys(
        ("barato", "barata", "baratinho", "baratin", "conta", "cheapest", "economico", "basico", "simples", "menor"),
        (price, False),
    ),
    **dict.fromkeys(("caro", "cara", "top"), (price, True)),
    **dict.fromkeys(
        ("rapido", "rapida", "rapidao", "veloz", "fastest", "potente", "maior", "melhorzinho"), (speed, True)
    ),
    "lento": (speed, False),
}


@dataclass(frozen=True, slots=True)
class Escolha:
    """The index of the option, and how sure."""

    indice: int
    certeza: Certeza


@dataclass(frozen=True, slots=True)
class _Dito:
    """What says which one: the significant parts of all the words; `certeza` at best; `pairs`: what
    stood side by side."""

    parts: list[str]
    words: list[str]
    certeza: Certeza
    pairs: frozenset[tuple[str, str]] = frozenset()


def wants_several(text: str) -> bool:
    """Whether somebody wants more than one, or leaves the choice to us: "os dois", "tanto faz"."""
    return _SEVERAL.search(plain(cleaned(text))) is not None


def ranked(text: str, opcoes: tuple[Opcao, ...], today: date) -> int | None:
    """Which option is asked about: "qual o mais barato?". None where no rank is, or none of them has it alone."""
    rest = _WHICH.sub(" ", plain(cleaned(text)))
    if rest.split() == plain(cleaned(text)).split() or not any(word in _RANKS for word in rest.split()):
        return None
    chosen = choose(read(rest, today), rest, opcoes)
    return chosen.indice if chosen is not None else None


def choose(leitura: Leitura | None, text: str, opcoes: tuple[Opcao, ...]) -> Escolha | None:
    """The option a sentence means, or None: none, several, or a question back.

    A label typed as it stands comes first, then the number it has on the screen, then what only one of them has.
    """
    typed = folded(trimmed(text)).rstrip(".!)")
    labels = [folded(opcao.texto) for opcao in opcoes]
    if typed in labels:
        return Escolha(labels.index(typed), Certeza.CERTA)
    if leitura is None:
        return None
    dito = _said(text)
    if dito is None:
        return _by_answer(leitura, opcoes)
    lists = [parts_of_label(opcao.texto) for opcao in opcoes]
    return _by_label(dito, lists) or _by_place(dito, lists) or _by_rank(dito, lists) or _by_answer(leitura, opcoes)


def _said(text: str) -> _Dito | None:
    """None when it asks back, refuses, or names several."""
    found = tokens(cleaned(text))
    words = [token.plain for token in found if token.kind is Kind.WORD]
    if ("pode", "se") in pairwise(words):
        # "Pode se o de 700": the last letter is not spoken.
        words.remove("se")
    numbered = any(token.kind is Kind.NUMBER for token in found)
    # "Não é nenhum": said twice.
    against = _AGAINST & {*words} if _NONE.isdisjoint(words) else (_AGAINST - {"nao"}) & {*words}
    if any(token.kind is Kind.QUESTION for token in found) or against or ("n" in words and not numbered):
        return None
    if _PAIRS_AGAINST & {*pairwise(words)}:
        return None
    pairs = frozenset(pairwise(parts_in(found)))
    return _Dito(_significant(found), words, Certeza.PROVAVEL if _DOUBT & {*words} else Certeza.CERTA, pairs)


def _significant(found: list[Token]) -> list[str]:
    parts = _with_numbers(parts_in(found))
    # "Um" may be an article; when nothing else is said it is a number.
    return [part for part in parts if LEXICO.short.get(part, part) not in _AROUND] or [
        part for part in parts if part in ("um", "uma", "one")
    ][:1]


def _with_numbers(parts: list[str]) -> list[str]:
    """Numbers said in several words as digits: "cento e dezenove"."""
    joined: list[str] = []
    at = 0
    while at < len(parts):
        end = next((end for end in range(min(len(parts), at + 6), at + 1, -1) if number_of(parts[at:end])), at)
        if end > at:
            joined.append(str(number_of(parts[at:end])))
        elif parts[at] in _HUNDREDS:
            joined.append(str(number_of(parts[at : at + 1])))
        else:
            joined.append(parts[at])
        at = max(end, at + 1)
    return joined


def _by_label(dito: _Dito, lists: Sequence[Sequence[str]]) -> Escolha | None:
    """Every part that says something stands in the label of one option only; one word more makes it unsure."""
    parts = [str(SMALL[part]) if part in SMALL else part for part in dito.parts]
    parts = [part for part in parts if part != MONEY] or parts
    if not parts or (_is_place(parts, lists) and not _is_worded(dito, parts[0], lists)):
        return None
    counts = sorted((sum(not stands_in(part, label) for part in parts), at) for at, label in enumerate(lists))
    missing, index = counts[0]
    if (len(counts) > 1 and counts[1][0] == missing) or missing > 1 or missing == len(parts):
        return None
    if missing and _is_another(parts, lists, index):
        return None
    return Escolha(index, Certeza.PROVAVEL if missing else dito.certeza)


def _is_another(parts: list[str], lists: Sequence[Sequence[str]], index: int) -> bool:
    """Whether the part that this label has not is a number, or stands in another one: something else was named."""
    lacking = [part for part in parts if not stands_in(part, lists[index])]
    others = [label for at, label in enumerate(lists) if at != index]
    return any(part[0].isdecimal() or any(part in label for label in others) for part in lacking)


def _is_place(parts: list[str], lists: Sequence[Sequence[str]]) -> bool:
    """A lone number up to the count of options is a number on the screen; `_by_place` says which."""
    return len(parts) == 1 and parts[0].isdecimal() and 1 <= int(parts[0]) <= len(lists)


def _is_worded(dito: _Dito, number: str, lists: Sequence[Sequence[str]]) -> bool:
    """Whether the word that stands before a number in every label was said before it: "dia 5" is no fifth place."""
    return any((word, number) in dito.pairs for word in set(lists[0]).intersection(*lists[1:]))


def _by_place(dito: _Dito, lists: Sequence[Sequence[str]]) -> Escolha | None:
    """The number on the screen, an ordinal, the last one, the one in the middle; of numbers, the one that is said."""
    common = set(lists[0]).intersection(*lists[1:])
    parts = [part for part in dito.parts if part not in common] or dito.parts
    if len(parts) == 1 and all(len(label) == 1 and label[0].isdecimal() for label in lists):
        said = _number_said(parts[0])
        if said:
            numbers = [label[0] for label in lists]
            # "Quatro", where 1, 2, 3 and 0 may be chosen, is no fourth place.
            return Escolha(numbers.index(said), dito.certeza) if said in numbers else None
    place = _place(parts[0], len(lists)) if len(parts) == 1 else None
    if place is None or not -len(lists) <= place < len(lists):
        return None
    place %= len(lists)
    if parts[0].isdecimal() and (_is_called(parts[0], lists, place) or _is_so_many(dito, parts[0], lists)):
        return None
    return Escolha(place, dito.certeza)


def _number_said(part: str) -> str:
    """A number in a word, as a digit; "" of any other."""
    if part in _NONE:
        return "0"
    return str(SMALL[part]) if part in SMALL else ""


def _place(part: str, count: int) -> int | None:
    if part in _MIDDLE:
        return count // 2 if count % 2 else None
    if part in ORDINALS:
        return ORDINALS[part]
    number = int(part) if part.isdecimal() and len(part) < 4 else SMALL.get(part)
    return number - 1 if number else None


def _is_called(number: str, lists: Sequence[Sequence[str]], place: int) -> bool:
    """Whether a number on the screen is also the only number of another label ("Dia 5"): either may be meant."""
    return any(
        at != place and [part for part in label if part[0].isdecimal()] == [number] and not SPEEDS & {*label}
        for at, label in enumerate(lists)
    )


def _is_so_many(dito: _Dito, number: str, lists: Sequence[Sequence[str]]) -> bool:
    """Whether it counts what several labels count, too: "3 dias", of 7, 15 or 30 dias, is no third place."""
    counted = [{unit for one, unit in pairwise(label) if one.isdecimal() and not unit.isdecimal()} for label in lists]
    units = {unit for one, unit in dito.pairs if one == number}
    return any(sum(unit in label for label in counted) > 1 for unit in units)


def _by_rank(dito: _Dito, lists: Sequence[Sequence[str]]) -> Escolha | None:
    rank = next((word for word in dito.words if word in _RANKS), None)
    if rank is None or {*dito.parts} - {rank, "mais"}:
        return None
    measure, highest = _RANKS[rank]
    values = [value for label in lists if (value := measure(label)) is not None]
    if len({*values}) < len(lists):
        return None
    return Escolha(values.index(max(values) if highest else min(values)), dito.certeza)


def _by_answer(leitura: Leitura, opcoes: tuple[Opcao, ...]) -> Escolha | None:
    """Two options of which one is a yes and the other a no take yes and no in any words."""
    firsts = [plain(cleaned(opcao.texto)).replace(",", " ").replace(".", " ").split()[:1] for opcao in opcoes]
    if sorted(first[0] if first else "" for first in firsts) not in (["nao", "sim"], ["no", "yes"], ["no", "si"]):
        return None
    intencao, certeza = yes_or_no(leitura)
    if certeza is Certeza.NENHUMA:
        return None
    yes = 0 if firsts[0][0] in ("sim", "yes", "si") else 1
    return Escolha(yes if intencao is Intencao.SIM else 1 - yes, certeza)
