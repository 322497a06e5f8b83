"""What a word is beside its neighbours: "no" that denies, "oxe" that only exclaims, an operadora that greets nobody."""

from typing import NamedTuple

from core.fala.lexico.lexico import LEXICO, Grafia, bits
from core.fala.lexico.nomes import OPERADORAS

_VAZIO, _NAO, _OUTRA, _ASPAS = bits("vazio"), bits("nao"), LEXICO.outra, bits("aspas")
_PERGUNTA, _SAUDACAO = bits("?"), bits("saudacao")
_COMO, _FICAR, _SIM = bits("como"), bits("ficar"), bits("sim")
_TAGS = frozenset({"ta", "ok", "viu", "beleza", "pode ser", "tudo bem", "ta bom", "ta ok", "combinado", "fechado"})
_EXCLAIMED = frozenset({"oxe", "oxi", "ue", "uue"})
_COUNTED = bits("venda pedido cliente")
_PAST, _BEFORE_INFINITIVE = bits("desistiu feito"), bits("ir querer poder posso bora")
_GREETS = bits("saudacao vazio vocativo robo")
_TERCEIRO, _PLANO, _CLIENTE_QUER = bits("terceiro"), bits("plano"), bits("clientequer")
_WANTS = frozenset({"quer", "querem", "pediu", "escolheu"})
# `no`, `na`, `ao`: a preposition before a noun; before a verb, or alone, a "não" (English, Spanish, a letter lost).
_MAY_BE_NO = frozenset({"no", "na", "ao", "num", "non", "nas"})
_POLITE = bits("obrigado polido agora sim muito voce")
_OF = frozenset({"da", "do", "de", "das", "dos"})
VERBS = bits(
    "querer vender cancelar falar posso poder ir fazer comecar ficar encerrar transferir liberar aprovar aprova"
    " rejeitar delegar desistir atender esperar comprar ter precisa finalizar sair estou estar passar eh bora"
)


class Item(NamedTuple):
    """A kind of word (or several at once) and its place in the cleaned text. `word`: the form as the tables have it."""

    bit: int
    start: int
    end: int
    word: str
    grafia: Grafia = Grafia.EXATA


def settle(itens: list[Item]) -> None:
    """Each of the readings below, in this order."""
    _settle_quotes(itens)
    _settle_operadoras(itens)
    _settle_no(itens)
    _settle_as(itens)
    _settle_spoken(itens)
    _settle_buyers(itens)
    _settle_last(itens)
    _settle_questions(itens)


def _settle_quotes(itens: list[Item]) -> None:
    """ "Mostra o "pool"": one word of ours in quotation marks is named; offered, for it may be quoted all the same."""
    for at in range(len(itens) - 3, -1, -1):
        # Those behind it may have been settled already, and be fewer.
        match itens[at : at + 3]:
            case [begin, word, end] if begin.bit == end.bit == _ASPAS and word.bit not in (_OUTRA, _ASPAS):
                itens[at : at + 3] = [word._replace(grafia=Grafia.DUVIDOSA)]


def _settle_operadoras(itens: list[Item]) -> None:
    """ "Da Claro", "da Oi": no yes, and no greeting."""
    for before, (at, item) in zip(itens, list(enumerate(itens))[1:], strict=False):
        if item.bit & (_SIM | _SAUDACAO) and item.word in OPERADORAS and before.word in _OF:
            itens[at] = item._replace(bit=_OUTRA)


def _settle_no(itens: list[Item]) -> None:
    for at, item in enumerate(itens):
        if item.bit != _VAZIO or item.word not in _MAY_BE_NO:
            continue
        after = next((one for one in itens[at + 1 :] if one.bit != _VAZIO or one.word in _MAY_BE_NO), None)
        # At the end of a sentence a preposition has nothing to stand before: "quero no".
        refuses = after is None or bool(after.bit & VERBS or (at == 0 and after.bit & _POLITE))
        if refuses:
            grafia = Grafia.DUVIDOSA if after is None and at else item.grafia
            itens[at] = item._replace(bit=_NAO, grafia=grafia)


def _settle_as(itens: list[Item]) -> None:
    """ "Me deixa como disponível" asks for no way of doing it."""
    for before, (at, item) in zip(itens, list(enumerate(itens))[1:], strict=False):
        if item.bit == _COMO and before.bit == _FICAR:
            itens[at] = item._replace(bit=_VAZIO)


def _settle_spoken(itens: list[Item]) -> None:
    """As it is spoken: "vou desisti", "oxe" beside something else, "1 venda"."""
    for at, item in enumerate(itens):
        exclaims = item.word in _EXCLAIMED and len(itens) > 1
        one = item.word == "1" and at + 1 < len(itens) and bool(itens[at + 1].bit & _COUNTED)
        if exclaims or one:
            itens[at] = item._replace(bit=_VAZIO)
        elif item.bit & _PAST and at and itens[at - 1].bit & _BEFORE_INFINITIVE:
            meant = LEXICO.words.get(item.word + "r")
            itens[at] = item._replace(bit=meant, grafia=Grafia.ERRADA) if meant is not None else item


def _settle_buyers(itens: list[Item]) -> None:
    """ "Ela quer o de 700 mega": whoever is spoken of buys, and is not quoted."""
    if not any(item.bit == _PLANO for item in itens):
        return
    for at in range(len(itens) - 2, -1, -1):
        who, wants = itens[at : at + 2]
        if who.bit == _TERCEIRO and wants.word in _WANTS and any(one.bit == _PLANO for one in itens[at + 2 : at + 6]):
            itens[at : at + 2] = [who._replace(bit=_CLIENTE_QUER, end=wants.end)]


def _settle_last(itens: list[Item]) -> None:
    """ "Cancela aí, vai": at the end it only urges on."""
    if len(itens) > 1 and itens[-1].word == "vai":
        itens[-1] = itens[-1]._replace(bit=_VAZIO)


def _settle_questions(itens: list[Item]) -> None:
    """ "Tudo bem?" asks nothing, nor does "oi, tudo certo?"."""
    for at in range(len(itens) - 1, 0, -1):
        before = itens[at - 1]
        if itens[at].bit != _PERGUNTA:
            continue
        if before.bit == _SIM and at > 1 and all(item.bit & _GREETS for item in itens[: at - 1]):
            itens[at - 1] = before = before._replace(bit=_SAUDACAO)
        if before.bit == _SAUDACAO:
            del itens[at]
        elif before.word in _TAGS and at > 1 and at == len(itens) - 1:
            # "Cancela aí, tá?"
            del itens[at - 1 :]
            break
