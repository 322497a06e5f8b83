"""A question that leaves out what the one before it said: "quantas vendemos hoje?", "e ontem?"."""

import re
from datetime import date

from core.fala.leitura.tempo import find_month
from core.fala.lexico.nomes import FIRST_NAMES
from core.fala.lexico.texto import cleaned, plain

_LONGEST = 120
_DAYS = (
    r"(?:(?:d[eo] |no |n)?(?:dia )?(?:hoje|hj|ontem|anteontem|depois de amanha|amanha)|(?:n?ess[ae]|n?est[ae]"
    r"|d?ess[ae]|d[ao]|na"
    r"|a)? ?semana"
    r"(?: passada| que vem| retrasada)?|(?:da |na |a )?proxima semana|(?:no |do |o )?dia [0-9]{1,2}(?:/[0-9]{1,2})?"
    r"|na (?:segunda|terca|quarta|quinta)|"
    r"(?:n[ao] |d[ao] )?(?:(?:segunda|terca|quarta|quinta)[ -]feira|sexta|sabado|domingo)|today|yesterday|tomorrow)"
)
_DAY = re.compile(rf"\b(?:ate (?:[oa] )?)?{_DAYS}\b")
# "E ontem?", "e a de agosto?", "mas e semana que vem": nothing else is said.
_GOES_ON = re.compile(
    r"(?:(?:mas |mais )?(?:e|and|y)|(?:nao|n|na verdade|quis dizer|quero dizer"
    r"|digo)\b,?(?: quis dizer)?)(?: (?:quanto|como (?:foi|ta|estava)))?(?: (?:as?|os?|em|n[ao]s?|d[aeo]s?|para|pra"
    r"|pro|so"
    r"|foi|era))*"
    r" (?P<rest>[^?!]{2,40}?)[ ?!.]*"
)
_BARE_PAST = re.compile(r"(?P<which>passad[ao]|retrasad[ao]|anterior|proxim[ao]|seguinte|n?ess[ae]|n?est[ae])")
_ASKS = re.compile(
    r"\b(?:quant\w+|tem (?:alguma?|coisa|algo)|atrasad\w+|qts?|qtas|qnt\w*|qual|quais|total|vendas|vendemos"
    r"|vendeu|venderam|atendeu|atenderam|atendi|venceu?m?|processos|faturas?|relatorio)\b"
)


# "E o Caio?", "não, o do Caio": another person.
_OTHER_ONE = re.compile(
    r"(?:(?:nao|n|opa|ops|pera|e|mas|ou)\b[ ,]*)+(?:[oa] )?(?:d[oa] |pel[oa] |pr[oa] )?(?P<nome>[a-z]{3,})[ ?!.]*"
)
# "Libera ele", of whoever was spoken of.
_FREES_THEM = re.compile(
    r"(?:(?:pode|entao|ai|por favor|pf|bora)[ ,]+)*(?:liber|solt|destrav|desbloque)\w*"
    r" (?:(?:o )?(?:login|acesso|o)? ?(?:d?el[ea]|pr[oa] el[ea]))(?: ai| pra mim| por favor| pf)*[ .!]*"
)
_OF_SOMEBODY = re.compile(
    r"\b(?:quant\w+|qts|qtas|quem|como|nota|vend\w+|atend\w+|fez|mexeu|cobre|login|acesso|senha|travad[oa]|pres[oa]|libera\w*|solta\w*|destrava\w*)\b"
)


def _person_in(said: str) -> re.Match[str] | None:
    return next((word for word in re.finditer(r"[a-z]+", said) if word[0] in FIRST_NAMES), None)


def may_be_continued(text: str, today: date) -> bool:
    """Whether it asks how much, how many or which, or names a time that may be another one."""
    said = plain(cleaned(text)) if len(text) <= _LONGEST else ""
    if " " not in said.strip():
        return False
    if _GOES_ON.fullmatch(said) is not None:
        # "E a de outubro?" with nothing before it is a question by itself.
        return find_month(said, today) is not None
    return _ASKS.search(said) is not None or (_OF_SOMEBODY.search(said) is not None and _person_in(said) is not None)


def continued(last: str, text: str, today: date) -> str | None:
    """The question before with the time that is said now; None where nothing but a time is left to say."""
    clean = cleaned(text).strip()
    if (other := _of_another(last, clean)) is not None:
        return other
    found = _GOES_ON.fullmatch(plain(clean)) if len(text) <= _LONGEST else None
    if found is None:
        return None
    clean = _with_its_noun(last, clean, found)
    found = _GOES_ON.fullmatch(plain(clean)) or found
    start, end = found.start("rest"), found.end("rest")
    span = _time_in(plain(clean)[:end], today)
    # Back over the prepositions, which the time brings with it.
    if span is None or span[0] > start or span[1] < end:
        return None
    when = clean[span[0] : end].strip()
    before = _time_in(plain(cleaned(last)), today)
    if before is None and not re.match(r"(?:mas |mais )?(?:e|and|y)\b", plain(clean)):
        # "Não, amanhã" may be said of anything.
        return None
    if before is None:
        return f"{last.rstrip(' ?!.')} {when}?"
    old = cleaned(last)
    space = " " if before[0] and not old[before[0] - 1].isspace() else ""
    return f"{old[: before[0]]}{space}{when}{old[before[1] :]}"


def _of_another(last: str, clean: str) -> str | None:
    """The question before, of the person who is named now; what is to be freed, of whom it named."""
    frees = _FREES_THEM.fullmatch(plain(clean)) if len(clean) <= _LONGEST else None
    if frees is not None and (named := _person_in(plain(cleaned(last)))) is not None:
        return f"libera o acesso de {cleaned(last)[named.start() : named.end()]}"
    found = _OTHER_ONE.fullmatch(plain(clean)) if len(clean) <= _LONGEST else None
    before = cleaned(last)
    if found is None or found["nome"] not in FIRST_NAMES:
        return None
    old = _person_in(plain(before))
    if old is None:
        counts = re.search(r"\b(?:vend|atend)", plain(before)) is not None
        return f"{before.rstrip(' ?!.')} {found['nome']}?" if counts else None
    return before[: old.start()] + clean[found.start("nome") : found.end("nome")] + before[old.end() :]


def _with_its_noun(last: str, clean: str, found: re.Match[str]) -> str:
    """ "E o passado?", "e a passada?": the month or the week, by its gender; else the one that was spoken of."""
    noun = _BARE_PAST.fullmatch(found["rest"])
    if noun is None:
        return clean
    spoken = "semana" if "semana" in plain(cleaned(last)) else "mês"
    named = {"a": "semana", "o": "mês"}.get(noun["which"][-1], spoken)
    said = {"semana": "passada", "mês": "passado"}[named] if noun["which"].startswith("passad") else noun["which"]
    if noun["which"][-3:] in ("ssa", "sse", "sta", "ste"):
        said_before = re.search(r"\b(?:semana|mes)\b", plain(cleaned(last)))
        return f"{clean[: found.start('rest')]}essa semana" if named == "semana" and said_before else clean
    said = "que vem" if noun["which"].startswith(("proxim", "seguinte")) else said
    return f"{clean[: found.start('rest')]}{named} {said}"


def _time_in(said: str, today: date) -> tuple[int, int] | None:
    """Where a day or a month stands in it, the longer of the two."""
    day = _DAY.search(said)
    month = find_month(said, today)
    if day is not None and (month is None or day.end() - day.start() >= month.end - month.start):
        return _stripped(said, *day.span())
    return None if month is None else _stripped(said, month.start, month.end)


def _stripped(said: str, start: int, end: int) -> tuple[int, int]:
    while start < end and said[start] == " ":
        start += 1
    return start, end
