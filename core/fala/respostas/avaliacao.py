"""A rating from 1 to 5, as people give it: "5", "dou nota 4", "⭐⭐⭐", "cinco estrelas", "4 porque demorou"."""

import re

from core.fala.lexico.texto import cleaned, plain
from core.fala.recuos import Recuo, retreat_of
from core.fala.respostas.numeros import SMALL

_STARS = re.compile(r"[⭐🌟★✨]")
_NUMBER = re.compile(r"(?<![0-9.,/])([0-9]{1,3})(?:/5|\s+de\s+5|\s+out of 5)?(?![0-9]|[.,/:][0-9])")
_WORD = re.compile(r"[a-z]+")
_TOP = re.compile(r"\bnota (?:maxima|mil|10 de 10)\b|\btop rating\b|\bmaxima\b")
_LOW = re.compile(r"\b(?:nota )?minima\b")
# A number at the beginning, or after these, is a rating. Elsewhere it counts something.
_BEFORE = re.compile(
    r"(?:(?:oi|ola|obrigad[oa]|obg|valeu|gracias|thanks|thank you|a|o|eu|um|uma|minha|dou|dei|darei|daria|nota|e|eh|foi"
    r"|opa|avaliacao|de|seria|merece|mereceu|vou|dar|com certeza|i|give|it|you|my|rating|is|le|doy|un|mi|pra|para|voces"
    r"|vcs|vc|voce|atendimento|numero|total|na verdade|alias|quis dizer|quero dizer|queria dar|errei|ops|desculpe?"
    r"|perdao|melhor|corrigindo|mudei|troca|muda|actually|sorry|i meant|en realidad|perdon)\b[\s,:!.]*)*"
)
_AFTER = re.compile(
    r"\s*(?:estrelas?|estrelinhas?|stars?|estrellas?|pontos?|⭐|🌟|★|[!.,;:\n-]|$|porque|pq|pois|por|muito|otimo|mas|obrigad"
    r"|excelente|gostei|parabens|pelo|pela|because|very|great|muy|sem|com)"
)
# "Gostei, nota 5!", "adorei, 5 estrelas": said of the rating, wherever it stands.
_SAID_OF_IT = re.compile(
    r"\b(?:nota|dou|dei|daria) (?:e |um |uma )?([1-5])(?![0-9]|[.,/:][0-9])|(?<![0-9.,/])([1-5]) (?:estrel\w+|stars?)\b"
)
# "Horrible service, 1": the only number, and set apart at the end.
_AT_THE_END = re.compile(r"[^0-9]*[a-z]\W*[,.;:!\n-]\s*(?:nota )?([1-5])[ .!]*")
_SET_APART = re.compile(r"[^0-9?]*[a-z]\W*[,.;:!\n-]\s*((?:nota )?[0-9]{1,2}(?:\s*/\s*10)?)")
_AGAINST_THE_LAST = re.compile(r"\b(?:entre|ou|or|quase)\b|\?")
_AGAINST = re.compile(r"\b(?:nao|entre|ou|or|quase|nem|no)\b|\?")
# "Prefiro não avaliar", "nada a declarar", "sei lá": neither stars nor a comment.
_DECLINES = re.compile(
    r"(?:(?:obrigad[oa]|obg|valeu|desculpe?|eu|ah|hum|mas)[ ,.!]+)*(?:"
    r"(?:nao|n|nn|nem) (?:(?:quero|queria|vou|desejo|gosto de|preciso|precisa|posso|sei|acho que|to a fim de)[ ]?)+"
    r"(?:avaliar|dar(?: a| uma)? nota|notas?|opinar|comentar|responder|dizer|falar nada)?(?: (?:nada|nao|isso|agora))*"
    r"|(?:prefiro|melhor|acho melhor) nao(?: (?:avaliar|opinar|comentar|dar nota|responder))?"
    r"|sem (?:notas?|comentarios?|avaliacao|opiniao)|nada a (?:declarar|dizer|comentar|acrescentar)|sei la|tanto faz"
    r"|depois (?:eu )?(?:dou|avalio|respondo|vejo|comento)(?: (?:a |uma )?nota)?"
    r")[ .!]*"
)
_UNSOLVED = re.compile(
    r"\b(?:nao|n|nem|ninguem|sem|nunca) (?:\w+ ){0,2}"
    r"(?:resolv|consegui|funcion|soluciona|respond|ajud|acabou|terminou)\w*"
    r"|\b(?:continu\w+|segue|ainda (?:ta|esta)) (?:\w+ )?"
    r"(?:sem|igual|ruim|caindo|parad\w|na mesma|com problema|o mesmo)\b"
    r"|^(?:muito |mto |mt |bem )?(?:ruim|fraco|lento|demorado)[ .!]*$"
    r"|\b(?:nao|nem) (?:gostei|foi (?:bom|boa|legal)|merec\w+|recomendo)\b|\bdecepcion\w+"
    r"|\b(?:not|never|didn t|didnt) (?:\w+ )?(?:solv|fix|resolv|help)\w*|\bno (?:\w+ )?(?:resolv|solucion|ayud)\w+"
)
# "Na verdade 4": other stars than those given before.
_CORRECTS = re.compile(
    r"(?:(?:oi|ola|opa|desculpe?|perdao|sorry|perdon)[ ,.!]+)*(?:na verdade|alias|quis dizer|quero dizer|corrigindo"
    r"|corrige|errei|ops|me enganei|mudei|muda|troca|melhor|actually|i meant|en realidad)\b.*"
)
_CORRECTION = 40
# "Ótimo atendimento" is taken for thanks elsewhere; here it is what they think of it.
_THANKS = re.compile(
    r"(?:(?:(?:muit|mt)(?:o|issimo)|mt|obrigad(?:[oa]|inh[oa])|obg|obgd|brigad[oa]|valeu|vlw|agradec(?:o|id[oa])"
    r"|grat[oa]|gracias|thanks?|thank you|thx|tchau(?:zinho)?|ate (?:mais|logo|breve|a proxima)|bom dia"
    r"|boa (?:tarde|noite)|oi|ola|por tudo|pel[ao] (?:ajuda|atencao|tudo)|viu|ok|ta|e|de nada|abracos?|abs|bjs?"
    r"|beijos?|bye|fica com deus)\b[ ,.!]*)*"
)
_SIGNS = re.compile(r"[^a-z ,.!]+")
_HEAD_ENDS = re.compile(r"[,.;!\n]| porque | pq ")


def rating(text: str) -> int | None:
    """The rating a sentence gives, 1 to 5; None when it gives none, or another one."""
    # In bold on WhatsApp, and empty stars behind the given ones, count for nothing.
    small = plain(cleaned(text)).strip(" *_~`").replace("☆", "")
    stars = len(_STARS.findall(small))
    if stars and not _STARS.sub("", small).strip(" !."):
        return stars if stars <= 5 else None
    if _TOP.search(small) or _LOW.search(small):
        return None if _AGAINST.search(small) else 5 if _TOP.search(small) else 1
    lead = _BEFORE.match(small)
    start = lead.end() if lead is not None else 0
    number, end = _number_at(small, start)
    clear = number is not None and 1 <= number <= 5 and _AFTER.match(small, end)
    if not clear and len(said := {one[1] or one[2] for one in _SAID_OF_IT.finditer(small)}) == 1:
        return None if _AGAINST.search(small) else int(said.pop())
    if not clear:
        last = _AT_THE_END.fullmatch(small)
        return None if last is None or _AGAINST_THE_LAST.search(small) else int(last[1])
    head = _HEAD_ENDS.split(small[start:])[0]
    return None if _AGAINST.search(small[: start + len(head)]) else number


def corrects(text: str) -> bool:
    """Whether it gives other stars, and says that it does: a bare number may be about anything by then."""
    small = plain(cleaned(text)).strip()
    return len(small) <= _CORRECTION and _CORRECTS.fullmatch(small) is not None and rating(text) is not None


def only_thanks(text: str) -> bool:
    """Whether nothing but thanks or a goodbye is said, and nothing of how it was."""
    return _THANKS.fullmatch(_SIGNS.sub("", plain(cleaned(text))).strip()) is not None


def is_other_number(text: str) -> bool:
    """Whether it gives a number of another scale than 1 to 5: "10", "0", "nota 8", "ótimo!! 10"."""
    small = plain(cleaned(text)).strip(" !.")
    if (last := _SET_APART.fullmatch(small)) is not None:
        small = last[1]
    found = re.fullmatch(
        r"(?:(?:nota|dou|a|o|e|eh|um|de|merece|sua)\s+)*(?:([0-9]{1,4})|(?P<word>zero|dez|cem|mil|oito|nove|sete|seis))"
        r"(?:\s*/\s*10)?(?: estrelas?)?(?:\W+(?P<more>[^0-9]{2,40}))?",
        small,
    )
    if found is None or (found["more"] and "nota" not in small and found["word"] is None):
        return False
    return found["word"] is not None or not 1 <= int(found[1]) <= 5


def declines(text: str) -> bool:
    """Whether somebody says that they give none, or not now."""
    small = plain(cleaned(text)).strip()
    return _DECLINES.fullmatch(small) is not None or retreat_of(text) in (Recuo.NAO, Recuo.DEPOIS)


def leaves_unsolved(text: str) -> bool:
    """Whether it says that what they came for is not done: "ainda não resolveu", "continua sem funcionar"."""
    return _UNSOLVED.search(plain(cleaned(text))) is not None


def _number_at(small: str, start: int) -> tuple[int | None, int]:
    if (found := _NUMBER.match(small, start)) is not None:
        return int(found[1]), found.end()
    # "um" was taken for an article.
    word = _WORD.match(small, start) or re.search(r"\b(?:um|uma)\b", small)
    if word is None or word[0] in ("zero", "meia"):
        return None, start
    return SMALL.get(word[0]), word.end()
