"""A decision on invoices said in a sentence: which ones it names, and why. What it names is shown, no more."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.fala.lexico.nomes import FIRST_NAMES
from core.fala.lexico.texto import LIMIT, cleaned, listed, plain
from core.fala.respostas.faixas import faixa_in
from core.palavras import folded

_APPROVE = (
    r"aprov(?:a|e|ar|o)|approve|aprueba|aprobar|libera(?= a fatura)"
    r"|libera(?= (?:as?|os?) (?:faturas?|contas?|boletos?|d[aeo]s? |q |que |certas|verdes))"
)
_REJECT = (
    r"rejeit(?:a|e|ar|o)|reprov(?:a|e|ar)|recus(?:a|e|ar)|neg(?:a|ar) a fatura|(?:nao|n) aprov(?:a|e|ar)"
    r"|reject|rechaz(?:a|ar)"
)
# "Pode aprovar tudo que tá verde?"
_PLEASE = re.compile(r"(?:por favor[ ,]+|gente[ ,]+)?(?:pode|podem|vc pode|voce pode|consegue|da pra|tem como)\b")
# "Libera o da Ana": the login that she has.
_LOGIN_OF = re.compile(rf"\blibera(?:r|e)? o d[ao] (?:{'|'.join(sorted(FIRST_NAMES))})\b")
_DECIDES = re.compile(
    r"(?:(?:pode|por favor|pf|quero|preciso|vou|da pra|tem como|consegue|voce|vc|posso|bora|que|please|ai|ja|can you"
    r"|entao|favor|ok|beleza|blz|show|isso|(?:ta|esta|tudo|ta tudo) (?:certo|certinho|ok|bom)|confere)[ ,.]+)*"
    rf"(?:(?P<reject>{_REJECT})|(?P<approve>{_APPROVE}))\b(?P<rest>.*)",
    re.DOTALL,
)
# "A da oficina tá muito cara, recusa": whose it is, why, and what at the end.
_DECIDES_LAST = re.compile(
    r"(?P<rest>(?:(?:e|mas|ja|entao) )*(?:a|o|as|os|essa|a fatura|a conta|o boleto) d[aeo]s? [^?]{3,120}?)[ ,.;]+"
    r"(?:(?:entao|pode|podemos|quero|vamos|vou|por favor|pf|ja|ai|entao)[ ,]+)*"
    rf"(?:(?P<reject>{_REJECT})|(?P<approve>{_APPROVE}))(?: (?:ai|ela|essa|ja|por favor|pf|pfv|vai|logo|isso))*"
    r"(?:[ ,]+(?P<why>(?:por|porque|pq|pois|motivo) [^?]{3,100}?))?[ .!]*",
    re.DOTALL,
)
# "Não aprova nada ainda", "aprova essa aí não": nothing is wanted.
_REFRAINS = re.compile(
    r"(?:(?:opa|pera|perai|calma|por favor|pf|mas|ainda|nao)[ ,.!]+)*(?:"
    r"(?:nao|n|nn|num|nem|ninguem) (?:(?:e|eh|era|precisa|quero|vou|pode|vai|pra|para|me|ja) )*"
    rf"(?:{_APPROVE}|rejeit\w+|recus\w+)"
    r"(?: (?:nada|nenhuma?|ainda|por enquanto|agora|nao|hoje|isso|essa|tudo|todas|ai|por ora|ok|ta|blz|viu|hein))+"
    rf"|(?:nao|n) (?:(?:e|eh|era|precisa|quero|vou|pra|para) )+(?:{_APPROVE}|rejeit\w+|recus\w+)"
    r"(?: (?:ainda|nao|agora))*"
    rf"|(?:{_APPROVE}|rejeita|recusa)(?: (?:essa|esse|isso|ai|ela|nada|nenhuma|tudo|agora|ainda))* nao"
    r")(?:[ ,.!]+(?:(?:depois|amanha|mais tarde|deixa|espera|pera|eu|vou|ainda|to|tenho|preciso)\b[^?]{0,60}))?\W*"
)
# "Vou aprovar só amanhã".
_DECIDES_LATER = re.compile(
    rf"(?:(?:eu|so|ai|entao|essas?|as|isso|tudo|hoje nao|agora nao)[ ,]+)*(?:vou|so vou|prefiro|quero|deixo (?:pra"
    rf"|para)|posso) (?:so )?"
    rf"(?:{_APPROVE}|rejeit\w+|recus\w+|decidir|olhar|ver)(?: (?:isso|essas?|elas?|tudo|so|as|o resto))*"
    r" (?:so )?(?:amanha|depois|mais tarde|a tarde|a noite|outra hora|outro dia|semana que vem|na segunda)\b.{0,30}"
)
_ONLY_NUMBERS = re.compile(
    r"[ ,]*(?:(?:as?|os?|e|and|y|the|las?|faturas?|invoices?|n|numeros?|primeira|segunda|terceira|quarta"
    r"|quinta)(?![a-z])[ ,]*|\d{1,2}(?!\d)[ ,]*)+[ .!]*"
)
_ORDINALS = {"primeira": 1, "segunda": 2, "terceira": 3, "quarta": 4, "quinta": 5}
# "As duas primeiras".
_FEW = {"duas": 2, "dois": 2, "tres": 3, "quatro": 4, "cinco": 5}
_FIRST_ONES = re.compile(
    rf" *(?:(?:as|os) )?(?:(?P<n>[2-9]|{'|'.join(_FEW)}) primeir[ao]s)(?: (?:ai|por favor|pf|da lista|faturas))*[ .!]*"
)
_PLACED = re.compile(
    rf"[ ,]*(?:(?:a|o|fatura|numero|n)[ ]+)*(?P<place>\d{{1,2}}|{'|'.join(_ORDINALS)})\b[ ,:]+(?P<why>[^\W\d].*)"
)
# It names another one than the card on the screen: "a do hotel, …", "a outra", "a 7".
_OF_THIS = (
    "valor boleto fatura conta venc mes data doc arquivo pdf client preco nota cnpj operadora amount invoice value"
)
_NAMES_ANOTHER = re.compile(
    rf"[ ,]*(?:(?:as?|os?|the|la|el) (?!{'|'.join(listed(_OF_THIS))})\w|outr[ao]|d[aeo]s? |\d"
    r"|(?:a |o )?(?:fatura|conta|boleto) d[aeo]s? (?!clien|valor|mes|outr[ao]))"
)
_EXCEPT = re.compile(r"\b(?:menos|exceto|fora|tirando|salvo|except|but|excepto)\b(?P<which>.+)")
# "Aprova a da padaria e rejeita a do hotel": two decisions.
_AND = re.compile(rf"[ ,;.]+(?:(?:e|and|y|mas|depois)[ ,]+)*(?=(?:{_REJECT}|{_APPROVE})\b)")
_ALL = re.compile(r"\b(?:todas|todos|tudo|all|everything|resto|as outras|(?:as|os) (?:duas|dois|tres|quatro|cinco))\b")
# "As que conferem", and no other.
_AGREEING = re.compile(r" *(?:as|os) (?:q(?:ue)? )?.*\b(?:conferem|certas|certos|certinhas|verdes|batem|batendo)\b.*")
# Beside "tudo" and the like these name nobody.
_OF_ALL = frozenset(
    listed(
        "que tiver tiverem estiver estiverem estao estejam tao tem ok certo certa certas certos certinho certinhas"
        " verde verdes conferem confere bate batem batendo ai uma vez"
        " pendente pendentes hoje agora ja pode podem logo junto"
        " juntas mesmo por favor pf pfv testemunhas esperando espera esperam aprovacao sem problema problemas erro bom"
        " boa boas gente me minhas minha pra para mim isso so lista tela outras duas dois tres quatro cinco they are"
        " them please tambem entao vai viu blz beleza obrigado"
    )
)
_LITTLE = frozenset(
    listed(
        "a o as os e de da do das dos em no na la el the of fatura faturas invoice conta cliente processo "
        "essa esta aquela porque pq por que ta esta com valor ltda sa me"
        " ai la aqui ja agora logo entao pra por favor pf"
    )
)
_BECAUSE = re.compile(
    r"^(?:\W|(?:essa|esta|esse|isso|ela)(?: ai)?\b(?=[,;:.-]| (?:porque|pq|pois|por)\b)"
    r"|porque\b|pq\b|pois\b|por\b(?= \w+ errad)|por causa d[aeo]\b|motivo\b|because\b|que\b|ja que\b)+",
    re.IGNORECASE,
)
_WHO_DID = re.compile(
    r"(?:vc sabe |sabe |me diz )?(?:quem|who|quien) (?:foi que )?(?:aprov|rejeit|reprov|recus|baix|envi"
    r"|mand|decid|approv|reject|rechaz)\w*"
    r" (?:(?:as?|os?|essa|the|la|faturas?|contas?) )*(?:d[aeo]s? |of |de )(?P<whose>[\w&][\w &.-]+?)\W*"
)


@dataclass(frozen=True, slots=True)
class Decisao:
    """`rejeita`, or approves. `numeros`: places of the list shown last. `todas`, but for those `resto` names then;
    with none named, all that may be approved together.
    `motivo`: what is said behind a place.

    `resto`: what follows the verb, as typed; it names whose invoice, and may go on with a reason.
    """

    rejeita: bool
    resto: str
    numeros: tuple[int, ...] = ()
    todas: bool = False
    motivo: str = ""


def decision_of(text: str) -> Decisao | None:
    """What a sentence decides; None where it decides nothing, asks, or names none."""
    clean = cleaned(text).strip()
    said = plain(clean)
    asks = said.endswith("?") and _PLEASE.match(said) is None
    if len(text) > LIMIT or asks or refrains(text):
        return None
    said, clean = said.rstrip(" ?"), clean.rstrip(" ?")
    found = _DECIDES.fullmatch(said)
    if _LOGIN_OF.search(said) is not None:
        return None
    if found is None:
        return _decided_last(clean, said)
    rejeita, rest = found["reject"] is not None, found["rest"]
    typed = clean[len(clean) - len(rest) :]
    if (first := _FIRST_ONES.fullmatch(rest)) is not None:
        n = _FEW.get(first["n"]) or int(first["n"])
        return Decisao(rejeita, typed, tuple(range(1, n + 1)))
    if _ONLY_NUMBERS.fullmatch(rest):
        words = re.findall(r"\d{1,2}|[a-z]+", rest)
        places = (int(word) if word.isdecimal() else _ORDINALS.get(word, 0) for word in words)
        numeros = tuple(place for place in places if place)
        return Decisao(rejeita, typed, numeros) if numeros else None
    if (placed := _PLACED.fullmatch(rest)) is not None:
        place = placed["place"]
        where = _ORDINALS.get(place) or int(place)
        return Decisao(rejeita, typed, (where,), motivo=_BECAUSE.sub("", typed[placed.start("why") :]))
    if (left_out := _EXCEPT.search(rest)) is not None:
        return Decisao(rejeita, typed[left_out.start("which") :], todas=True)
    if (_ALL.search(rest) or (not rejeita and _AGREEING.fullmatch(rest))) and not _names_some(rest):
        return None if rejeita else Decisao(False, "", todas=True)
    return Decisao(rejeita, typed) if words_of(typed) else None


def _names_some(rest: str) -> bool:
    """ "Todas da oficina", "tudo abaixo de 200": some of them, and not all."""
    return faixa_in(rest) is not None or any(word not in _OF_ALL for word in words_of(_ALL.sub(" ", rest)))


def _decided_last(clean: str, said: str) -> Decisao | None:
    found = _DECIDES_LAST.fullmatch(said)
    if found is None:
        return None
    rest = clean[found.start("rest") : found.end("rest")]
    why = because(clean[found.start("why") : found.end("why")]) if found["why"] else ""
    return Decisao(found["reject"] is not None, f"{rest}, {why}" if why else rest)


def refrains(text: str) -> bool:
    """ "Não aprova nada ainda": nothing is to be decided."""
    said = plain(cleaned(text)).strip() if len(text) <= LIMIT else ""
    return any(one.fullmatch(said) is not None for one in (_REFRAINS, _DECIDES_LATER))


def decisions_of(text: str) -> list[Decisao]:
    """`decision_of` a sentence, or of each of its parts where it decides twice; none where a part decides nothing."""
    clean = cleaned(text).strip()
    cuts = [found.span() for found in _AND.finditer(plain(clean)) if found.start()] if len(text) <= LIMIT else []
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(clean)]
    several = [decision_of(clean[start:end]) for start, end in zip(starts, ends, strict=True)]
    if len(several) > 1 and all(several):
        return [one for one in several if one is not None]
    return [one] if (one := decision_of(text)) is not None else []


def words_of(text: str) -> list[str]:
    """The words of a sentence that may name somebody."""
    return [word for word in re.findall(r"[a-z0-9&]{2,}", plain(cleaned(text))) if word not in _LITTLE]


def named_in(text: str, names: Sequence[str]) -> tuple[list[int], str]:
    """Which of the names have the most words of the sentence, and what it says behind the last of those words."""
    said, words = plain(cleaned(text)), words_of(text)
    parts = [re.findall(r"[a-z0-9&]{2,}", folded(name)) for name in names]
    hits = [[word for word in words if any(_is(word, part) for part in those)] for those in parts]
    most = max((len(one) for one in hits), default=0)
    best = [place for place, one in enumerate(hits) if most and len(one) == most]
    if not best:
        return [], ""
    end = max(match.end() for word in hits[best[0]] for match in re.finditer(rf"\b{re.escape(word)}\b", said))
    return best, because(cleaned(text)[end:])


def named_each(text: str, names: Sequence[str]) -> tuple[list[int], str]:
    """`named_in`; of "o hotel e a padaria" both, where each part names one of its own."""
    parts = re.split(r",? e (?=(?:a|o|as|os|d[ao]s?)\b)", cleaned(text), flags=re.IGNORECASE)
    each = [named_in(part, names) for part in parts]
    several = sorted({places[0] for places, _reason in each if len(places) == 1})
    if len(parts) > 1 and len(several) == len(parts):
        return several, each[-1][1]
    return named_in(text, names)


def names_another(text: str) -> bool:
    """Whether what follows the verb of a decision points at one by its place or by whose it is."""
    return _NAMES_ANOTHER.match(plain(cleaned(text)).lstrip()) is not None


def because(text: str) -> str:
    """The reason in what is said behind a decision, without "porque" and the like."""
    return _BECAUSE.sub("", text).strip(" .")


def _is(word: str, part: str) -> bool:
    return word == part or (len(word) >= 4 and part.startswith(word))


def whose_history(text: str) -> str | None:
    """Whose invoice somebody asks about who decided it: "quem aprovou a da oficina?"."""
    found = _WHO_DID.fullmatch(plain(cleaned(text)).strip())
    return None if found is None else found["whose"]
