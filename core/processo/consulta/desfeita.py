"""An approver takes an approval of theirs back in words: which one, as far as they say it."""

import re

from core.palavras import folded

# "Não, desfaz", but not "não volta atrás".
_FIRST = (
    r"(?:(?:ops|opa|xi|ih|putz|eita|nossa|pera|perai|nao(?=[,.!])|por favor|pode|quero|preciso|da pra|errei"
    r"|tem como)[ ,.!]+)*"
)
_IT = (
    r"(?: (?:ai|isso|essa|esta|aquela|a|minha|a minha|a ultima|ultima|last|the|la|that|aprovacao|approval"
    r"|que eu (?:dei|fiz)|por favor|pf|pfv))*"
)
_WHOM = r"(?P<quem{n}> (?:d|n)?[aeo]s? \w[\w&.]*(?: [\w&.]+){{0,4}})?"
# Of these verbs alone nobody knows what is to be taken back.
_OF_APPROVALS = (
    r"(?:cancel(?:a|ar|e)|tir(?:a|ar|e)|retir(?:a|ar|e)|anul(?:a|ar|e)|revert(?:e|er|a)|remov(?:e|er|a)"
    r"|revog(?:a|ar|ue))"
    r"(?: (?:a|essa|esta|aquela|minha|a minha|ultima|a ultima))* aprovacao"
    r"(?: (?:minha|que eu (?:dei|fiz)|por favor|pf|pfv))*"
)
_BY_ITSELF = (
    r"/?(?:desfaz(?:er?)?|desfaca|desfiz|undo|deshacer|volt(?:a|ar|o) atras|aprovei (?:errado|sem querer|por engano)"
    r"|(?:me )?arrependi(?: d[eo] (?:ter )?aprova(?:r|do))?)"
)
_SLIP = (
    r"(?:ops|opa|xi|ih|putz|eita)?[ ,.!]*(?:errei|me enganei|era (?:a )?outra|nao era essa)[ ,.!]*"
    r"(?:era (?:a |pra ser a )?outra|nao era essa|aprovei (?:a )?errada)?"
)
_TAKES_BACK = re.compile(
    rf"{_FIRST}(?:{_OF_APPROVALS}{_WHOM.format(n=1)}|{_BY_ITSELF}{_IT}{_WHOM.format(n=2)})|{_SLIP}"
)


def taken_back(text: str) -> str | None:
    """Whose approval is to be taken back, in their words; empty where that is not said, None for any other sentence."""
    found = _TAKES_BACK.fullmatch(folded(text).strip(" .!?"))
    return None if found is None else (found["quem1"] or found["quem2"] or "").strip()
