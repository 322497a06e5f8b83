"""Yes, no, or neither: the whole sentence has to be one of the two."""

import re
from dataclasses import replace

from core.fala.intencoes import Certeza, Intencao
from core.fala.leitura.leitura import Leitura, may_deny
from core.fala.lexico.lexico import Grafia, bits
from core.fala.lexico.texto import cleaned, listed, plain

# Words that answer when they stand alone; in a sentence they are something else.
_ALONE: dict[str, Intencao] = dict.fromkeys(
    listed("vai segue demorou manda tenho fecha eh e ta tah va isso confere procede bate autoriza"), Intencao.SIM
) | dict.fromkeys(listed("nada nunca nem no never recuso rejeito"), Intencao.NAO)
_YES = bits("sim")
_NO = bits("nao negar")
# The verb of the question said again: "quero", "pode", "tenho", "é"; and "pode começar", "confirma e manda".
_ECHO = bits("querer poder ter bora eh comecar mandar fazer precisa finalizar vender")
# "Manda o número de novo": something is asked for, and the verb is no yes.
_ASKS_FOR = frozenset(
    {
        "numero",
        "mensagem",
        "coisa",
        "coisas",
        "negocio",
        "em pdf",
        "de novo",
        "novamente",
        "dnv",
        "outra vez",
        "uma pergunta",
    }
)
_QUIET = bits("vazio isso polido agora ja muito voce vocativo saudacao obrigado enfeite robo rapido riso")
_BESIDE = bits("ir estar estou mais nada ainda hoje posso ver")
# "não, cancela": who refuses may say so twice.
_GIVING_UP = bits("cancelar deixapra desistir")
_MAKES_UNSURE = bits("ver posso nada ainda")
# "claro que não", "com certeza não", "não tá certo", "não confirma": no contradiction.
_WEAK_YES = listed("""
    cert com corret clar logic obvi confirm autoriz concord aceit top eh isso ta esta tudo exat ok segu sigu continu
    pross
""")
_NEITHER: tuple[Intencao, Certeza] = Intencao.NADA, Certeza.NENHUMA

# What a customer is not offered: "lança uma pra mim" takes no consultor up on anything.
_SELLS = bits("comecar fazer finalizar vender")

_ASKED = re.compile(
    r"(?:(?:o|a|os|as|esse|essa|este|esta|seu|sua) +)?(?:(?:cliente|titular|ele|ela|voce) +)?(?P<verb>[a-z]{4,})"
)
_WORD = re.compile("[a-z]{4,}")


def yes_or_no(leitura: Leitura, pergunta: str = "") -> tuple[Intencao, Certeza]:
    """SIM or NAO and how sure; (NADA, NENHUMA) when it is neither.

    Words of the question say nothing new ("aceita o contrato sim"), and its verb alone is a yes: "Aceita o contrato?",
    "aceita".
    """
    if not pergunta:
        return _yes_or_no(leitura)
    asked = plain(cleaned(pergunta)).strip()
    echoed = [item for item in leitura.itens if item.word in _WORD.findall(asked) and not item.bit & (_YES | _NO)]
    if not echoed:
        return _yes_or_no(leitura)
    verb = _ASKED.match(asked)
    rest = replace(leitura, itens=[item for item in leitura.itens if item not in echoed])
    rest.count()
    alone = not rest.alheias and not rest.mascara & ~_QUIET
    if alone and verb is not None and echoed[0].word == verb["verb"]:
        return Intencao.SIM, Certeza.CERTA
    return _yes_or_no(rest) if rest.itens else _NEITHER


def sells(leitura: Leitura) -> bool:
    """Whether it is a yes at most by a verb of whoever sells."""
    return bool(leitura.mascara & _SELLS) and not leitura.mascara & _YES


def _yes_or_no(leitura: Leitura) -> tuple[Intencao, Certeza]:
    certeza = Certeza.PROVAVEL if _is_misspelt(leitura) else Certeza.CERTA
    said = leitura.mascara
    if not said & _NO and may_deny(leitura):
        certeza = Certeza.PROVAVEL
    if not said & (_YES | _NO) and any(item.word in _ASKS_FOR for item in leitura.itens):
        return _NEITHER
    words = {item.word for item in leitura.itens if item.bit & ~_QUIET or item.word in _ALONE}
    if len(words) == 1 and not leitura.alheias and (word := next(iter(words))) in _ALONE:
        return _ALONE[word], certeza
    if said & _NO:
        return _no(leitura, certeza)
    if said & ~(_YES | _ECHO | _QUIET | _BESIDE) or not said & (_YES | _ECHO):
        return _NEITHER
    if leitura.alheias or said & _MAKES_UNSURE:
        # "sim, rua das flores": a yes, and something that may change it.
        return (Intencao.SIM, Certeza.PROVAVEL) if said & _YES else _NEITHER
    return Intencao.SIM, certeza


def _no(leitura: Leitura, certeza: Certeza) -> tuple[Intencao, Certeza]:
    contradicts = any(
        item.bit == _YES and (not item.word.startswith(_WEAK_YES) or item.word.endswith(" sim"))
        for item in leitura.itens
    )
    if contradicts or leitura.mascara & ~(_NO | _YES | _ECHO | _QUIET | _BESIDE | _GIVING_UP):
        return _NEITHER
    if leitura.alheias:
        return (Intencao.NAO, Certeza.PROVAVEL) if leitura.itens[0].bit & _NO else _NEITHER
    return Intencao.NAO, certeza


def _is_misspelt(leitura: Leitura) -> bool:
    return leitura.inexata or any(
        item.grafia is not Grafia.EXATA and item.bit & (_YES | _NO | _ECHO) for item in leitura.itens
    )
