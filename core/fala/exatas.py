"""The chat words of contract §6, typed as they stand there: they count everywhere, for whoever may use them."""

import re
from datetime import date

from rapidfuzz.distance import OSA

from core.fala.espera import Entendido, Espera, Lugar
from core.fala.intencoes import SIM_OU_NAO, Certeza, Intencao, intentions_of
from core.fala.leitura.tempo import find_month, find_time
from core.fala.lexico.texto import cleaned, plain
from core.palavras import folded, match_word, trimmed

_I = Intencao
_WITH_MESSAGE = frozenset({_I.OCUPADO, _I.AUSENTE})
_OF_A_MONTH = frozenset({_I.PROCESSOS, _I.RELATORIO, _I.FECHAMENTO})
# "Nota fiscal segue em anexo" is written to a customer; it is no note.
_NOT_A_NOTE = re.compile(r"(?:fisc\w*|promissoria|d[aeo]s?|dez|10|media|maxima|minima|geral)\b")
_MONTH = re.compile(r"(?:0?[1-9]|1[0-2])/(?:20)?[0-9]{2}")
# How a message of presence begins when its word is not in capitals: "ocupado até 15h", not "ocupado agora, um minuto".
_PRESENCE = re.compile(
    r"(?:ate|por|em|no|na|volto|retorno|almoco|reuniao|ligacao|cafe|pausa|banheiro|medico|treinamento|lanche|call)\b"
)
# Words of the contract that `match_word` has not learned yet.
_LATER = frozenset({"delegar", "painel"})
_ABOUT_THE_QUEUE = {
    _I.CANCELAR: _I.DESISTIR,
    _I.ENCERRAR: _I.DESISTIR,
    _I.STATUS: _I.POSICAO,
    _I.FILA: _I.POSICAO,
}


def exact_word(text: str, espera: Espera, today: date) -> Entendido | None:
    """The chat word of a message and its argument, if this person may use it there; None for any other text."""
    found = match_word(text, espera.bot_username)
    name, argument = (found[0].value, found[1]) if found else _learned_later(text)
    if name not in _I.__members__:
        return None
    intencao = Intencao(name)
    if intencao not in intentions_of(espera.perfis):
        return _of_the_queue(intencao, espera)
    if espera.lugar is Lugar.EM_ATENDIMENTO and not _is_command_there(intencao, text, argument):
        return None
    if intencao is _I.NOTA and not _is_command(text) and _is_no_note(plain(cleaned(argument))):
        return None
    return _with_argument(intencao, argument, today)


def _is_command(text: str) -> bool:
    """`/nota da …`, or the word alone in capitals: "NOTA da Maria", not "NOTA FISCAL"."""
    typed = trimmed(text)
    return typed.startswith("/") or (typed.split()[0].isupper() and not typed.isupper())


def is_nearly_a_word(text: str, espera: Espera) -> bool:
    """Whether a single word is one letter from a chat word of four letters or more that this person may use."""
    typed = folded(trimmed(text)).lstrip("/")
    words = (intencao.value.lower() for intencao in intentions_of(espera.perfis) if len(intencao.value) >= 4)
    return typed.isalpha() and any(OSA.distance(typed, word, score_cutoff=1) == 1 for word in words)


def _is_no_note(said: str) -> bool:
    return _NOT_A_NOTE.match(said) is not None or OSA.distance(said.partition(" ")[0], "fiscal", score_cutoff=2) <= 2


def _learned_later(text: str) -> tuple[str, str]:
    head, _, rest = folded(trimmed(text)).lstrip("/").partition(" ")
    return (head.upper(), rest) if head in _LATER and (not rest or _MONTH.fullmatch(rest)) else ("", "")


def _of_the_queue(intencao: Intencao, espera: Espera) -> Entendido | None:
    """CANCELAR and STATUS of a customer who waits are about the queue."""
    if espera.perfis or espera.lugar is not Lugar.NA_FILA or intencao not in _ABOUT_THE_QUEUE:
        return None
    return Entendido(_ABOUT_THE_QUEUE[intencao], Certeza.CERTA)


def _is_command_there(intencao: Intencao, text: str, argument: str) -> bool:
    """With the other one on screen: the word alone, and with an argument only what nobody writes to a customer."""
    if intencao in SIM_OU_NAO:
        return False
    typed = trimmed(text)
    if not argument or typed.startswith("/") or typed.split()[0].isupper():
        return True
    return intencao not in _WITH_MESSAGE or _PRESENCE.match(plain(cleaned(argument))) is not None


def _with_argument(intencao: Intencao, argument: str, today: date) -> Entendido:
    if not argument:
        return Entendido(intencao, Certeza.CERTA, puro=True)
    said = plain(cleaned(argument))
    if intencao in _WITH_MESSAGE:
        prazo = find_time(said)
        return Entendido(intencao, Certeza.CERTA, recado=argument, ate=prazo.ate if prazo else None)
    if intencao in _OF_A_MONTH and _MONTH.fullmatch(said):
        month, year = said.split("/")
        return Entendido(intencao, Certeza.CERTA, valor=argument, mes=f"{int(month):02d}/20{year[-2:]}")
    mes = find_month(said, today) if intencao in _OF_A_MONTH else None
    return Entendido(intencao, Certeza.CERTA, valor=argument, mes=mes.mes if mes is not None else None)
