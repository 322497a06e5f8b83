"""A sentence read: its kinds of words in order, with what each was made of."""

from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from rapidfuzz.distance import OSA

from core.fala.leitura.acertos import VERBS, Item, settle
from core.fala.leitura.tempo import MesDito, Prazo, find_month, find_time
from core.fala.lexico.lexico import LEXICO, Grafia, bits
from core.fala.lexico.nomes import FIRST_NAMES, OPERADORAS, SERVICOS
from core.fala.lexico.texto import Kind, Token, cleaned, listed, plain, tokens, unquoted

TOO_MANY = 40
"""Tokens; whoever writes more tells a story."""
LONGEST_NAME = 6

_VAZIO, _NAO, _NOME, _OUTRA, _RISO = bits("vazio"), bits("nao"), bits("nome"), LEXICO.outra, bits("riso")
_NUMERO, _PERGUNTA, _SAUDACAO, _MES = bits("numero"), bits("?"), bits("saudacao"), bits("mes")
_NEGAR = bits("negar")
_PORQUE, _AND = bits("porque"), frozenset({"e", "pois", "entao", "e depois", "e ai depois"})
_CALLS = bits("saudacao obrigado tchau")
_CLIENTE, _PLACE, _CLIENTE_DITO = bits("cliente"), bits("medico"), bits("cliente_dito")
_SIGNS = {Kind.NUMBER: _NUMERO, Kind.QUESTION: _PERGUNTA, Kind.QUOTE: bits("aspas")}
_EMOJI = {emoji: bits("sim") for emoji in "👍👌✅✔☑🆗❤💚💙🙌👏🤝💯🫡"} | dict.fromkeys("👎❌✖🚫🙅⛔✗", _NAO)
_EMOJI |= {"🙏": bits("obrigado"), "👋": _SAUDACAO} | dict.fromkeys("😂🤣", _RISO)
_EMOJI |= {emoji: bits("reclamar") for emoji in "😡🤬😠"}
_PAUSES = frozenset({Kind.JOINT, Kind.BREAK})
_NO_PAUSE = frozenset("-'/_*~()")
_ENFEITE = bits("enfeite")

_PREPOSITIONS = frozenset({"no", "na", "ao"})
_TITLES = frozenset(listed("dona sr sra senhor senhora dr dra doutor doutora tia tio moca moco"))
_BEFORE_A_NAME = frozenset(listed("seu pra pro para pros pras do da de dos das com a ao o with con to al"))
_OF = frozenset({"da", "do", "de", "das", "dos"})
_INVOICE = bits("fatura processo")
_DECISION = bits("aprovar aprova rejeitar baixar")
_ONE = frozenset({"a", "o", "as", "os"})
_ENDS_A_NAME = bits(
    "mes ? ja estar foi concluido baixar status aprova aprovar rejeitar pendente sat falhou era polido agora obrigado"
    " como ainda quando porque faltar mas aspas querer poder ver"
)


@dataclass(slots=True)
class Leitura:
    """`mascara`: the bits of everything known; `alheias`: how many words we do not know, names apart; `inexata`:
    whether a word was only perhaps ours.
    """

    texto: str
    plain: str
    itens: list[Item]
    prazo: Prazo | None
    mes: MesDito | None
    pessoa: str | None = None
    cliente: str | None = None
    mascara: int = 0
    alheias: int = 0
    inexata: bool = False
    pausas: tuple[int, ...] = ()
    """Where a comma, a full stop or a line break stands."""

    def count(self) -> None:
        """Sum up the items, after they changed."""
        self.mascara, self.alheias, self.inexata = 0, 0, False
        for item in self.itens:
            if item.bit == _OUTRA:
                self.alheias += 1
            else:
                self.mascara |= item.bit
                self.inexata |= item.grafia is Grafia.DUVIDOSA


def read(text: str, today: date) -> Leitura | None:
    """The sentence read; None when it is empty or a long story."""
    clean = unquoted(cleaned(text))
    found = tokens(clean)
    if not found or len(found) > TOO_MANY:
        return None
    small = plain(clean)
    leitura = Leitura(clean, small, [], find_time(small), find_month(small, today))
    leitura.pausas = tuple(token.start for token in found if token.kind in _PAUSES and token.plain[0] not in _NO_PAUSE)
    leitura.itens = _merged(found, leitura)
    settle(leitura.itens)
    _name_client(leitura)
    _name_people(leitura)
    leitura.count()
    return leitura


def may_deny(leitura: Leitura) -> bool:
    """Whether a word is one letter from "não": "quero ão", "bão está certo"."""
    words = (word.strip(".,!?;:") for word in leitura.plain.split())
    return any(word not in _PREPOSITIONS and OSA.distance(word, "nao", score_cutoff=1) == 1 for word in words)


def clauses(leitura: Leitura) -> list[Leitura]:
    """The parts between commas, full stops and "e", each as a sentence of its own, without those that give a reason.

    None when nothing divides the sentence.
    """
    asked = (item.end for item in leitura.itens if item.bit == _PERGUNTA)
    divided = (item.start for item in leitura.itens[1:] if _divides(item))
    ends = sorted({*leitura.pausas, *divided, *asked} - {len(leitura.texto)})
    if not ends:
        return []
    parts: list[Leitura] = []
    start = 0
    for end in (*ends, len(leitura.texto)):
        itens = [item for item in leitura.itens if start <= item.start < end]
        if itens and not (parts and _gives_reason(itens)):
            part = replace(leitura, itens=itens)
            part.count()
            parts.append(part)
        start = end
    return parts


def _divides(item: Item) -> bool:
    return item.word in _AND or item.bit == _PORQUE


def _gives_reason(itens: list[Item]) -> bool:
    """ "…, porque o cliente desistiu": but "…, por que falhou?" asks."""
    return itens[0].bit == _PORQUE and itens[-1].bit != _PERGUNTA


class _Word(NamedTuple):
    token: Token
    word: str
    grafia: Grafia
    known: bool


def _merged(found: list[Token], leitura: Leitura) -> list[Item]:
    """The tokens as items: times and months first, then the longest forms."""
    itens: list[Item] = []
    words: list[_Word] = []
    spans = _spans(leitura)
    for token in found:
        covered = _covering(token, spans) if spans else None
        if covered is not None:
            _flush(words, itens)
            if not itens or itens[-1].start != covered.start:
                itens.append(covered)
        elif token.kind is Kind.WORD:
            known = LEXICO.find(token.plain)
            if known is None:
                words.append(_Word(token, token.plain, Grafia.EXATA, False))
            else:
                words.append(_Word(token, known.texto, known.grafia, True))
        elif token.kind is not Kind.JOINT:
            _flush(words, itens)
            itens.append(Item(_sign(token), token.start, token.end, token.plain))
    _flush(words, itens)
    return itens


def _spans(leitura: Leitura) -> list[Item]:
    spans = []
    mes, prazo = leitura.mes, leitura.prazo
    if mes is not None:
        spans.append(Item(_MES, mes.start, mes.end, ""))
    if prazo is not None and (mes is None or prazo.end <= mes.start or prazo.start >= mes.end):
        kinds = "horario" if prazo.ate is None else "ate volto" if prazo.volta else "ate"
        spans.append(Item(bits(kinds), prazo.start, prazo.end, ""))
    return spans


def _covering(token: Token, spans: list[Item]) -> Item | None:
    for span in spans:
        if span.start <= token.start < span.end:
            return span
    return None


def _sign(token: Token) -> int:
    return _SIGNS.get(token.kind) or _EMOJI.get(token.plain, _ENFEITE)


def _flush(words: list[_Word], itens: list[Item]) -> None:
    """The longest forms first, from the left."""
    at = 0
    while at < len(words):
        item, length = _form_at(words, at)
        itens.append(item)
        at += length
    words.clear()


def _form_at(words: list[_Word], at: int) -> tuple[Item, int]:
    token, word, grafia, known = words[at]
    if not known:
        return Item(_RISO if _is_laughter(word) else _OUTRA, token.start, token.end, word), 1
    pair = (word, words[at + 1].word) if at + 1 < len(words) else None
    for form, bit in LEXICO.phrases.get(pair, ()) if pair else ():
        part = words[at : at + len(form)]
        fits = len(part) == len(form) and all(one.word == other for one, other in zip(part, form, strict=True))
        if fits and not (bit == _NEGAR and form[-1] == "nao" and _goes_on(words, at + len(form))):
            worst = max(one.grafia for one in part)
            return Item(bit, token.start, part[-1].token.end, " ".join(form), worst), len(form)
    bit = LEXICO.words[word] or _OUTRA
    if bit == _MES:
        # `find_month` knows it when it is written right.
        grafia = Grafia.DUVIDOSA
    return Item(bit, token.start, token.end, word, grafia), 1


def _goes_on(words: list[_Word], at: int) -> bool:
    """Whether a verb follows: "agora não posso" is no "agora não"."""
    return at < len(words) and bool((LEXICO.words.get(words[at].word) or 0) & VERBS)


def _is_laughter(word: str) -> bool:
    if len(word) < 3:
        return False
    return set(word) == {"k"} or (set(word) <= set("haeirsuj") and len(set(word)) <= 3 and word[:2] * 2 == word[:4])


def _name_client(leitura: Leitura) -> None:
    """What follows "fatura da", "processo do": up to a month, a question mark or a word about how it stands."""
    itens = leitura.itens
    at = _after_invoice(itens)
    # "A fatura da Vivo do mercado": the operadora stands between.
    begin = at + 1 + (itens[at].word in _OF) if 0 < at < len(itens) - 2 and _is_of_operadora(itens, at) else at
    start = end = begin
    while 0 < end < len(itens) and end - start < LONGEST_NAME and not itens[end].bit & _ENDS_A_NAME:
        end += 1
    while start < end and itens[start].bit in (_VAZIO, _CLIENTE):
        start += 1
    while end > start and itens[end - 1].bit == _VAZIO:
        end -= 1
    if any(_may_be_named(item, leitura.texto) for item in itens[start:end]):
        first, last = itens[start], itens[end - 1]
        leitura.cliente = leitura.texto[first.start : last.end]
        itens[at:end] = [Item(_CLIENTE_DITO, first.start, last.end, "")]


def _is_of_operadora(itens: list[Item], at: int) -> bool:
    at += itens[at].word in _OF
    return itens[at].word in OPERADORAS | SERVICOS and at + 1 < len(itens) and itens[at + 1].word in _OF


def _after_invoice(itens: list[Item]) -> int:
    """Where the name of a client may begin; -1 when no invoice is spoken of."""
    for at, item in enumerate(itens[:-1]):
        after = itens[at + 1]
        if item.bit & _INVOICE and (after.word in _OF or after.bit in (_OUTRA, _PLACE)):
            return at + 1
        if item.bit & _DECISION and after.word in _ONE and at + 2 < len(itens) and itens[at + 2].word in _OF:
            return at + 2
    # "E a da Padaria, já saiu?"
    for at, item in enumerate(itens[:3]):
        if item.word in _ONE and at + 2 < len(itens) and itens[at + 1].word in _OF:
            return at + 1
    return -1


def _may_be_named(item: Item, text: str) -> bool:
    return item.bit in (_OUTRA, _PLACE) or (item.bit != _NUMERO and text[item.start].isupper())


def _introduces(item: Item) -> bool:
    """ "Aqui é o Paulo": who writes says their name."""
    return item.bit == _VAZIO and item.word.startswith(("aqui ", "meu nome ", "nome ", "me chamo", "sou "))


def _names_somebody(before: Item) -> bool:
    """Whether what follows is a name: after a preposition, a title, or "transfer … to"."""
    if before.word in _TITLES or before.word.endswith((" to", " en")):
        return True
    return before.word in _BEFORE_A_NAME and before.bit == _VAZIO


def _name_people(leitura: Leitura) -> None:
    """One to three unknown words after a preposition are a name; whoever is greeted by name is only greeted."""
    itens = leitura.itens
    for at, item in enumerate(itens[1:], 1):
        if (
            item.bit == _OUTRA
            and item.word in FIRST_NAMES
            and (itens[at - 1].bit & _CALLS or _introduces(itens[at - 1]))
        ):
            itens[at] = item._replace(bit=_VAZIO)
    at = 1
    while at < len(itens):
        end = at
        while end < len(itens) and itens[end].bit == _OUTRA:
            end += 1
        before = itens[at - 1]
        if 0 < end - at <= 3 and _names_somebody(before):
            leitura.pessoa = leitura.texto[itens[at].start : itens[end - 1].end]
            itens[at:end] = [Item(_NOME, itens[at].start, itens[end - 1].end, "")]
            end = at
        at = max(end, at) + 1
